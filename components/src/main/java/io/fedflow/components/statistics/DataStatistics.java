package io.fedflow.components.statistics;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.columns.ColumnChoice;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.components.task.Parallel;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures features, each party its own, for a look at them and as a model for other components; it
 * hands no rows on. Compatible with FATE 1.11's module of the same name. Stateless; thread-safe.
 */
public final class DataStatistics implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          StatisticsModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          StatisticsParameters.SCHEMA,
          List.of(),
          Map.of(Role.GUEST, "DataStatistics", Role.HOST, "DataStatistics"),
          StatisticsParameters::check);

  /** The component. */
  public DataStatistics() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    if (!context.params().bool("need_run")) {
      return TaskOutputs.none();
    }
    ActionPlan plan = ActionPlan.ofOneTable(context.inputs(), StatisticsModel.MODULE);
    if (plan.model().isPresent()) {
      // What was measured stays: other components judged by it.
      return TaskOutputs.of(plan.model().get());
    }
    StatisticsModel model = measure(context, plan.table());
    context.tracker().summary(model.summary());
    return TaskOutputs.of(model.toStored(context.task().component(), context.params()));
  }

  private static StatisticsModel measure(TaskContext context, Table given)
      throws InterruptedException {
    Table table = FeatureColumns.requireInstances(given, StatisticsModel.MODULE);
    Params params = context.params();
    List<String> chosen =
        ColumnChoice.choosePresent(
            table.schema().header(),
            params.get("column_indexes"),
            params.texts("column_names"),
            "column_indexes",
            "column_names",
            context.log()::warning);
    Set<Double> abnormal = abnormal(params.list("abnormal_list"));
    List<String> columns = withValues(context, table, chosen);
    List<String> names = StatisticNames.resolve(params.get("statistics"));
    List<double[]> measured =
        Parallel.map(
            context,
            columns.size(),
            i -> {
              ColumnStatistics statistics =
                  of(columns.get(i), table, abnormal, params.bool("bias"));
              return names.stream().mapToDouble(statistics::value).toArray();
            });
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      int at = i;
      values.put(names.get(i), measured.stream().map(each -> each[at]).toList());
    }
    return new StatisticsModel(columns, values);
  }

  /** Leaves out columns that have no value, unless that leaves none. */
  private static List<String> withValues(TaskContext context, Table table, List<String> chosen) {
    List<String> empty =
        chosen.stream()
            .filter(
                name -> Arrays.stream(FeatureColumns.numbers(table, name)).allMatch(Double::isNaN))
            .toList();
    if (empty.isEmpty() || empty.size() == chosen.size()) {
      return chosen;
    }
    context.log().warning("columns " + empty + " have no value, and are left out");
    return chosen.stream().filter(name -> !empty.contains(name)).toList();
  }

  private static ColumnStatistics of(
      String column, Table table, Set<Double> abnormal, boolean biased) {
    double[] values =
        Arrays.stream(FeatureColumns.numbers(table, column))
            .map(v -> abnormal.contains(v + 0.0) ? Double.NaN : v)
            .toArray();
    FeatureColumns.requirePresent(column, values);
    return new ColumnStatistics(
        column, values.length, Moments.of(values), SortedValues.of(values), biased);
  }

  private static Set<Double> abnormal(List<?> listed) {
    Set<Double> abnormal = new HashSet<>();
    for (Object value : listed == null ? List.of() : listed) {
      if (value instanceof Number number) {
        abnormal.add(number.doubleValue() + 0.0);
      }
    }
    return abnormal;
  }
}

package io.fedflow.components.selection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.boosting.OwnImportances;
import io.fedflow.components.pearson.StoredCorrelations;
import io.fedflow.components.stability.StabilityScores;
import io.fedflow.components.statistics.StatisticsModel;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a party judges its own columns by: values that other components measured, or that the rows
 * tell.
 *
 * @param context whose isometric models are read
 * @param own the rows
 */
record OwnMeasures(TaskContext context, OwnColumns own) {

  /** Refuses several models of one kind, whether filters read them or not. */
  OwnMeasures {
    for (MeasureModel kind : MeasureModel.values()) {
      kind.in(context);
    }
  }

  /**
   * One filter's values by column. Columns that nobody measured are left out, which is logged.
   *
   * @throws FedflowException {@code selection.isometric} (INVALID) if a model or a metric is
   *     missing
   */
  Map<String, Double> of(FilterStep step, List<String> columns) {
    if (step.byInformation()) {
      // Labels are elsewhere: only a guest judges by them, and this is not its way.
      return Map.of();
    }
    Map<String, Double> measured = measured(step, columns);
    Map<String, Double> values = new LinkedHashMap<>();
    for (String column : columns) {
      if (measured.containsKey(column)) {
        values.put(column, measured.get(column));
      }
    }
    if (values.size() < columns.size()) {
      context
          .log()
          .warning(
              step.name()
                  + ": columns that were not measured stay: "
                  + columns.stream().filter(c -> !values.containsKey(c)).toList());
    }
    return values;
  }

  private Map<String, Double> measured(FilterStep step, List<String> columns) {
    if (step.model() == null) {
      return own.computed(step, columns);
    }
    boolean rowsTell = !step.method().equals(SelectionParameters.STATISTIC);
    if (step.model() == MeasureModel.STATISTICS && rowsTell) {
      return statisticsOrRows(step, columns);
    }
    ComponentModel model = step.model().of(context, step.name());
    return switch (step.model()) {
      case STATISTICS ->
          required(step, model, StatisticsModel.of(model).of(step.metric()), "statistics");
      case STABILITY -> StabilityScores.of(model);
      case CORRELATIONS ->
          required(step, model, StoredCorrelations.of(model).inflation(), "calc_local_vif");
      case TREES, FAST_TREES, HOMO_TREES -> OwnImportances.of(model, context.self());
      case BINNING -> throw new IllegalStateException("a guest judges by information values");
    };
  }

  /** Statistics that were measured, maybe before columns were transformed; otherwise the rows. */
  private Map<String, Double> statisticsOrRows(FilterStep step, List<String> columns) {
    Optional<ComponentModel> model = step.model().in(context);
    Map<String, Double> measured =
        model.map(m -> StatisticsModel.of(m).of(step.metric())).orElse(Map.of());
    if (measured.keySet().containsAll(columns)) {
      return measured;
    }
    model.ifPresent(
        m ->
            context
                .log()
                .info(
                    step.name()
                        + ": "
                        + m.component()
                        + " has no "
                        + step.metric()
                        + " of all columns; it is measured here"));
    return own.computed(step, columns);
  }

  private static Map<String, Double> required(
      FilterStep step, ComponentModel model, Map<String, Double> values, String parameter) {
    if (values.isEmpty()) {
      throw FedflowException.invalid(
          "selection.isometric",
          "filter "
              + step.method()
              + ": found no "
              + step.metric()
              + " in the model of "
              + model.component()
              + "; have it measured there ("
              + parameter
              + ")");
    }
    return values;
  }
}

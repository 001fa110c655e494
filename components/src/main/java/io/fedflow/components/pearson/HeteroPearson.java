package io.fedflow.components.pearson;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.columns.ColumnChoice;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.AnonymousNames;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pearson's correlations of a party's features with each other, and of the guest's with those of
 * the first host; variance inflation factors. Gives a model and no rows. Compatible with FATE
 * 1.11's module of the same name, by a protocol of its own: see the package. Stateless;
 * thread-safe.
 */
public final class HeteroPearson implements Component {

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "column_names",
              null,
              "names of further columns to correlate",
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "column_indexes",
              null,
              "positions of the columns to correlate; -1 for all",
              ParameterType.INT,
              ParameterType.LIST,
              ParameterType.NULL)
          .bool("cross_parties", true, "whether guest and first host correlate their columns")
          .bool("need_run", true, "false measures nothing")
          .bool("use_mix_rand", false, "of no effect: the protocol needs no such numbers")
          .bool("calc_local_vif", true, "whether variance inflation factors are computed")
          .integer("fixpoint_bit_length", 2048, 1024, 8192, "bits of the guest's Paillier key")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          PearsonModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          PearsonMessages.ALL,
          Map.of(Role.GUEST, "HeteroPearson", Role.HOST, "HeteroPearson"),
          ComponentDescriptor.ParameterCheck.NONE);

  private final CryptoSuite suite;

  /** The component, computing with a suite. */
  public HeteroPearson(CryptoSuite suite) {
    this.suite = suite;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    Params params = context.params();
    if (!params.bool("need_run")) {
      return TaskOutputs.none();
    }
    ActionPlan plan = ActionPlan.ofOneTable(context.inputs(), PearsonModel.MODULE);
    if (plan.model().isPresent()) {
      // What was measured stays: other components judged by it.
      return TaskOutputs.of(plan.model().get());
    }
    Table given = FeatureColumns.requireInstances(plan.table(), PearsonModel.MODULE);
    List<Party> hosts = context.federation().parties(Role.HOST);
    boolean guest = context.self().role().equals(Role.GUEST);
    boolean crossing =
        params.bool("cross_parties")
            && !hosts.isEmpty()
            && (guest || context.self().equals(hosts.get(0)));
    Table table =
        params.bool("cross_parties") && !hosts.isEmpty()
            ? RowAgreement.align(context, given, 0)
            : given;
    List<String> names = chosen(params, table);
    Set<String> kept = Set.copyOf(names);
    double[][] values = FeatureCheck.of(table.keepFeatures(kept::contains));
    Standardised own = Standardised.of(context, names, values);
    Map<String, String> anonymous = new LinkedHashMap<>();
    Map<String, String> all = AnonymousNames.of(table.schema(), context.self());
    names.forEach(name -> anonymous.put(name, all.get(name)));
    double[][] local = own.correlations(context);
    Party partner = crossing ? (guest ? hosts.get(0) : guest(context)) : context.self();
    Optional<CrossCorrelation.Result> cross =
        crossing ? Optional.of(cross(context, own, partner, anonymous)) : Optional.empty();
    PearsonModel model =
        new PearsonModel(
            context.self(),
            partner,
            anonymous,
            local,
            params.bool("calc_local_vif") ? VarianceInflation.of(local) : new double[0],
            cross);
    context.tracker().metricMeta("statistic", "correlation", "CORRELATION_GRAPH", Map.of());
    context.tracker().summary(model.summary());
    return TaskOutputs.of(model.toStored(context.task().component()));
  }

  private CrossCorrelation.Result cross(
      TaskContext context, Standardised own, Party partner, Map<String, String> anonymous)
      throws InterruptedException {
    CrossCorrelation cross = new CrossCorrelation(context, suite, own, partner);
    List<String> names = List.copyOf(anonymous.values());
    return context.self().role().equals(Role.GUEST) ? cross.guest(names) : cross.host(names);
  }

  private static Party guest(TaskContext context) {
    return context.federation().parties(Role.GUEST).get(0);
  }

  private static List<String> chosen(Params params, Table table) {
    List<String> names =
        ColumnChoice.choose(
            table.schema().header(),
            params.get("column_indexes"),
            params.texts("column_names"),
            "column_indexes",
            "column_names");
    if (names.isEmpty()) {
      throw FedflowException.invalid(
          "pearson.columns",
          "column_indexes, column_names: found no column, allowed is at least one; -1 in"
              + " column_indexes means all");
    }
    return names;
  }
}

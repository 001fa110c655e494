package io.fedflow.components.intersection;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.RsaPublicKey;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Role;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the rows whose id occurs at the guest and at every host, in the order of ids. No party
 * learns an id that it does not have itself; the package description tells what each learns.
 * Stateless; thread-safe.
 */
public final class Intersection implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "Intersection",
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          IntersectionParameters.schema(),
          IntersectionMessages.ALL,
          Map.of(Role.GUEST, "IntersectGuest", Role.HOST, "IntersectHost"),
          IntersectionParameters::check);

  private final CryptoSuite suite;

  /**
   * The component.
   *
   * @param suite signs and blinds
   */
  public Intersection(CryptoSuite suite) {
    this.suite = suite;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    Table table = input(context);
    RsaSettings settings = RsaSettings.of(context.params());
    warn(context, settings);
    Optional<int[]> rows = new RsaIntersection(context, suite, settings, table.ids()).rows();
    if (rows.isEmpty()) {
      context.log().info("sync_intersect_ids is false: the result stays at the guest");
      return TaskOutputs.none();
    }
    Table common = table.select(rows.get()).sortedById();
    report(context, table.rowCount(), common.rowCount());
    return TaskOutputs.of(
        context.params().bool("only_output_key")
            ? common.withColumns(List.of(), List.of())
            : common);
  }

  private static Table input(TaskContext context) {
    List<DataInput> inputs =
        context.inputs().data().values().stream().flatMap(List::stream).toList();
    if (inputs.size() != 1) {
      throw FedflowException.invalid(
          "inputs.several",
          "found "
              + inputs.size()
              + " input tables "
              + inputs.stream().map(DataInput::source).toList()
              + ", allowed is one");
    }
    Table table = inputs.get(0).table();
    if (table.schema().indexOf(ColumnSpec.Use.MATCH_ID) >= 0) {
      throw FedflowException.invalid(
          "intersection.match_id",
          "the rows have a match id, which is not supported yet; intersect on the row's id");
    }
    return table;
  }

  private static void warn(TaskContext context, RsaSettings settings) {
    Params params = context.params();
    IntersectionParameters.DEPRECATED.stream()
        .filter(params::isUserFed)
        .forEach(name -> context.log().warning("parameter " + name + " is deprecated; ignored"));
    Params rsa = params.object("rsa_params");
    if (!rsa.isNull("random_base_fraction") || rsa.isUserFed("random_bit")) {
      context
          .log()
          .warning(
              "random_base_fraction and random_bit do not weaken the blinding: every id gets a"
                  + " factor of its own, as long as the modulus");
    }
    if (settings.keyBits() < RsaPublicKey.DEFAULT_BITS) {
      context
          .log()
          .warning(
              "rsa_params.key_length "
                  + settings.keyBits()
                  + " is short; "
                  + RsaPublicKey.DEFAULT_BITS
                  + " or more is recommended");
    }
  }

  private static void report(TaskContext context, int rows, int common) {
    double rate = rows == 0 ? 0 : (double) common / rows;
    int unmatched = rows - common;
    context
        .tracker()
        .metric(
            "train",
            "intersection",
            List.of(
                new MetricPoint("intersect_count", common),
                new MetricPoint("input_match_id_count", rows),
                new MetricPoint("intersect_rate", rate),
                new MetricPoint("unmatched_count", unmatched),
                new MetricPoint("unmatched_rate", rows == 0 ? 0 : (double) unmatched / rows)));
    context
        .tracker()
        .metricMeta(
            "train",
            "intersection",
            "INTERSECTION",
            Map.of(
                "intersect_method", context.params().text("intersect_method"),
                "join_method", context.params().text("join_method")));
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("cardinality_only", false);
    summary.put("unique_id_num", rows);
    summary.put("intersect_num", common);
    summary.put("intersect_rate", rate);
    context.tracker().summary(summary);
    if (common == 0) {
      context.log().warning("the parties have no id in common");
    } else {
      context.log().info(common + " of " + rows + " rows are in the intersection");
    }
  }
}

package io.fedflow.components.intersection;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.RsaPublicKey;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Role;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
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
    warn(context);
    Outcome outcome = protocol(context, table.ids());
    if (outcome.count().isEmpty()) {
      context.log().info("the result is not synced: it stays at the guest");
      return TaskOutputs.none();
    }
    IntersectionReport.write(context, table.rowCount(), outcome.count().getAsInt());
    if (outcome.rows().isEmpty()) {
      return TaskOutputs.none();
    }
    Table common = table.select(outcome.rows().get()).sortedById();
    return TaskOutputs.of(
        context.params().bool("only_output_key")
            ? common.withColumns(List.of(), List.of())
            : common);
  }

  private Outcome protocol(TaskContext context, String[] ids) throws InterruptedException {
    Params params = context.params();
    if (IntersectionParameters.method(params).equals("rsa")) {
      return new RsaIntersection(context, suite, RsaSettings.of(params), ids).run();
    }
    return MaskedIntersection.run(context, MaskSettings.of(params), ids);
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

  private static void warn(TaskContext context) {
    Params params = context.params();
    IntersectionParameters.DEPRECATED.stream()
        .filter(params::isUserFed)
        .forEach(name -> context.log().warning("parameter " + name + " is deprecated; ignored"));
    if (params.text("intersect_method").equals(IntersectionParameters.RAW)) {
      context
          .log()
          .warning(
              "intersect_method raw would show ids, or hashes that can be guessed: it runs as ecdh");
    }
    String method = IntersectionParameters.method(params);
    if (method.equals("rsa")) {
      warnOfRsa(context, params.object("rsa_params"));
    }
    if (method.equals(MaskSettings.DH)) {
      warnOfShort(context, "dh_params", params.object("dh_params").integer("key_length"));
    }
  }

  private static void warnOfRsa(TaskContext context, Params rsa) {
    if (!rsa.isNull("random_base_fraction") || rsa.isUserFed("random_bit")) {
      context
          .log()
          .warning(
              "random_base_fraction and random_bit do not weaken the blinding: every id gets a"
                  + " factor of its own, as long as the modulus");
    }
    warnOfShort(context, "rsa_params", rsa.integer("key_length"));
  }

  private static void warnOfShort(TaskContext context, String object, int bits) {
    if (bits < RsaPublicKey.DEFAULT_BITS) {
      context
          .log()
          .warning(
              object
                  + ".key_length "
                  + bits
                  + " is short; "
                  + RsaPublicKey.DEFAULT_BITS
                  + " or more is recommended");
    }
  }
}

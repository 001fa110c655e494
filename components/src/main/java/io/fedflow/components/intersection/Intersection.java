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
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
    IdsToMatch ids = IdsToMatch.of(input(context));
    warn(context, ids.areMatchIds());
    Outcome outcome = protocol(context, ids);
    if (outcome.count().isEmpty()) {
      context.log().info("the result is not synced: it stays at the guest");
      return TaskOutputs.none();
    }
    int known = outcome.count().getAsInt();
    if (outcome.rows().isEmpty()) {
      IntersectionReport.write(context, ids, known, OptionalInt.empty());
      return TaskOutputs.none();
    }
    int[] rows = outcome.rows().get();
    Table common =
        (ids.areMatchIds() ? new SampleIds(context, ids).join(rows) : ids.table().select(rows))
            .sortedById();
    IntersectionReport.write(
        context,
        ids,
        known,
        ids.areMatchIds() ? OptionalInt.of(common.rowCount()) : OptionalInt.empty());
    return TaskOutputs.of(
        context.params().bool("only_output_key")
            ? common.withColumns(List.of(), List.of())
            : common);
  }

  private Outcome protocol(TaskContext context, IdsToMatch ids) throws InterruptedException {
    Params params = context.params();
    if (IntersectionParameters.method(params).equals(IntersectionParameters.RSA)) {
      return new RsaIntersection(
              context, suite, RsaSettings.of(params, ids.areMatchIds()), ids.ids())
          .run();
    }
    return MaskedIntersection.run(context, MaskSettings.of(params, ids.areMatchIds()), ids.ids());
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
    if (context.params().text("sample_id_generator").equals("host")
        && context.federation().parties(Role.HOST).size() > 1) {
      throw FedflowException.invalid(
          "intersection.generator",
          "sample_id_generator: found host with "
              + context.federation().parties(Role.HOST).size()
              + " hosts, allowed is guest");
    }
    return inputs.get(0).table();
  }

  private static void warn(TaskContext context, boolean matchIds) {
    Params params = context.params();
    if (!matchIds && params.bool("new_sample_id")) {
      context.log().warning("new_sample_id is of no effect: the rows have no match ids");
    }
    IntersectionParameters.DEPRECATED.stream()
        .filter(params::isUserFed)
        .forEach(name -> context.log().warning("parameter " + name + " is deprecated; ignored"));
    if (params.text("intersect_method").equals(IntersectionParameters.RAW)) {
      context
          .log()
          .warning(
              "intersect_method raw would show ids, or hashes that can be guessed: it runs as ecdh");
    }
    if (params.bool("cardinality_only")
        && params.text("cardinality_method").equals(IntersectionParameters.RSA)) {
      context
          .log()
          .warning(
              "cardinality_method rsa would show which ids are common, not only how many: it runs as"
                  + " ecdh");
    }
    if (params.bool("run_preprocess")) {
      context
          .log()
          .warning(
              "run_preprocess runs no filter: the other side could try out ids on it; the result is"
                  + " the same");
    }
    String method = IntersectionParameters.method(params);
    if (method.equals(IntersectionParameters.RSA)) {
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
    if (rsa.bool("split_calculation") && !context.params().bool("sync_intersect_ids")) {
      context
          .log()
          .warning(
              "split_calculation is of no effect while sync_intersect_ids is false: hosts would find"
                  + " half of the result themselves");
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

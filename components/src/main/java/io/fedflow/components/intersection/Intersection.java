package io.fedflow.components.intersection;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.Params;
import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    requireMatchIds(context, ids);
    Optional<IntersectionCache> cache =
        context.inputs().cacheOf(IntersectionCache.MODULE).map(IntersectionCache::of);
    Settings settings = settings(context, ids, cache);
    IntersectionWarnings.write(context, ids.areMatchIds(), settings);
    if (settings.cache() == CacheUse.MADE) {
      return TaskOutputs.of(made(context, settings, ids));
    }
    Outcome outcome = protocol(context, settings, ids, cache);
    if (outcome.count().isEmpty()) {
      context.log().info("the result is not synced: it stays at the guest");
      return TaskOutputs.none();
    }
    int known = outcome.count().getAsInt();
    if (outcome.rows().isEmpty()) {
      IntersectionReport.write(context, settings, ids, known, OptionalInt.empty());
      return TaskOutputs.none();
    }
    Table common = common(context, ids, outcome.rows().get());
    IntersectionReport.write(
        context,
        settings,
        ids,
        known,
        ids.areMatchIds() ? OptionalInt.of(common.rowCount()) : OptionalInt.empty());
    return TaskOutputs.of(common);
  }

  /** The rows of the result in the order of their ids, made once: they may be most of the input. */
  private static Table common(TaskContext context, IdsToMatch ids, int[] found)
      throws InterruptedException {
    boolean onlyIds = context.params().bool("only_output_key");
    if (ids.areMatchIds()) {
      Table joined = new SampleIds(context, ids).join(found).sortedById();
      return onlyIds ? joined.withColumns(List.of(), List.of()) : joined;
    }
    Table from = onlyIds ? ids.table().withColumns(List.of(), List.of()) : ids.table();
    return from.selectById(found);
  }

  private static void requireMatchIds(TaskContext context, IdsToMatch ids) {
    if (context.params().text("join_method").equals(IntersectionParameters.LEFT_JOIN)
        && !ids.areMatchIds()) {
      throw FedflowException.invalid(
          "intersection.join",
          "join_method: found left_join with rows that have no match ids, allowed is inner_join");
    }
  }

  /** Of this run; on a cache its method and hashes count, whatever the parameters say. */
  private static Settings settings(
      TaskContext context, IdsToMatch ids, Optional<IntersectionCache> cache) {
    Params params = context.params();
    if (cache.isPresent()) {
      if (params.bool("cardinality_only")) {
        throw FedflowException.invalid(
            "intersection.cache",
            "cardinality_only: found true with a cache, which would show which ids are common, not"
                + " only how many; allowed is false");
      }
      Settings made = cache.get().settings();
      if (made.matchIds() != ids.areMatchIds()) {
        throw FedflowException.invalid(
            "intersection.cache",
            "the cache "
                + cache.get().id()
                + (made.matchIds() ? " is of match ids, " : " is of row ids, ")
                + (ids.areMatchIds() ? "the input has match ids" : "the input has no match ids"));
      }
      return made.forRun(params.bool("sync_intersect_ids"));
    }
    return IntersectionParameters.method(params).equals(IntersectionParameters.RSA)
        ? RsaSettings.of(params, ids.areMatchIds())
        : MaskSettings.of(params, ids.areMatchIds());
  }

  private TaskCache made(TaskContext context, Settings settings, IdsToMatch ids)
      throws InterruptedException {
    TaskCache made = new CacheMaking(context, suite, settings, ids.ids()).run();
    IntersectionReport.writeMade(context, ids, made.key());
    return made;
  }

  private Outcome protocol(
      TaskContext context, Settings settings, IdsToMatch ids, Optional<IntersectionCache> cache)
      throws InterruptedException {
    return settings instanceof RsaSettings rsa
        ? new RsaIntersection(context, suite, rsa, ids.ids(), cache).run()
        : MaskedIntersection.run(context, (MaskSettings) settings, ids.ids(), cache);
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
}

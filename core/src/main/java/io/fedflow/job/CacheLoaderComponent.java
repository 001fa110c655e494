package io.fedflow.job;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.Params;
import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.party.Role;
import io.fedflow.tracking.TrackingManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * FATE's {@code CacheLoader}: hands on a cache that a component of an earlier job kept at the same
 * party. Nothing crosses; each party loads its own. Thread-safe.
 */
public final class CacheLoaderComponent implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "CacheLoader",
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          ParameterSchema.builder()
              .text("job_id", "", "the job that made the cache")
              .text("component_name", "", "the component that made it")
              .text("cache_name", null, "the name of its output; cache_key goes first")
              .text("cache_key", null, "the key of the cache, as the log of its maker tells it")
              .bool("need_run", true, "whether the component runs")
              .build(),
          List.of(),
          Map.of(),
          CacheLoaderComponent::check);

  private final TaskCaches caches;
  private final TrackingManager tracking;

  /**
   * A component that loads caches of a site.
   *
   * @param caches where they are
   * @param tracking finds the attempts that made them
   */
  public CacheLoaderComponent(TaskCaches caches, TrackingManager tracking) {
    this.caches = caches;
    this.tracking = tracking;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  private static void check(Params params, String pointer, Problems problems) {
    for (String name : List.of("job_id", "component_name")) {
      if (params.text(name).isBlank()) {
        problems.error(pointer + "/" + name, "is required", "nothing", "a text");
      }
    }
    if (params.isNull("cache_name") && params.isNull("cache_key")) {
      problems.error(
          pointer, "names no cache", "nothing", "cache_name, or cache_key, or both of one cache");
    }
  }

  @Override
  public TaskOutputs run(TaskContext context) {
    String jobId = context.params().text("job_id");
    String component = context.params().text("component_name");
    TaskId maker =
        Stages.join(tracking.latest(jobId, component, context.self()))
            .filter(row -> row.partyStatus().good())
            .orElseThrow(
                () ->
                    unknown(
                        "job "
                            + jobId
                            + " has no component "
                            + component
                            + " that ended well at "
                            + context.self()))
            .task();
    TaskCache cache = only(context, matching(context, caches.read(maker, context.self())));
    context.log().info(cache + " is loaded from " + component + " of job " + jobId);
    return TaskOutputs.of(cache);
  }

  private static Map<String, TaskCache> matching(
      TaskContext context, Map<String, TaskCache> caches) {
    String name = context.params().text("cache_name");
    String key = context.params().text("cache_key");
    Map<String, TaskCache> matching = new LinkedHashMap<>(caches);
    matching
        .entrySet()
        .removeIf(
            cache ->
                name != null && !cache.getKey().equals(name)
                    || key != null && !cache.getValue().key().equals(key));
    if (matching.isEmpty() && !caches.isEmpty()) {
      throw unknown(
          "cache_name "
              + name
              + ", cache_key "
              + key
              + ": found none like that, there are "
              + caches.entrySet().stream()
                  .map(cache -> cache.getKey() + " with the key " + cache.getValue().key())
                  .toList());
    }
    return matching;
  }

  private static TaskCache only(TaskContext context, Map<String, TaskCache> matching) {
    if (matching.size() == 1) {
      return matching.values().iterator().next();
    }
    String component =
        context.params().text("component_name") + " of job " + context.params().text("job_id");
    if (matching.isEmpty()) {
      throw unknown(
          component
              + " keeps no cache at "
              + context.self()
              + ": it was told to make none, or its job was cleaned; run it again");
    }
    throw FedflowException.invalid(
        "cache.several",
        component
            + " keeps several such caches, "
            + matching.keySet()
            + "; name one by cache_name");
  }

  private static FedflowException unknown(String why) {
    return FedflowException.invalid("cache.unknown", why);
  }
}

package io.fedflow.dsl;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The job parameters that the engine acts on, after defaults. Unknown ones are kept in {@code
 * extra} and warned about.
 *
 * @param dslVersion 1 or 2
 * @param jobType {@code train} or {@code predict}
 * @param workMode asked by the conf: 0 = all parties here, 1 = by routing table; null when silent
 * @param backend asked by the conf, as written; null when silent
 * @param taskCores cores asked per task; at least 1
 * @param taskParallelism tasks that may run at once; at least 1
 * @param autoRetries further attempts of a failed task; at least 0
 * @param autoRetryDelay pause before each
 * @param timeout how long the job may run
 * @param taskTimeout how long one attempt of a task may run; null for as long as the job
 * @param priority which of two waiting jobs runs first: the higher one; -100..100
 * @param modelId the trained model of a predict job; null for train
 * @param modelVersion its version; null for train
 * @param seed what all choices of the job derive from; null lets the engine draw one
 * @param extra every other parameter as given
 */
public record JobSettings(
    int dslVersion,
    String jobType,
    Integer workMode,
    String backend,
    int taskCores,
    int taskParallelism,
    int autoRetries,
    Duration autoRetryDelay,
    Duration timeout,
    Duration taskTimeout,
    int priority,
    String modelId,
    String modelVersion,
    Long seed,
    Map<String, Object> extra) {

  static final String COLLECT_TYPE = "federated_status_collect_type";
  static final String COLLECT_PUSH = "PUSH";
  static final String COLLECT_PULL = "PULL";
  static final String INHERITANCE = "inheritance_info";
  static final String PEER_PATIENCE = "peer_patience";

  /** Cores asked per task when the conf is silent. */
  public static final int DEFAULT_TASK_CORES = 4;

  /** Tasks that may run at once when the conf is silent. */
  public static final int DEFAULT_TASK_PARALLELISM = 1;

  /** Further attempts of a failed task when the conf is silent. */
  public static final int DEFAULT_AUTO_RETRIES = 0;

  /** A job's place among waiting ones when the conf is silent. */
  public static final int DEFAULT_PRIORITY = 0;

  /** What runs last. */
  public static final int LOWEST_PRIORITY = -100;

  /** What runs first. */
  public static final int HIGHEST_PRIORITY = 100;

  /** Three days, FATE's default. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(259_200);

  /** Copies the map. */
  public JobSettings {
    extra = OrderedMap.copyOf(extra);
  }

  /** The engine that really computes: always the local one, until another is configured. */
  public String usedBackend() {
    return "LOCAL";
  }

  /**
   * How the coordinator learns where tasks stand at their parties: true if it asks them, which
   * suits parties that cannot reach it; false if they report by themselves.
   */
  public boolean pull() {
    return COLLECT_PULL.equals(extra.get(COLLECT_TYPE));
  }

  /** What is to be taken over from another job; empty if everything is to be run. */
  public Optional<Inherits> inherits() {
    // The reader has checked its shape.
    return extra.get(INHERITANCE) instanceof Map<?, ?> info && !info.isEmpty()
        ? Optional.of(
            new Inherits(
                String.valueOf(info.get("job_id")),
                ((List<?>) info.get("component_list")).stream().map(String::valueOf).toList()))
        : Optional.empty();
  }

  /**
   * How long the sites of the job's parties may be away before it fails, if that is less than what
   * a site grants to all jobs.
   *
   * @param most what the site grants
   */
  public Duration peerPatience(Duration most) {
    if (!(extra.get(PEER_PATIENCE) instanceof Number seconds)) {
      return most;
    }
    Duration wanted = Duration.ofSeconds(seconds.longValue());
    return wanted.compareTo(most) < 0 ? wanted : most;
  }

  /** The completed parameters as the job's rows show them: {@code job_parameters.common}. */
  public Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>(extra);
    tree.put("job_type", jobType);
    tree.put("task_cores", taskCores);
    tree.put("task_parallelism", taskParallelism);
    tree.put("auto_retries", autoRetries);
    tree.put("auto_retry_delay", autoRetryDelay.toSeconds());
    tree.put("timeout", timeout.toSeconds());
    put(tree, "task_timeout", taskTimeout == null ? null : taskTimeout.toSeconds());
    tree.put("priority", priority);
    put(tree, "model_id", modelId);
    put(tree, "model_version", modelVersion);
    put(tree, "work_mode", workMode);
    put(tree, "backend", backend);
    put(tree, "seed", seed);
    tree.put(COLLECT_TYPE, pull() ? COLLECT_PULL : COLLECT_PUSH);
    tree.put("backend_used", usedBackend());
    return tree;
  }

  private static void put(Map<String, Object> tree, String key, Object value) {
    if (value != null) {
      tree.put(key, value);
    }
  }
}

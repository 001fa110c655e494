package io.fedflow.pipeline;

import io.fedflow.party.Role;
import java.util.List;

/**
 * Parameters of a job itself: where it computes, what it may take, how long. Only what is given
 * goes into the conf. Not thread-safe.
 */
public final class JobParameters {

  private final ScopedParameters parameters = new ScopedParameters();

  /** Nothing given. */
  public JobParameters() {}

  /** Sets any parameter for all parties. */
  public JobParameters set(String name, Object value) {
    parameters.common().put(name, value);
    return this;
  }

  /** Which engine computes, by FATE's name, such as {@code EGGROLL}. */
  public JobParameters backend(String engine) {
    return set("backend", engine);
  }

  /**
   * Where the parties are.
   *
   * @param mode 0 for all parties here, 1 for parties by routing table
   */
  public JobParameters workMode(int mode) {
    return set("work_mode", mode);
  }

  /** How many cores each task takes; at least 1. */
  public JobParameters taskCores(int cores) {
    return set("task_cores", cores);
  }

  /** How many tasks run at the same time; at least 1. */
  public JobParameters taskParallelism(int tasks) {
    return set("task_parallelism", tasks);
  }

  /** How long the job may take, in seconds; at least 1. */
  public JobParameters timeout(long seconds) {
    return set("timeout", seconds);
  }

  /**
   * The parameters of some parties, over those for all.
   *
   * @param ids party ids; none for all of the role
   */
  public PartyParameters at(Role role, String... ids) {
    return new PartyParameters(parameters.at(new PartyScope(role, List.of(ids))));
  }

  ScopedParameters parameters() {
    return parameters;
  }
}

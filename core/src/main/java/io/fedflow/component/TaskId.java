package io.fedflow.component;

/**
 * One attempt at one component of a job.
 *
 * @param jobId the job
 * @param component the component's name in the DSL
 * @param version 0 for the first attempt, one more for each retry or rerun
 */
public record TaskId(String jobId, String component, int version) {

  /** {@code <job>_<component>}, FATE's task id, the same for all attempts. */
  public String name() {
    return jobId + '_' + component;
  }

  /** {@code <job>_<component>_<version>}. */
  @Override
  public String toString() {
    return name() + '_' + version;
  }
}

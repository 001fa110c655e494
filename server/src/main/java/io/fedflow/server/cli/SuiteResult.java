package io.fedflow.server.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a task. Immutable.
 *
 * @param suite the suite's file
 * @param task the task's name
 * @param outcome how it counts
 * @param jobId the job; empty if none was submitted
 * @param status how the job ended, in FATE's words; empty if none ended
 * @param modelId the model that the job made; empty for none
 * @param modelVersion its version; empty for none
 * @param took from the submission to the end
 * @param metrics what evaluations measured: {@code component/model/stage/metric} to value
 * @param cause why, unless it passed
 */
record SuiteResult(
    String suite,
    String task,
    Outcome outcome,
    String jobId,
    String status,
    String modelId,
    String modelVersion,
    Duration took,
    Map<String, Double> metrics,
    String cause) {

  /** How a task counts. */
  enum Outcome {
    /** The job ended well, and its metrics agree. */
    PASSED,
    /** It did not, or what it needs did not. */
    FAILED,
    /** The runner stopped it, since it took too many times what it took elsewhere; not counted. */
    STOPPED,
    /** Its tables are not to be had; not counted. */
    NO_DATA,
    /** It is a program of another library; not counted. */
    NO_JOB,
    /** It only gives numbers to compare with; not counted. */
    REFERENCE;

    boolean counts() {
      return this == PASSED || this == FAILED;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /** One that never came to a job. */
  static SuiteResult without(Suite suite, SuiteTask task, Outcome outcome, String cause) {
    return new SuiteResult(
        suite.name(), task.name(), outcome, "", "", "", "", Duration.ZERO, Map.of(), cause);
  }

  boolean passed() {
    return outcome == Outcome.PASSED;
  }

  /** The same with other measures. */
  SuiteResult measured(Map<String, Double> found) {
    return new SuiteResult(
        suite, task, outcome, jobId, status, modelId, modelVersion, took, found, cause);
  }

  /** The same as a failure. */
  SuiteResult failed(String why) {
    return new SuiteResult(
        suite, task, Outcome.FAILED, jobId, status, modelId, modelVersion, took, metrics, why);
  }

  double seconds() {
    return took.toMillis() / 1e3;
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("suite", suite);
    tree.put("task", task);
    tree.put("outcome", outcome.word());
    tree.put("job_id", jobId);
    tree.put("status", status);
    tree.put("seconds", seconds());
    tree.put("metrics", metrics);
    tree.put("cause", cause);
    return tree;
  }
}

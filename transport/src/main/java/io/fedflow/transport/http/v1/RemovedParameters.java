package io.fedflow.transport.http.v1;

import io.fedflow.failure.Problem;
import java.util.List;
import java.util.Map;

/**
 * The job parameters that FATE dropped with release 1.7. Its clients expect a warning where a conf
 * of version 2 still names them; in version 1 they were usual.
 */
final class RemovedParameters {

  private static final Map<String, String> NAMES =
      Map.of(
          "work_mode", "removed in FATE 1.7; only checked against where the parties live",
          "backend", "removed in FATE 1.7; shown and of no effect");

  private RemovedParameters() {}

  /** One warning for each that the conf names. */
  static List<Problem> in(Map<String, Object> conf) {
    return conf.get("job_parameters") instanceof Map<?, ?> parameters
            && parameters.get("common") instanceof Map<?, ?> common
        ? NAMES.keySet().stream()
            .filter(common::containsKey)
            .sorted()
            .map(name -> warning(name, common))
            .toList()
        : List.of();
  }

  private static Problem warning(String name, Map<?, ?> common) {
    return new Problem(
        "conf/job_parameters/common/" + name,
        NAMES.get(name),
        String.valueOf(common.get(name)),
        "a conf without it");
  }
}

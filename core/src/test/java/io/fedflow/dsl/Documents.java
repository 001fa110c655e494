package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents of a sound job, to be spoilt in one place by a test. */
final class Documents {

  private final Map<String, Object> root;

  private Documents(Map<String, Object> dsl, Map<String, Object> conf) {
    root = new HashMap<>();
    root.put("dsl", dsl);
    root.put("conf", conf);
  }

  /** Guest 7001, host 7002, arbiter 7002. */
  static Documents v1() {
    return new Documents(
        Json.resource("vertical-v1-dsl.json"), Json.resource("vertical-v1-conf.json"));
  }

  /** Guest 101, hosts 201 to 203, arbiter 301. */
  static Documents v2() {
    return new Documents(
        Json.resource("vertical-v2-dsl.json"), Json.resource("vertical-v2-conf.json"));
  }

  /** Puts a value, which is JSON with single quotes; makes objects on the way. */
  Documents with(String path, String json) {
    return put(path, Json.object("{'value': " + json + "}").get("value"));
  }

  @SuppressWarnings("unchecked")
  Documents put(String path, Object value) {
    String[] names = path.split("/");
    Map<String, Object> at = root;
    for (int i = 0; i < names.length - 1; i++) {
      at = (Map<String, Object>) at.computeIfAbsent(names[i], name -> new LinkedHashMap<>());
    }
    at.put(names[names.length - 1], value);
    return this;
  }

  /** Takes a member out. */
  @SuppressWarnings("unchecked")
  Documents without(String path) {
    String[] names = path.split("/");
    Map<String, Object> at = root;
    for (int i = 0; i < names.length - 1; i++) {
      at = (Map<String, Object>) at.get(names[i]);
    }
    at.remove(names[names.length - 1]);
    return this;
  }

  @SuppressWarnings("unchecked")
  JobDocuments build() {
    return new JobDocuments(
        (Map<String, Object>) root.get("dsl"), (Map<String, Object>) root.get("conf"));
  }

  JobPlan plan() {
    return JobPlanner.plan(build(), FakeComponents.CATALOG);
  }

  /** What the planner refuses; empty if it plans. */
  List<Problem> problems() {
    ProblemsException refusal = catchThrowableOfType(ProblemsException.class, this::plan);
    return refusal == null ? List.of() : refusal.problems();
  }
}

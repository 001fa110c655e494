package io.fedflow.server.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills in what a suite's conf leaves open. It works on a copy; not thread-safe.
 *
 * <p>FATE's suites change confs in the same places before they submit them.
 */
final class SuiteConf {

  private static final String COMMON = "common";

  private final Map<String, Object> conf;
  private final boolean second;

  /** Begins with the conf of a file. */
  SuiteConf(Map<String, Object> conf) {
    this.conf = copy(conf);
    this.second = new Tree(conf).at("dsl_version").number() == 2;
  }

  /** Other parties in place of those in the conf: the first ones of each role. */
  SuiteConf parties(SuiteParties parties) {
    if (parties.none()) {
      return this;
    }
    Map<String, Object> roles = inner(conf, "role");
    roles.replaceAll((role, ids) -> parties.first(role, new Tree(ids).each().size(), ids));
    Map<String, Object> initiator = inner(conf, "initiator");
    if (roles.get(String.valueOf(initiator.get("role"))) instanceof List<?> ids && !ids.isEmpty()) {
      initiator.put("party_id", ids.get(0));
    }
    return this;
  }

  /** How long the job may take. */
  SuiteConf timeout(long seconds) {
    parameters().put("timeout", seconds);
    return this;
  }

  /** The model that it predicts with. */
  SuiteConf predictWith(String modelId, String modelVersion) {
    Map<String, Object> parameters = parameters();
    parameters.put("model_id", modelId);
    parameters.put("model_version", modelVersion);
    parameters.putIfAbsent("job_type", "predict");
    return this;
  }

  /** The model that the first ModelLoader of the DSL reads. */
  SuiteConf loadModel(Map<String, Object> dsl, String modelId, String modelVersion) {
    Map<String, Object> loader = component(dsl, "ModelLoader");
    loader.put("model_id", modelId);
    loader.put("model_version", modelVersion);
    return this;
  }

  /**
   * The job whose cache the first CacheLoader of the DSL reads: for all parties, and in the place
   * of what the conf says for single ones.
   */
  SuiteConf loadCache(Map<String, Object> dsl, String jobId) {
    Optional<String> loader = named(dsl, "CacheLoader");
    component(dsl, "CacheLoader").put("job_id", jobId);
    loader.ifPresent(name -> replaceAtParties(name, "job_id", jobId));
    return this;
  }

  @SuppressWarnings("unchecked")
  private void replaceAtParties(String component, String parameter, String value) {
    Tree roles = new Tree(conf).at(second ? "component_parameters" : "role_parameters");
    for (Tree role : (second ? roles.at("role") : roles).entries().values()) {
      for (Tree position : role.entries().values()) {
        if (position.at(component).value() instanceof Map<?, ?> own && own.containsKey(parameter)) {
          ((Map<String, Object>) own).put(parameter, value);
        }
      }
    }
  }

  /** Whether this is a prediction. */
  boolean predicts() {
    return "predict".equals(parameters().get("job_type"));
  }

  /** The first party of a role; empty if it has none. */
  String first(String role) {
    return new Tree(conf).at("role", role).at(0).text();
  }

  /** The whole. */
  Map<String, Object> tree() {
    return conf;
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = inner(conf, "job_parameters");
    return second ? inner(parameters, COMMON) : parameters;
  }

  /** The first in the order of the DSL; a component that is not there gets no parameters. */
  private Map<String, Object> component(Map<String, Object> dsl, String module) {
    Map<String, Object> all =
        second
            ? inner(inner(conf, "component_parameters"), COMMON)
            : inner(conf, "algorithm_parameters");
    return named(dsl, module).map(name -> inner(all, name)).orElseGet(LinkedHashMap::new);
  }

  private static Optional<String> named(Map<String, Object> dsl, String module) {
    return new Tree(dsl)
        .at("components").entries().entrySet().stream()
            .filter(each -> each.getValue().at("module").text().equals(module))
            .map(Map.Entry::getKey)
            .findFirst();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> inner(Map<String, Object> outer, String key) {
    if (!(outer.get(key) instanceof Map<?, ?>)) {
      outer.put(key, new LinkedHashMap<String, Object>());
    }
    return (Map<String, Object>) outer.get(key);
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copied = new LinkedHashMap<>();
    map.forEach((key, value) -> copied.put(String.valueOf(key), copied(value)));
    return copied;
  }

  private static Object copied(Object value) {
    if (value instanceof Map<?, ?> map) {
      return copy(map);
    }
    if (value instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      list.forEach(each -> all.add(copied(each)));
      return all;
    }
    return value;
  }
}

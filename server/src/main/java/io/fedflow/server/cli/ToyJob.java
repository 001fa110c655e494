package io.fedflow.server.cli;

import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** FATE's toy job: guest and host add rows of ones without showing them to each other. */
final class ToyJob {

  private static final String COMPONENT = "secure_add_example_0";

  /** FATE's own numbers. */
  private static final Map<String, Object> COMMON = Map.of("partition", 4, "data_num", 1000);

  private static final int GUEST_SEED = 123;
  private static final int HOST_SEED = 321;

  private ToyJob() {}

  static Map<String, Object> dsl() {
    return Map.of("components", Map.of(COMPONENT, Map.of("module", "SecureAddExample")));
  }

  static Map<String, Object> conf(String guest, String host, int taskCores) {
    Map<String, Object> conf = new LinkedHashMap<>();
    conf.put("dsl_version", 2);
    conf.put("initiator", Map.of("role", "guest", "party_id", Party.documentId(guest)));
    conf.put(
        "role",
        Map.of("guest", List.of(Party.documentId(guest)), "host", List.of(Party.documentId(host))));
    conf.put("job_parameters", Map.of("common", Map.of("task_cores", taskCores)));
    conf.put(
        "component_parameters",
        Map.of(
            "common",
            Map.of(COMPONENT, COMMON),
            "role",
            Map.of("guest", seed(GUEST_SEED), "host", seed(HOST_SEED))));
    return conf;
  }

  private static Map<String, Object> seed(int seed) {
    return Map.of("0", Map.of(COMPONENT, Map.of("seed", seed)));
  }
}

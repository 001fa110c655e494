package io.fedflow.server.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The demo's documents, {@code examples/jobs/demo_*.json}.
 *
 * @param dsl the DSL
 * @param conf the runtime conf
 */
record DemoJob(Map<String, Object> dsl, Map<String, Object> conf) {

  /**
   * Reads them.
   *
   * @param apart whether every party has a server of its own, hence an id of its own
   */
  static DemoJob load(boolean apart) throws IOException {
    Object conf = Documents.example("jobs/demo_conf.json");
    if (apart) {
      conf = Replacing.at(conf, List.of("10001"), "role", "arbiter");
      conf = Replacing.at(conf, 1, "job_parameters", "work_mode");
    }
    return new DemoJob(Documents.example("jobs/demo_dsl.json"), new Tree(conf).object());
  }
}

package io.fedflow.server;

import java.util.List;
import java.util.Map;

/** Confs of the breast job in version 2, as they ship, for an arbiter of its own. */
final class BreastJobs {

  private static final int SEED = 7;
  private static final int KEY_BITS = 1024;

  private BreastJobs() {}

  static Map<String, Object> shippedDsl() {
    return TestJobs.read("/io/fedflow/server/cli/jobs/pipeline_dsl.json");
  }

  /**
   * The shipped conf with small keys and a fixed seed.
   *
   * @param workMode 0 for one server for all parties, 1 for one each
   */
  static Map<String, Object> shipped(int workMode, int iterations) {
    Map<String, Object> conf =
        separate(TestJobs.read("/io/fedflow/server/cli/jobs/pipeline_conf.json"), workMode);
    conf = common(conf, KEY_BITS, "hetero_lr_0", "encrypt_param", "key_length");
    conf = common(conf, iterations, "hetero_lr_0", "max_iter");
    conf = common(conf, Map.of("key_length", KEY_BITS), "intersection_0", "rsa_params");
    return common(
        conf, Map.of("key_length", KEY_BITS), "hetero_feature_binning_0", "encrypt_param");
  }

  /** A conf for parties that are apart, which gives the same result every time. */
  static Map<String, Object> separate(Map<String, Object> conf, int workMode) {
    Map<String, Object> apart = TestJobs.with(conf, List.of("10001"), "role", "arbiter");
    apart = TestJobs.with(apart, workMode, "job_parameters", "common", "work_mode");
    return TestJobs.with(apart, SEED, "job_parameters", "common", "seed");
  }

  /** A copy with another parameter of all parties. */
  static Map<String, Object> common(
      Map<String, Object> conf, Object value, String component, String... keys) {
    String[] all = new String[keys.length + 3];
    all[0] = "component_parameters";
    all[1] = "common";
    all[2] = component;
    System.arraycopy(keys, 0, all, 3, keys.length);
    return TestJobs.with(conf, value, all);
  }
}

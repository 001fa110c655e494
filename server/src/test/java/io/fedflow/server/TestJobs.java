package io.fedflow.server;

import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Job documents for tests: those that ship, made quick where the result does not matter. */
final class TestJobs {

  private static final String LR = "hetero_lr_0";

  private TestJobs() {}

  static Map<String, Object> demoDsl() {
    return read("/io/fedflow/server/cli/jobs/demo_dsl.json");
  }

  /** The demo's conf with a small key. */
  static Map<String, Object> demoConf(int iterations) {
    return with(
        with(
            read("/io/fedflow/server/cli/jobs/demo_conf.json"),
            1024,
            "algorithm_parameters",
            LR,
            "encrypt_param",
            "key_length"),
        iterations,
        "algorithm_parameters",
        LR,
        "max_iter");
  }

  static Map<String, Object> read(String resource) {
    try (InputStream in = TestJobs.class.getResourceAsStream(resource)) {
      return map(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An object from its JSON text. */
  static Map<String, Object> map(String json) {
    return object(new JacksonJsonCodec().read(json));
  }

  /** A copy with another value at the end of the keys; null removes it. */
  static Map<String, Object> with(Object tree, Object value, String... keys) {
    Map<String, Object> copy = object(tree);
    if (keys.length > 1) {
      copy.put(keys[0], with(copy.get(keys[0]), value, Arrays.copyOfRange(keys, 1, keys.length)));
    } else if (value == null) {
      copy.remove(keys[0]);
    } else {
      copy.put(keys[0], value);
    }
    return copy;
  }

  private static Map<String, Object> object(Object tree) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> map) {
      map.forEach((key, value) -> object.put(String.valueOf(key), value));
    }
    return object;
  }
}

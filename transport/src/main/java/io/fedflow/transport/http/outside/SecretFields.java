package io.fedflow.transport.http.outside;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Fields of JSON trees whose names say that they hold secrets. Stateless. */
final class SecretFields {

  private static final Pattern SECRET =
      Pattern.compile(
          "passw|^pwd$|secret|token|cookie|credential|authorization|(api|app|access|private)[_-]?key",
          Pattern.CASE_INSENSITIVE);

  private SecretFields() {}

  static boolean isSecret(String name) {
    return SECRET.matcher(name).find();
  }

  /** The tree with null in place of every secret. */
  static Object without(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return without(map);
    }
    return tree instanceof List<?> list
        ? list.stream().map(each -> each == null ? "" : without(each)).toList()
        : tree;
  }

  /** The same of an object. */
  static Map<String, Object> without(Map<?, ?> map) {
    Map<String, Object> shown = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          shown.put(name, value == null || isSecret(name) ? null : without(value));
        });
    return shown;
  }
}

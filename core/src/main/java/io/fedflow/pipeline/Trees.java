package io.fedflow.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads parts of JSON trees; what is not there reads as empty. */
final class Trees {

  private Trees() {}

  /** A copy that may be changed. */
  static Map<String, Object> object(Object value) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> copy.put(String.valueOf(key), each));
    }
    return copy;
  }

  static List<Map<String, Object>> objects(Object value) {
    return value instanceof List<?> list ? list.stream().map(Trees::object).toList() : List.of();
  }

  static List<String> texts(Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}

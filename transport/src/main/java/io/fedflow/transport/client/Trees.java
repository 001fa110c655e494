package io.fedflow.transport.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads parts of JSON trees; what is not there reads as empty. */
final class Trees {

  private Trees() {}

  static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  static Map<String, Object> object(Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> object.put(String.valueOf(key), each));
    }
    return object;
  }

  static List<Map<String, Object>> objects(Object value) {
    return value instanceof List<?> list ? list.stream().map(Trees::object).toList() : List.of();
  }
}

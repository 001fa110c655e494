package io.fedflow.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes trees comparable whose whole numbers came in different widths. */
final class Numbers {

  private Numbers() {}

  static Object wide(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, Object> wide = new LinkedHashMap<>();
      map.forEach((key, value) -> wide.put(String.valueOf(key), wide(value)));
      return wide;
    }
    if (tree instanceof List<?> list) {
      return list.stream().map(Numbers::wide).toList();
    }
    return tree instanceof Integer number ? (Object) number.longValue() : tree;
  }
}

package io.fedflow.fakes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trees whose whole numbers all are long: what a store gives back may be wider or narrower. */
public final class Widened {

  private Widened() {}

  /** A copy of a tree of maps, lists and values. */
  public static Object tree(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, tree(value)));
      return copy;
    }
    if (tree instanceof List<?> list) {
      return list.stream().map(Widened::tree).toList();
    }
    return tree instanceof Integer number ? Long.valueOf(number) : tree;
  }
}

package io.fedflow.dsl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one rule by which later parts of a conf override earlier ones. */
public final class TreeMerge {

  private TreeMerge() {}

  /**
   * Lays one object over another: objects under the same key merge, anything else of {@code over}
   * replaces, lists included. Neither argument is changed; the result cannot be.
   */
  public static Map<String, Object> merge(Map<String, Object> base, Map<String, Object> over) {
    Map<String, Object> merged = new LinkedHashMap<>(base);
    over.forEach((key, value) -> merged.put(key, mergeValue(merged.get(key), value)));
    return Collections.unmodifiableMap(merged);
  }

  @SuppressWarnings("unchecked")
  private static Object mergeValue(Object base, Object over) {
    // Documents are copied on entry: the keys of every map are texts.
    return base instanceof Map<?, ?> left && over instanceof Map<?, ?> right
        ? merge((Map<String, Object>) left, (Map<String, Object>) right)
        : over;
  }
}

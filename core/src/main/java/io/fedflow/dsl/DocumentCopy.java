package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies a JSON tree into an immutable one that holds nothing but JSON, so that everything behind
 * this door may rely on its shape, and callers may change theirs.
 */
final class DocumentCopy {

  /** Deeper than any job needs, and shallow enough for plain recursion. */
  static final int MAX_DEPTH = 64;

  private final Problems problems;

  private DocumentCopy(Problems problems) {
    this.problems = problems;
  }

  /** Copies a document; what is no JSON becomes null and a problem. */
  static DocumentNode of(String document, Object tree, Problems problems) {
    JsonPointer root = JsonPointer.of(document);
    DocumentCopy copy = new DocumentCopy(problems);
    return new DocumentNode(root, isText(tree) ? tree : copy.other(tree, root, 0));
  }

  /** The most frequent values by far, which need no pointer. */
  private static boolean isText(Object value) {
    return value == null || value instanceof String || value instanceof Boolean;
  }

  private Object other(Object value, JsonPointer pointer, int depth) {
    if (value instanceof Number number) {
      return finite(number, pointer);
    }
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      if (depth == MAX_DEPTH) {
        problems.error(
            pointer.toString(),
            "nested too deeply",
            "more levels",
            "at most " + MAX_DEPTH + " levels");
        return null;
      }
      return value instanceof Map<?, ?> map
          ? object(map, pointer, depth)
          : array((List<?>) value, pointer, depth);
    }
    problems.error(
        pointer.toString(), "not a JSON value", value.getClass().getName(), "a JSON value");
    return null;
  }

  private Object finite(Number number, JsonPointer pointer) {
    if (Double.isNaN(number.doubleValue())
        || (number instanceof Double || number instanceof Float)
            && Double.isInfinite(number.doubleValue())) {
      problems.error(pointer.toString(), "not a JSON value", number, "a finite number");
      return null;
    }
    return number;
  }

  private Map<String, Object> object(Map<?, ?> map, JsonPointer pointer, int depth) {
    Map<String, Object> copy = new LinkedHashMap<>(map.size() + map.size() / 2 + 1);
    map.forEach(
        (key, value) -> {
          if (key instanceof String name) {
            copy.put(name, isText(value) ? value : other(value, pointer.below(name), depth + 1));
          } else {
            problems.error(
                pointer.toString(), "not a JSON object", "the key " + key, "texts as keys");
          }
        });
    return OrderedMap.copyOf(copy);
  }

  private List<Object> array(List<?> list, JsonPointer pointer, int depth) {
    List<Object> copy = new ArrayList<>(list.size());
    for (Object element : list) {
      copy.add(isText(element) ? element : other(element, pointer.below(copy.size()), depth + 1));
    }
    return Collections.unmodifiableList(copy);
  }
}

package io.fedflow.server.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A place in a JSON tree that a server sent; what is not there reads as empty. Immutable if the
 * tree is not changed.
 *
 * @param value any JSON value
 */
record Tree(Object value) {

  /** The place below these keys. */
  Tree at(String... keys) {
    Object at = value;
    for (String key : keys) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return new Tree(at);
  }

  /** The place in a list. */
  Tree at(int index) {
    return new Tree(value instanceof List<?> list && index < list.size() ? list.get(index) : null);
  }

  /** The values of a list. */
  List<Tree> each() {
    List<Tree> all = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(v -> all.add(new Tree(v)));
    }
    return all;
  }

  /** The entries of an object in order. */
  Map<String, Tree> entries() {
    Map<String, Tree> all = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, v) -> all.put(String.valueOf(key), new Tree(v)));
    }
    return all;
  }

  /** The object as a map that the caller may change. */
  Map<String, Object> object() {
    Map<String, Object> all = new LinkedHashMap<>();
    entries().forEach((key, each) -> all.put(key, each.value()));
    return all;
  }

  String text() {
    return value == null ? "" : value.toString();
  }

  /** A number, or NaN. */
  double number() {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}

package io.fedflow.policy;

import io.fedflow.failure.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object in a policy file; reading it wrongly notes a problem and goes on. Not thread-safe.
 *
 * @param pointer where it stands
 * @param value what stands there
 * @param problems receives what is wrong
 */
record PolicyNode(String pointer, Object value, Problems problems) {

  private static final int MOST_TEXTS = 10_000;
  private static final int MOST_CHARACTERS = 400;

  private Object at(String key) {
    return value instanceof Map<?, ?> map ? map.get(key) : null;
  }

  void wrong(String key, String message, Object found, String allowed) {
    problems.error(pointer + '/' + key, message, found, allowed);
  }

  /** Refuses what is no object, and keys that mean nothing. */
  void keys(String... known) {
    if (!(value instanceof Map<?, ?> map)) {
      problems.error(pointer, "wrong type", kind(value), "an object");
      return;
    }
    for (Object key : map.keySet()) {
      if (!List.of(known).contains(String.valueOf(key))) {
        wrong(String.valueOf(key), "unknown key", key, "one of " + List.of(known));
      }
    }
  }

  /** Refuses an object that says nothing of these. */
  void requireOneOf(String... keys) {
    for (String key : keys) {
      if (at(key) != null && !List.of().equals(at(key))) {
        return;
      }
    }
    problems.error(pointer, "says nothing", null, "at least one of " + List.of(keys));
  }

  String text(String key, boolean required, int most) {
    Object found = at(key);
    if (found == null) {
      if (required) {
        wrong(key, "missing", null, "a text");
      }
      return "";
    }
    if (!(found instanceof String text) || text.isBlank() || text.length() > most) {
      wrong(key, "not allowed", found, "a text of 1 to " + most + " characters");
      return "";
    }
    return text;
  }

  /** A list of texts; numbers count as texts, since party ids are written as either. */
  Set<String> texts(String key) {
    Set<String> texts = new LinkedHashSet<>();
    int i = 0;
    for (Object each : list(key, MOST_TEXTS)) {
      boolean whole = each instanceof Integer || each instanceof Long;
      if (whole || each instanceof String s && !s.isBlank() && s.length() <= MOST_CHARACTERS) {
        texts.add(each.toString());
      } else {
        wrong(key + '/' + i, "not allowed", kind(each), "a text or a whole number");
      }
      i++;
    }
    return texts;
  }

  /** A list of texts, numbers and truth values. */
  List<Object> scalars(String key) {
    List<Object> scalars = new ArrayList<>();
    for (Object each : list(key, MOST_TEXTS)) {
      if (each instanceof String || each instanceof Number || each instanceof Boolean) {
        scalars.add(each);
      } else {
        wrong(key, "not allowed", kind(each), "texts, numbers, true and false");
      }
    }
    return scalars;
  }

  List<PolicyNode> objects(String key, boolean required, int most) {
    List<?> given = list(key, most);
    if (required && given.isEmpty()) {
      wrong(key, "missing", null, "a list of at least one object");
    }
    List<PolicyNode> nodes = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      nodes.add(new PolicyNode(pointer + '/' + key + '/' + i, given.get(i), problems));
    }
    return nodes;
  }

  private List<?> list(String key, int most) {
    Object found = at(key);
    if (found == null) {
      return List.of();
    }
    if (!(found instanceof List<?> list) || list.size() > most) {
      wrong(key, "not allowed", kind(found), "a list of at most " + most);
      return List.of();
    }
    return list;
  }

  /** A whole number; 0 if it is missing or wrong. */
  long number(String key, long least, long most, boolean required) {
    Object found = at(key);
    if (found == null && !required) {
      return 0;
    }
    boolean whole = found instanceof Integer || found instanceof Long;
    if (!whole || ((Number) found).longValue() < least || ((Number) found).longValue() > most) {
      wrong(
          key,
          found == null ? "missing" : "not allowed",
          found,
          least == most
              ? Long.toString(least)
              : "a whole number of " + least + (most == Long.MAX_VALUE ? " or more" : ".." + most));
      return 0;
    }
    return ((Number) found).longValue();
  }

  /** Any finite number; null if it is missing or wrong. */
  Double decimal(String key) {
    Object found = at(key);
    if (found == null) {
      return null;
    }
    if (!(found instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      wrong(key, "not allowed", found, "a number");
      return null;
    }
    return number.doubleValue();
  }

  private static String kind(Object found) {
    if (found instanceof Map<?, ?> map) {
      return "an object of " + new TreeSet<>(map.keySet().stream().map(String::valueOf).toList());
    }
    return found instanceof List<?> list ? "a list of " + list.size() : String.valueOf(found);
  }
}

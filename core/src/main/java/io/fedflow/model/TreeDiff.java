package io.fedflow.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where two trees of JSON values differ. Immutable.
 *
 * @param values how many values both together have, those at the same place counted once
 * @param changed how many of them differ, or are in one tree only
 * @param largest the number that changed most; empty if no number changed
 * @param distance the Euclidean distance of the numbers that are in both trees
 * @param changes the first changes, in the order of the trees
 */
public record TreeDiff(
    long values, long changed, Optional<Change> largest, double distance, List<Change> changes) {

  private static final int MAX_DEPTH = 200;

  /** Copies the list. */
  public TreeDiff {
    changes = List.copyOf(changes);
  }

  /**
   * One place at which the trees differ.
   *
   * @param path where, names and numbers joined by strokes
   * @param one the value of the first tree; empty if it has none there, or it is null
   * @param other the value of the second tree; empty if it has none there, or it is null
   */
  public record Change(String path, Optional<Object> one, Optional<Object> other) {

    /** How far two numbers are apart; not a number if one is none. */
    public double difference() {
      return one.orElse(null) instanceof Number a && other.orElse(null) instanceof Number b
          ? Math.abs(a.doubleValue() - b.doubleValue())
          : Double.NaN;
    }
  }

  /**
   * Compares two trees of maps with text keys, lists, texts, numbers, truth values and nulls.
   *
   * @param limit how many changes are kept; all are counted
   */
  public static TreeDiff of(Object one, Object other, int limit) {
    Walk walk = new Walk(limit);
    walk.compare("", one, other, 0);
    return new TreeDiff(
        walk.values,
        walk.changed,
        Optional.ofNullable(walk.largest),
        Math.sqrt(walk.squares),
        walk.changes);
  }

  /** Goes through both trees at once. Not thread-safe. */
  private static final class Walk {

    private final int limit;
    private final List<Change> changes = new ArrayList<>();
    private Change largest;
    private long values;
    private long changed;
    private double squares;

    Walk(int limit) {
      this.limit = limit;
    }

    void compare(String path, Object one, Object other, int depth) {
      boolean deep = depth < MAX_DEPTH;
      if (deep && (one instanceof Map<?, ?> || other instanceof Map<?, ?>)) {
        maps(path, one, other, depth);
      } else if (deep && (one instanceof List<?> || other instanceof List<?>)) {
        lists(path, one, other, depth);
      } else {
        leaves(path, one, other);
      }
    }

    private void maps(String path, Object one, Object other, int depth) {
      Map<?, ?> a = one instanceof Map<?, ?> map ? map : Map.of();
      Map<?, ?> b = other instanceof Map<?, ?> map ? map : Map.of();
      if (one != null && !(one instanceof Map<?, ?>) || other != null && !(other instanceof Map)) {
        // A map here and something else there is one change.
        changed(path, one, other);
        return;
      }
      Set<Object> keys = new LinkedHashSet<>(a.keySet());
      keys.addAll(b.keySet());
      if (keys.isEmpty()) {
        leaves(path, one, other);
      }
      for (Object key : keys) {
        compare(path.isEmpty() ? "" + key : path + '/' + key, a.get(key), b.get(key), depth + 1);
      }
    }

    private void lists(String path, Object one, Object other, int depth) {
      List<?> a = one instanceof List<?> list ? list : List.of();
      List<?> b = other instanceof List<?> list ? list : List.of();
      if (one != null && !(one instanceof List<?>) || other != null && !(other instanceof List)) {
        changed(path, one, other);
        return;
      }
      int size = Math.max(a.size(), b.size());
      if (size == 0) {
        leaves(path, one, other);
      }
      for (int i = 0; i < size; i++) {
        compare(
            path.isEmpty() ? "" + i : path + '/' + i,
            i < a.size() ? a.get(i) : null,
            i < b.size() ? b.get(i) : null,
            depth + 1);
      }
    }

    private void leaves(String path, Object one, Object other) {
      if (same(one, other)) {
        values++;
      } else {
        changed(path, one, other);
      }
    }

    private void changed(String path, Object one, Object other) {
      values++;
      changed++;
      Change change = new Change(path, Optional.ofNullable(one), Optional.ofNullable(other));
      double difference = change.difference();
      if (Double.isFinite(difference)) {
        squares += difference * difference;
        if (largest == null || difference > largest.difference()) {
          largest = change;
        }
      }
      if (changes.size() < limit) {
        changes.add(change);
      }
    }

    /** Whole numbers are compared as such: 1 and 1.0 are the same value. */
    private static boolean same(Object one, Object other) {
      if (one instanceof Number a && other instanceof Number b) {
        return isWhole(a) && isWhole(b)
            ? a.longValue() == b.longValue()
            : a.doubleValue() == b.doubleValue()
                || Double.isNaN(a.doubleValue()) && Double.isNaN(b.doubleValue());
      }
      return one == null ? other == null : one.equals(other);
    }

    private static boolean isWhole(Number number) {
      return number instanceof Long || number instanceof Integer;
    }
  }
}

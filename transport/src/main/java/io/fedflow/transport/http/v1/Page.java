package io.fedflow.transport.http.v1;

import io.fedflow.transport.http.wire.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A page of rows.
 *
 * @param rows those of this page
 * @param count how many there are on all pages
 */
record Page<R>(List<R> rows, int count) {

  /**
   * Which page a client asks for.
   *
   * @param limit rows of a page; 0 for no limit
   * @param number from 1
   */
  record Asked(int limit, int number) {

    /** How many rows come before this page; beyond any number of rows if it is that far. */
    int offset() {
      return (int) Math.min(Integer.MAX_VALUE, (number - 1L) * limit);
    }

    /** What {@code limit} and {@code page} say. */
    static Asked of(Arguments arguments) {
      return new Asked(
          arguments.integer("limit", 0, 0, 100_000),
          arguments.integer("page", 1, 1, Integer.MAX_VALUE));
    }
  }

  /** A page of all rows. */
  static <R> Page<R> of(List<R> all, Asked asked) {
    if (asked.limit() == 0) {
      return new Page<>(all, all.size());
    }
    int from = Math.min(all.size(), asked.offset());
    int to = (int) Math.min(all.size(), (long) from + asked.limit());
    return new Page<>(all.subList(from, to), all.size());
  }

  /** {@code {<name>: [rows], count}}. */
  Map<String, Object> tree(String name, Function<R, Map<String, Object>> encode) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(name, rows.stream().map(encode).toList());
    tree.put("count", count);
    return tree;
  }
}

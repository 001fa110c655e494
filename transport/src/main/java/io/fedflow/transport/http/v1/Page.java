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

  /** The page that {@code limit} (0 for no limit) and {@code page} ask for. */
  static <R> Page<R> of(List<R> all, Arguments arguments) {
    int limit = arguments.integer("limit", 0, 0, 100_000);
    int page = arguments.integer("page", 1, 1, Integer.MAX_VALUE);
    if (limit == 0) {
      return new Page<>(all, all.size());
    }
    long from = Math.min(all.size(), (page - 1L) * limit);
    long to = Math.min(all.size(), from + limit);
    return new Page<>(all.subList((int) from, (int) to), all.size());
  }

  /** {@code {<name>: [rows], count}}. */
  Map<String, Object> tree(String name, Function<R, Map<String, Object>> encode) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(name, rows.stream().map(encode).toList());
    tree.put("count", count);
    return tree;
  }
}

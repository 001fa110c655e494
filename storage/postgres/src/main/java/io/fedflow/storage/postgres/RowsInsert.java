package io.fedflow.storage.postgres;

import io.fedflow.storage.postgres.Batches.Batch;
import io.fedflow.storage.postgres.Batches.Entry;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many rows for one table as one statement, whose parameters are the columns as arrays: Postgres
 * takes them several times as fast as one execution for each row. Rows are inserted in their order.
 *
 * @param sql the statement
 * @param columns an array for each parameter
 */
record RowsInsert(String sql, Tuple columns) {

  /** One execution is as good for these. */
  private static final int FEW = 2;

  private static final Pattern PLAIN =
      Pattern.compile(
          "(INSERT INTO \\w+ \\(\\w+(?:, \\w+)*\\)) VALUES \\((\\$\\d+(?:, \\$\\d+)*)\\)"
              + "( ON CONFLICT DO NOTHING)?");

  /** Statements by those for single rows; empty for those that are not plain inserts. */
  private static final Map<String, Optional<String>> KNOWN = new ConcurrentHashMap<>();

  /** A statement for all rows of a batch; empty if its own is no plain insert, or for few rows. */
  static Optional<RowsInsert> of(Batch batch) {
    List<Entry> entries = batch.entries();
    if (entries.size() <= FEW) {
      return Optional.empty();
    }
    List<Object> first = entries.get(0).step().args();
    return KNOWN
        .computeIfAbsent(batch.sql(), sql -> statement(sql, first))
        .map(sql -> new RowsInsert(sql, columns(entries, first)));
  }

  private static Optional<String> statement(String sql, List<Object> first) {
    Matcher plain = PLAIN.matcher(sql);
    String parameters =
        IntStream.rangeClosed(1, first.size())
            .mapToObj(i -> "$" + i)
            .collect(Collectors.joining(", "));
    if (!plain.matches() || !plain.group(2).equals(parameters)) {
      return Optional.empty();
    }
    String arrays =
        IntStream.range(0, first.size())
            .mapToObj(
                i -> "$" + (i + 1) + (first.get(i) instanceof Long ? "::bigint[]" : "::text[]"))
            .collect(Collectors.joining(", "));
    String end = plain.group(3) == null ? "" : plain.group(3);
    return Optional.of(plain.group(1) + " SELECT * FROM unnest(" + arrays + ")" + end);
  }

  private static Tuple columns(List<Entry> entries, List<Object> first) {
    Tuple columns = Tuple.tuple();
    for (int i = 0; i < first.size(); i++) {
      int column = i;
      columns.addValue(
          first.get(i) instanceof Long
              ? entries.stream()
                  .map(entry -> (Long) entry.step().args().get(column))
                  .toArray(Long[]::new)
              : entries.stream()
                  .map(entry -> (String) entry.step().args().get(column))
                  .toArray(String[]::new));
    }
    return columns;
  }
}

package io.fedflow.storage.postgres;

import io.fedflow.storage.postgres.Batches.Batch;
import io.fedflow.storage.postgres.Batches.Entry;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final String UNLESS_TAKEN = " ON CONFLICT DO NOTHING";

  /** A parameter, or a number or a text without quotes. */
  private static final String PLACE = "(?:\\$\\d+|\\d+|'[^']*')";

  private static final Pattern PLAIN =
      Pattern.compile(
          "(INSERT INTO \\w+ \\(\\w+(?:, \\w+)*\\)) VALUES \\(("
              + PLACE
              + "(?:, "
              + PLACE
              + ")*)\\)(?:"
              + UNLESS_TAKEN
              + ")?");

  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

  /** Statements by those for single rows; empty for those that are not plain inserts. */
  private static final Map<String, Optional<String>> KNOWN = new ConcurrentHashMap<>();

  /**
   * A statement for all rows of a batch. A row whose key is taken fails all, so that each change is
   * tried alone: most never meet one, and a look for it in every index costs a third of an insert.
   *
   * @return empty if its own statement is no plain insert, for few rows, and if rows whose key is
   *     taken are to be passed over
   */
  static Optional<RowsInsert> of(Batch batch) {
    List<Entry> entries = batch.entries();
    if (entries.size() <= FEW) {
      return Optional.empty();
    }
    if (batch.sql().endsWith(UNLESS_TAKEN)
        && entries.stream().anyMatch(entry -> entry.step().refusal() == null)) {
      return Optional.empty();
    }
    List<Object> first = entries.get(0).step().args();
    return KNOWN
        .computeIfAbsent(batch.sql(), sql -> statement(sql, first))
        .map(sql -> new RowsInsert(sql, columns(entries, first)));
  }

  private static Optional<String> statement(String sql, List<Object> first) {
    Matcher plain = PLAIN.matcher(sql);
    if (!plain.matches()) {
      return Optional.empty();
    }
    Matcher parameters = PARAMETER.matcher(plain.group(2));
    List<String> arrays = new ArrayList<>();
    List<String> names = new ArrayList<>();
    while (parameters.find()) {
      names.add("c" + parameters.group(1));
      String type = first.get(arrays.size()) instanceof Long ? "::bigint[]" : "::text[]";
      arrays.add(parameters.group() + type);
    }
    if (!names.equals(IntStream.rangeClosed(1, first.size()).mapToObj(i -> "c" + i).toList())) {
      return Optional.empty();
    }
    return Optional.of(
        plain.group(1)
            + " SELECT "
            + parameters.replaceAll("own.c$1")
            + " FROM unnest("
            + String.join(", ", arrays)
            + ") AS own("
            + String.join(", ", names)
            + ")");
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

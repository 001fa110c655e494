package io.fedflow.storage.sql.backup;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text of a statement that puts back a row; names come from a database, not from this code. */
public final class InsertStatement {

  private InsertStatement() {}

  /**
   * A statement with parameters {@code $1}, {@code $2}, … in the order of the columns.
   *
   * @param overriding what stands before the values, such as that numbers the database would count
   *     itself are given; may be empty
   */
  public static String of(String table, List<String> columns, String overriding) {
    return "INSERT INTO "
        + quoted(table)
        + columns.stream()
            .map(InsertStatement::quoted)
            .collect(Collectors.joining(", ", " (", ") "))
        + overriding
        + IntStream.rangeClosed(1, columns.size())
            .mapToObj(i -> "$" + i)
            .collect(Collectors.joining(", ", " VALUES (", ")"));
  }

  /** A name as SQL takes it, whatever characters it has. */
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}

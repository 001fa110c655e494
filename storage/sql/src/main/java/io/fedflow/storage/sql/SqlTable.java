package io.fedflow.storage.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that follow from a table's columns. Parameters and results come in the order of
 * the columns, key first.
 *
 * @param name the table
 * @param keys columns that tell rows apart
 * @param values all further columns that rows are made of
 */
record SqlTable(String name, List<String> keys, List<String> values) {

  /** A table of columns that are given as texts parted by blanks. */
  static SqlTable of(String name, String keys, String values) {
    return new SqlTable(name, List.of(keys.split(" ")), List.of(values.split(" ")));
  }

  /** Inserts a row. */
  String insert() {
    return insert(IntStream.rangeClosed(1, columns().size()).mapToObj(i -> "$" + i).toList());
  }

  /**
   * Inserts a row.
   *
   * @param places what is put in each column: a parameter or a literal
   */
  String insert(List<String> places) {
    return "INSERT INTO "
        + name
        + " ("
        + String.join(", ", columns())
        + ") VALUES ("
        + String.join(", ", places)
        + ')';
  }

  /** Inserts a row or replaces the one of the same key, which keeps its place. */
  String put() {
    return insert()
        + " ON CONFLICT ("
        + String.join(", ", keys)
        + ") DO UPDATE SET "
        + values.stream().map(v -> v + " = excluded." + v).collect(Collectors.joining(", "));
  }

  /** Replaces the row of a key if its {@code revision} is the one before. */
  String replaceRevision() {
    List<String> sets = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      sets.add(values.get(i) + " = $" + (keys.size() + i + 1));
    }
    int revision = keys.size() + values.indexOf("revision") + 1;
    return "UPDATE "
        + name
        + " SET "
        + String.join(", ", sets)
        + whereKey()
        + " AND revision + 1 = $"
        + revision;
  }

  /** Selects all columns; a condition or an order may follow. */
  String select() {
    return "SELECT " + String.join(", ", columns()) + " FROM " + name;
  }

  /** Selects the row of a key. */
  String find() {
    return select() + whereKey();
  }

  /** Deletes the row of a key and gives it back. */
  String deleteReturning() {
    return "DELETE FROM " + name + whereKey() + returning();
  }

  /** Deletes all rows that share the first columns of the key. */
  String deleteByPrefix(int keyColumns) {
    return "DELETE FROM " + name + where(keyColumns);
  }

  /** Deletes all rows that share the first columns of the key and gives them back. */
  String deleteByPrefixReturning(int keyColumns) {
    return deleteByPrefix(keyColumns) + returning();
  }

  private String returning() {
    return " RETURNING " + String.join(", ", columns());
  }

  /** A condition on the first columns of the key. */
  String where(int keyColumns) {
    return IntStream.range(0, keyColumns)
        .mapToObj(i -> keys.get(i) + " = $" + (i + 1))
        .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }

  private String whereKey() {
    return where(keys.size());
  }

  /** All columns, key first. */
  List<String> columns() {
    List<String> all = new ArrayList<>(keys);
    all.addAll(values);
    return all;
  }
}

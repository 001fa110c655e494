package io.fedflow.table;

import java.util.List;
import java.util.Optional;

/**
 * What a table holds. Immutable.
 *
 * @param kind what the rows mean
 * @param idName the id column's name ({@code sid}); empty for a table without a header
 * @param columns the columns after the id, in order
 * @param delimiter the separator of raw lines; {@code ","} for other kinds
 */
public record TableSchema(
    TableKind kind, String idName, List<ColumnSpec> columns, String delimiter) {

  /** Copies the list. */
  public TableSchema {
    columns = List.copyOf(columns);
  }

  /** The names of all feature columns, in order: FATE's {@code header}. */
  public List<String> header() {
    return columns.stream()
        .filter(c -> c.use() == ColumnSpec.Use.FEATURE)
        .map(ColumnSpec::name)
        .toList();
  }

  /** The anonymous names of all feature columns, in order. */
  public List<String> anonymousHeader() {
    return columns.stream()
        .filter(c -> c.use() == ColumnSpec.Use.FEATURE)
        .map(ColumnSpec::anonymousName)
        .toList();
  }

  /** The position of the first column with this use, or -1. */
  public int indexOf(ColumnSpec.Use use) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).use() == use) {
        return i;
      }
    }
    return -1;
  }

  /** The position of a column, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The label column's name. */
  public Optional<String> labelName() {
    int index = indexOf(ColumnSpec.Use.LABEL);
    return index < 0 ? Optional.empty() : Optional.of(columns.get(index).name());
  }
}

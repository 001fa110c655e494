package io.fedflow.components.transform;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The text columns of a raw table by stripped name. Not changed after construction. */
final class RawColumns {

  private final List<String> names;
  private final Map<String, String[]> cells;

  private RawColumns(List<String> names, Map<String, String[]> cells) {
    this.names = names;
    this.cells = cells;
  }

  /**
   * Checks that a table is what dense parsing needs.
   *
   * @param delimiter the separator that the conf names
   * @throws FedflowException {@code transform.input} (INVALID) if it is not raw, empty, without a
   *     header, uploaded with another separator, or has a column name twice
   */
  static RawColumns of(Table table, String delimiter) {
    if (table.schema().kind() != TableKind.RAW) {
      throw refused("found " + table + ", allowed is a RAW table, as Reader hands it on");
    }
    if (table.rowCount() == 0) {
      throw refused("found a table without rows");
    }
    List<ColumnSpec> specs = table.schema().columns();
    if (specs.isEmpty() || specs.size() == 1 && specs.get(0).name().isEmpty()) {
      throw refused("found a table without column names; upload with head=1");
    }
    if (!table.schema().delimiter().equals(delimiter)) {
      throw refused(
          "delimitor is '"
              + delimiter
              + "', but the table was uploaded with '"
              + table.schema().delimiter()
              + "'; give the same");
    }
    List<String> names = new ArrayList<>();
    Map<String, String[]> cells = new HashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      String name = specs.get(i).name().strip();
      if (!(table.column(i) instanceof Column.Texts texts)) {
        throw refused("column " + name + " is not of texts");
      }
      if (cells.put(name, texts.values()) != null) {
        throw refused("column name '" + name + "' occurs twice; names must differ");
      }
      names.add(name);
    }
    return new RawColumns(List.copyOf(names), cells);
  }

  /** Stripped column names in file order. */
  List<String> names() {
    return names;
  }

  /** The cells of a column; null if there is none. */
  String[] cells(String name) {
    return cells.get(name);
  }

  /** The column of a lower-case name; an exact match wins; null if there is none. */
  String findIgnoringCase(String lowerCase) {
    if (cells.containsKey(lowerCase)) {
      return lowerCase;
    }
    return names.stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).equals(lowerCase))
        .findFirst()
        .orElse(null);
  }

  static FedflowException refused(String why) {
    return FedflowException.invalid("transform.input", "input data: " + why);
  }
}

package io.fedflow.transport.http.v1;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table as FATE shows it: the id, then match id, label and weight if there are any, then the
 * features. Immutable.
 */
final class TableText {

  private static final int DETAIL = 3;

  private final Table table;
  private final List<Integer> order;

  TableText(Table table) {
    this.table = table;
    this.order = order(table);
  }

  /** The header; empty for raw lines without one. */
  List<String> header() {
    if (headless()) {
      return List.of();
    }
    List<String> header = new ArrayList<>();
    header.add(table.schema().idName().isEmpty() ? "sid" : table.schema().idName());
    for (int column : order) {
      ColumnSpec spec = table.schema().columns().get(column);
      header.add(spec.use() == ColumnSpec.Use.WEIGHT ? "weight" : spec.name());
    }
    return header;
  }

  /** The first rows as JSON values; a missing number is null. */
  List<List<Object>> rows(int most) {
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < Math.min(most, table.rowCount()); row++) {
      List<Object> values = new ArrayList<>();
      values.add(table.ids()[row]);
      for (int column : order) {
        add(values, column, row);
      }
      rows.add(values);
    }
    return rows;
  }

  /**
   * Writes lines that FATE's client reads: one field per header name, predictions with their
   * details in double quotes and only single quotes inside.
   *
   * @param head whether the header comes first
   * @param most how many rows
   */
  void writeCsv(Appendable out, boolean head, int most) throws IOException {
    List<String> header = header();
    if (head && !header.isEmpty()) {
      out.append(String.join(",", header)).append('\n');
    }
    for (int row = 0; row < Math.min(most, table.rowCount()); row++) {
      out.append(field(table.ids()[row]));
      for (int i = 0; i < order.size(); i++) {
        out.append(',').append(cell(i, table.column(order.get(i)).textAt(row)));
      }
      out.append('\n');
    }
  }

  private String cell(int position, String text) {
    if (table.schema().kind() == TableKind.PREDICTION && position == DETAIL) {
      return '"' + text.replace('"', '\'') + '"';
    }
    return headless() ? text : field(text);
  }

  private static String field(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private void add(List<Object> values, int index, int row) {
    Column column = table.column(index);
    if (column instanceof Column.Numbers numbers) {
      values.add(number(table.schema().columns().get(index).type(), numbers.values()[row]));
    } else if (headless()) {
      values.addAll(
          Arrays.asList(column.textAt(row).split(Pattern.quote(table.schema().delimiter()), -1)));
    } else {
      values.add(column.textAt(row));
    }
  }

  private static Object number(ColumnSpec.Type type, double value) {
    if (Double.isNaN(value)) {
      return null;
    }
    return type == ColumnSpec.Type.INTEGER ? (Object) (long) value : (Object) value;
  }

  /** Raw lines without a header have one nameless column. */
  private boolean headless() {
    return table.schema().kind() == TableKind.RAW
        && table.schema().columns().stream().allMatch(column -> column.name().isEmpty());
  }

  private static List<Integer> order(Table table) {
    List<Integer> order = new ArrayList<>();
    for (ColumnSpec.Use use :
        List.of(
            ColumnSpec.Use.MATCH_ID,
            ColumnSpec.Use.LABEL,
            ColumnSpec.Use.WEIGHT,
            ColumnSpec.Use.FEATURE)) {
      for (int i = 0; i < table.schema().columns().size(); i++) {
        if (table.schema().columns().get(i).use() == use) {
          order.add(i);
        }
      }
    }
    return order;
  }
}

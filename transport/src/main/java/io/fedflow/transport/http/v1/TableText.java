package io.fedflow.transport.http.v1;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How FATE shows a table: the id, then match id, label and weight if there are any, then the
 * features. Immutable.
 */
public final class TableText {

  private static final int DETAIL = 3;

  private final TableSchema schema;
  private final List<Integer> order;

  /** Shows tables of this schema. */
  public TableText(TableSchema schema) {
    this.schema = schema;
    this.order = order(schema);
  }

  /** The header; empty for raw lines without one. */
  List<String> header() {
    if (headless()) {
      return List.of();
    }
    List<String> header = new ArrayList<>();
    header.add(schema.idName().isEmpty() ? "sid" : schema.idName());
    for (int column : order) {
      ColumnSpec spec = schema.columns().get(column);
      header.add(spec.use() == ColumnSpec.Use.WEIGHT ? "weight" : spec.name());
    }
    return header;
  }

  /** Rows as JSON values; a missing number is null. */
  List<List<Object>> rows(Table table) {
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      List<Object> values = new ArrayList<>();
      values.add(table.ids()[row]);
      for (int column : order) {
        add(values, table.column(column), schema.columns().get(column).type(), row);
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
  public void writeCsv(Appendable out, TableSource rows, boolean head, int most)
      throws IOException {
    writeCsv(out, rows, head, most, ",");
  }

  /**
   * The same with something else between the fields.
   *
   * @param delimiter at least one character; a field that holds it stands in double quotes
   * @return how many rows were written
   */
  public long writeCsv(Appendable out, TableSource rows, boolean head, int most, String delimiter)
      throws IOException {
    List<String> header = header();
    if (head && !header.isEmpty()) {
      out.append(String.join(delimiter, header)).append('\n');
    }
    int left = most;
    while (left > 0) {
      Optional<Table> group = rows.next();
      if (group.isEmpty()) {
        break;
      }
      int count = Math.min(left, group.get().rowCount());
      writeCsv(out, group.get(), count, delimiter);
      left -= count;
    }
    return (long) most - left;
  }

  private void writeCsv(Appendable out, Table table, int count, String delimiter)
      throws IOException {
    for (int row = 0; row < count; row++) {
      out.append(field(table.ids()[row], delimiter));
      for (int i = 0; i < order.size(); i++) {
        out.append(delimiter).append(cell(i, table.column(order.get(i)).textAt(row), delimiter));
      }
      out.append('\n');
    }
  }

  private String cell(int position, String text, String delimiter) {
    if (schema.kind() == TableKind.PREDICTION && position == DETAIL) {
      return '"' + text.replace('"', '\'') + '"';
    }
    return headless() ? text : field(text, delimiter);
  }

  private static String field(String text, String delimiter) {
    return text.contains(delimiter)
            || text.chars().anyMatch(c -> c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private void add(List<Object> values, Column column, ColumnSpec.Type type, int row) {
    if (column instanceof Column.Numbers numbers) {
      values.add(number(type, numbers.values()[row]));
    } else if (headless()) {
      values.addAll(Arrays.asList(column.textAt(row).split(Pattern.quote(schema.delimiter()), -1)));
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
    return schema.kind() == TableKind.RAW
        && schema.columns().stream().allMatch(column -> column.name().isEmpty());
  }

  private static List<Integer> order(TableSchema schema) {
    List<Integer> order = new ArrayList<>();
    for (ColumnSpec.Use use :
        List.of(
            ColumnSpec.Use.MATCH_ID,
            ColumnSpec.Use.LABEL,
            ColumnSpec.Use.WEIGHT,
            ColumnSpec.Use.FEATURE)) {
      for (int i = 0; i < schema.columns().size(); i++) {
        if (schema.columns().get(i).use() == use) {
          order.add(i);
        }
      }
    }
    return order;
  }
}

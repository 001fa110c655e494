package io.fedflow.storage.sql;

import io.fedflow.data.TableEntry;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Table entries as rows. */
final class TableRows {

  static final SqlTable TABLE =
      SqlTable.of(
          "table_entry",
          "namespace name",
          "table_schema row_count partitions blob_key digest byte_count origin create_time"
              + " attributes");

  private final Trees json;

  TableRows(Trees json) {
    this.json = json;
  }

  Args args(TableEntry entry) {
    return new Args()
        .text(entry.namespace())
        .text(entry.name())
        .text(json.write(tree(entry.schema())))
        .number(entry.rowCount())
        .number(entry.partitions())
        .text(entry.blobKey())
        .text(entry.digest())
        .number(entry.byteCount())
        .text(entry.origin())
        .number(entry.createTime())
        .text(json.write(entry.attributes()));
  }

  TableEntry row(SqlRow row) {
    RowReader in = new RowReader(row);
    return new TableEntry(
        in.text(),
        in.text(),
        schema(json.map(in.text())),
        in.number(),
        in.integer(),
        in.text(),
        in.text(),
        in.number(),
        in.text(),
        in.number(),
        json.map(in.text()));
  }

  private static Map<String, Object> tree(TableSchema schema) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", schema.kind().name());
    tree.put("id", schema.idName());
    tree.put("delimiter", schema.delimiter());
    // Wide tables have thousands of columns: lists of four texts keep their entries small.
    tree.put(
        "columns",
        schema.columns().stream()
            .map(c -> List.of(c.name(), c.type().name(), c.use().name(), c.anonymousName()))
            .toList());
    return tree;
  }

  private static TableSchema schema(Map<String, Object> tree) {
    return new TableSchema(
        TableKind.valueOf((String) tree.get("kind")),
        (String) tree.get("id"),
        ((List<?>) tree.get("columns")).stream().map(TableRows::column).toList(),
        (String) tree.get("delimiter"));
  }

  private static ColumnSpec column(Object tree) {
    List<?> parts = (List<?>) tree;
    return new ColumnSpec(
        (String) parts.get(0),
        ColumnSpec.Type.valueOf((String) parts.get(1)),
        ColumnSpec.Use.valueOf((String) parts.get(2)),
        (String) parts.get(3));
  }
}

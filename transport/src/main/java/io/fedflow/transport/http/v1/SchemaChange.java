package io.fedflow.transport.http.v1;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.transport.http.wire.Arguments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Other names for the id, the features and the label of a table; its rows stay as they are. */
final class SchemaChange {

  private static final Set<String> KEYS = Set.of("sid", "header", "label_name");

  private final Arguments asked;

  /**
   * What a client asks for.
   *
   * @throws FedflowException {@code argument.type} if it asks for more than names
   */
  SchemaChange(Map<String, Object> schema) {
    this.asked = new Arguments(schema);
    for (String key : asked.all().keySet()) {
      if (!KEYS.contains(key)) {
        throw wrong(key, "this key", "sid, header and label_name");
      }
    }
  }

  /** The schema with other names. */
  TableSchema of(TableSchema schema) {
    String idName = asked.text("sid").orElse(schema.idName());
    List<ColumnSpec> columns = new ArrayList<>();
    List<String> header = header(schema);
    int feature = 0;
    for (ColumnSpec column : schema.columns()) {
      if (column.use() == ColumnSpec.Use.FEATURE) {
        columns.add(named(column, header.get(feature++)));
      } else if (column.use() == ColumnSpec.Use.LABEL) {
        columns.add(named(column, asked.text("label_name").orElse(column.name())));
      } else {
        columns.add(column);
      }
    }
    if (asked.has("label_name") && schema.labelName().isEmpty()) {
      throw wrong("label_name", "a name", "nothing: the table has no label");
    }
    requireDifferent(columns);
    return new TableSchema(schema.kind(), idName, columns, schema.delimiter());
  }

  private List<String> header(TableSchema schema) {
    List<String> now = schema.header();
    if (!asked.has("header")) {
      return now;
    }
    boolean list = asked.all().get("header") instanceof List<?>;
    String delimiter = schema.kind() == TableKind.RAW ? schema.delimiter() : ",";
    List<String> names =
        list
            ? asked.texts("header")
            : List.of(asked.requiredText("header").split(Pattern.quote(delimiter), -1));
    if (names.size() != now.size()) {
      throw wrong("header", names.size() + " names", now.size() + ", one for each column");
    }
    return names;
  }

  private static void requireDifferent(List<ColumnSpec> columns) {
    Set<String> seen = new HashSet<>();
    for (ColumnSpec column : columns) {
      if (!seen.add(column.name())) {
        throw wrong("header", "'" + column.name() + "' twice", "names that differ");
      }
    }
  }

  private static ColumnSpec named(ColumnSpec column, String name) {
    return new ColumnSpec(name, column.type(), column.use(), column.anonymousName());
  }

  private static FedflowException wrong(String key, String found, String allowed) {
    return FedflowException.invalid(
        "argument.type", "schema/" + key + ": found " + found + ", allowed " + allowed);
  }
}

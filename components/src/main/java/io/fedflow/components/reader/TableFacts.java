package io.fedflow.components.reader;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a board shows of a table at its own party. The ids of rows are left out on purpose. */
final class TableFacts {

  private static final int SAMPLES = 5;

  private TableFacts() {}

  /** Column name to up to five distinct values, comma-separated, in order of rows. */
  static Map<String, Object> samples(Table table) {
    Map<String, Object> samples = new LinkedHashMap<>();
    List<ColumnSpec> specs = table.schema().columns();
    for (int i = 0; i < specs.size(); i++) {
      samples.put(specs.get(i).name(), samples(table.column(i)));
    }
    return samples;
  }

  /** Column name to anonymous name, for the columns that have one. */
  static Map<String, Object> anonymousNames(Table table) {
    Map<String, Object> names = new LinkedHashMap<>();
    table.schema().columns().stream()
        .filter(spec -> !spec.anonymousName().isEmpty())
        .forEach(spec -> names.put(spec.name(), spec.anonymousName()));
    return names;
  }

  /** Column name to what the column is for; the id column is {@code id}. */
  static Map<String, Object> attributes(Table table) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(table.schema().idName(), "id");
    table
        .schema()
        .columns()
        .forEach(spec -> attributes.put(spec.name(), spec.use().name().toLowerCase(Locale.ROOT)));
    return attributes;
  }

  private static String samples(Column column) {
    Set<String> values = new LinkedHashSet<>();
    for (int row = 0; row < column.size() && values.size() < SAMPLES; row++) {
      values.add(column.textAt(row));
    }
    return String.join(",", values);
  }
}

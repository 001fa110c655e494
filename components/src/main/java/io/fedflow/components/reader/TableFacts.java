package io.fedflow.components.reader;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a board shows of a table at its own party, gathered while its rows pass. The ids of rows are
 * left out on purpose.
 */
final class TableFacts implements TableSource {

  private static final int SAMPLES = 5;

  private final TableSource rows;
  private final List<Set<String>> samples = new ArrayList<>();
  private int count;

  /** Facts of these rows, which are passed on. */
  TableFacts(TableSource rows) {
    this.rows = rows;
    rows.schema().columns().forEach(column -> samples.add(new LinkedHashSet<>()));
  }

  @Override
  public TableSchema schema() {
    return rows.schema();
  }

  @Override
  public Optional<Table> next() throws IOException {
    Optional<Table> group = rows.next();
    group.ifPresent(this::gather);
    return group;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  private void gather(Table group) {
    count += group.rowCount();
    for (int i = 0; i < samples.size(); i++) {
      Set<String> values = samples.get(i);
      Column column = group.column(i);
      for (int row = 0; row < column.size() && values.size() < SAMPLES; row++) {
        values.add(column.textAt(row));
      }
    }
  }

  /** How many rows passed. */
  int count() {
    return count;
  }

  /** Column name to up to five distinct values, comma-separated, in order of rows. */
  Map<String, Object> samples() {
    Map<String, Object> byName = new LinkedHashMap<>();
    List<ColumnSpec> specs = rows.schema().columns();
    for (int i = 0; i < specs.size(); i++) {
      byName.put(specs.get(i).name(), String.join(",", samples.get(i)));
    }
    return byName;
  }

  /** Column name to anonymous name, for the columns that have one. */
  Map<String, Object> anonymousNames() {
    Map<String, Object> names = new LinkedHashMap<>();
    rows.schema().columns().stream()
        .filter(spec -> !spec.anonymousName().isEmpty())
        .forEach(spec -> names.put(spec.name(), spec.anonymousName()));
    return names;
  }

  /** Column name to what the column is for; the id column is {@code id}. */
  Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(rows.schema().idName(), "id");
    rows.schema()
        .columns()
        .forEach(spec -> attributes.put(spec.name(), spec.use().name().toLowerCase(Locale.ROOT)));
    return attributes;
  }
}

package io.fedflow.storage.parquet;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.TableFiles.Layout;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a file: which is the id, and how each becomes text.
 *
 * @param schema of the raw table
 * @param idColumn the position of the id in the file; -1 if ids are made up
 * @param kinds how each column of the file is read
 * @param names the columns of the file
 */
record FileColumns(TableSchema schema, int idColumn, List<CellKind> kinds, List<String> names) {

  private static final int MOST_SHOWN = 20;
  private static final int MOST_COLUMNS = 1 << 16;

  /**
   * Reads the footer of a file.
   *
   * @throws FedflowException (INVALID) {@code parquet.damaged}, {@code parquet.kind}, {@code
   *     parquet.id}, {@code parquet.column}
   */
  static FileColumns of(DuckSession session, Path file, Layout layout) throws IOException {
    List<String> names = new ArrayList<>();
    List<CellKind> kinds = new ArrayList<>();
    String query = "DESCRIBE SELECT * FROM read_parquet(" + Duck.text(file.toString()) + ")";
    try (Statement statement = session.connection().createStatement();
        ResultSet columns = statement.executeQuery(query)) {
      while (columns.next()) {
        names.add(columns.getString(1));
        kinds.add(CellKind.of(columns.getString(1), columns.getString(2)));
        if (names.size() > MOST_COLUMNS) {
          throw FedflowException.invalid(
              "parquet.column", "file: found more columns than " + MOST_COLUMNS + " allowed");
        }
      }
    } catch (SQLException failed) {
      throw damaged(file, failed);
    }
    names.forEach(name -> checkName(name, layout.delimiter()));
    int id = layout.generatedIds() ? -1 : idColumn(names, kinds, layout);
    List<String> values = new ArrayList<>(names);
    if (id >= 0) {
      values.remove(id);
    }
    TableSchema schema =
        new TableSchema(
            TableKind.RAW,
            id < 0 ? "extend_sid" : names.get(id),
            values.stream().map(ColumnSpec::text).toList(),
            layout.delimiter());
    return new FileColumns(schema, id, kinds, names);
  }

  private static void checkName(String name, String delimiter) {
    if (name.isBlank() || name.contains(delimiter) || name.chars().anyMatch(c -> c < ' ')) {
      throw FedflowException.invalid(
          "parquet.column",
          "file: found a column of the name '"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "', allowed are names that are not empty, without control characters and without"
              + " the delimiter '"
              + delimiter
              + "'");
    }
  }

  private static int idColumn(List<String> names, List<CellKind> kinds, Layout layout) {
    Set<String> all = new HashSet<>(names);
    if (layout.idColumn().isPresent() && !all.contains(layout.idColumn().get())) {
      throw FedflowException.invalid(
          "parquet.id",
          "schema/sid: found '"
              + layout.idColumn().get()
              + "', which is no column of the file; it has "
              + shown(names));
    }
    int id = layout.idColumn().map(names::indexOf).orElse(0);
    if (!kinds.get(id).identifies()) {
      throw FedflowException.invalid(
          "parquet.id",
          "file: found no id: column '"
              + names.get(id)
              + "' holds "
              + kinds.get(id).words()
              + ", an id is a text or a whole number; name another column as sid in schema, or let"
              + " ids be made by extend_sid");
    }
    return id;
  }

  private static String shown(List<String> names) {
    return names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "))
        + (names.size() > MOST_SHOWN ? " and " + (names.size() - MOST_SHOWN) + " more" : "");
  }

  /** A file that DuckDB cannot read; its name is that of a temporary file, and says nothing. */
  static FedflowException damaged(Path file, SQLException failed) {
    DuckSession.requireMemory(failed);
    return FedflowException.invalid(
        "parquet.damaged",
        "file: found no whole Parquet file: "
            + DuckSession.reason(failed)
                .replace(file.toString(), "the file")
                .replaceAll("\\p{Cntrl}", "?"));
  }
}

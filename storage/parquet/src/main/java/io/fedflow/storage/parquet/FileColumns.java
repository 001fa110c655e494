package io.fedflow.storage.parquet;

import io.fedflow.data.CellKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a file.
 *
 * @param names what they are called
 * @param kinds how each is read
 */
record FileColumns(List<String> names, List<CellKind> kinds) {

  /**
   * Reads the footer of a file.
   *
   * @throws FedflowException {@code parquet.damaged} or {@code parquet.kind}
   */
  static FileColumns of(DuckSession session, Path file) throws IOException {
    List<String> names = new ArrayList<>();
    List<CellKind> kinds = new ArrayList<>();
    String query = "DESCRIBE SELECT * FROM read_parquet(" + Duck.text(file.toString()) + ")";
    try (Statement statement = session.connection().createStatement();
        ResultSet columns = statement.executeQuery(query)) {
      while (columns.next()) {
        names.add(columns.getString(1));
        kinds.add(FileKinds.of(columns.getString(1), columns.getString(2)));
      }
    } catch (SQLException failed) {
      throw damaged(file, failed);
    }
    return new FileColumns(names, kinds);
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

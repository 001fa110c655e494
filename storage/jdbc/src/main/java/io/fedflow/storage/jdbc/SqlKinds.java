package io.fedflow.storage.jdbc;

import io.fedflow.data.CellKind;
import io.fedflow.data.RawRows;
import io.fedflow.failure.FedflowException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** How cells of databases are read. */
final class SqlKinds {

  private SqlKinds() {}

  /**
   * The kind of a column.
   *
   * @param type the database's name of its type
   * @throws FedflowException {@code sql.kind} if no cell of a table can hold it
   */
  static CellKind of(String column, String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "text", "varchar", "bpchar", "char", "name", "uuid" -> CellKind.TEXT;
      case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> CellKind.WHOLE;
      case "numeric" -> CellKind.DECIMAL;
      case "float4" -> CellKind.FLOAT;
      case "float8" -> CellKind.DOUBLE;
      case "bool" -> CellKind.TRUTH;
      case "date", "time", "timestamp" -> CellKind.TIME;
      default ->
          throw FedflowException.invalid(
              "sql.kind",
              "table: column '"
                  + column.replaceAll("\\p{Cntrl}", "?")
                  + "': found "
                  + type
                  + ", allowed are "
                  + CellKind.ALLOWED
                  + "; name the columns to read");
    };
  }

  /** A cell as text; a missing one is null. */
  static String text(CellKind kind, ResultSet cells, int column) throws SQLException {
    switch (kind) {
      case DOUBLE -> {
        double value = cells.getDouble(column);
        return cells.wasNull() ? null : RawRows.text(value);
      }
      case FLOAT -> {
        float value = cells.getFloat(column);
        return cells.wasNull() ? null : RawRows.text(value);
      }
      case TRUTH -> {
        boolean value = cells.getBoolean(column);
        return cells.wasNull() ? null : value ? "1" : "0";
      }
      default -> {
        return cells.getString(column);
      }
    }
  }
}

package io.fedflow.storage.parquet;

import io.fedflow.data.CellKind;
import io.fedflow.failure.FedflowException;
import java.util.Locale;
import java.util.Set;

/** How cells of files are read. */
final class FileKinds {

  private static final Set<String> WHOLE_TYPES =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT");

  private FileKinds() {}

  /**
   * The kind of a column.
   *
   * @param type DuckDB's name of its type
   * @throws FedflowException {@code parquet.kind} if no cell of a table can hold it
   */
  static CellKind of(String column, String type) {
    String name = type.toUpperCase(Locale.ROOT);
    if (WHOLE_TYPES.contains(name)) {
      return CellKind.WHOLE;
    }
    if (name.startsWith("DECIMAL(") && name.endsWith(")")) {
      return CellKind.DECIMAL;
    }
    return switch (name) {
      case "VARCHAR", "UUID" -> CellKind.TEXT;
      case "FLOAT" -> CellKind.FLOAT;
      case "DOUBLE" -> CellKind.DOUBLE;
      case "BOOLEAN" -> CellKind.TRUTH;
      case "DATE", "TIME", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
          CellKind.TIME;
      default ->
          throw FedflowException.invalid(
              "parquet.kind",
              "file: column '"
                  + column.replaceAll("\\p{Cntrl}", "?")
                  + "': found "
                  + found(name)
                  + ", allowed are "
                  + CellKind.ALLOWED);
    };
  }

  private static String found(String type) {
    boolean nested =
        type.endsWith("]")
            || type.startsWith("STRUCT")
            || type.startsWith("MAP")
            || type.startsWith("UNION");
    return nested ? "nested values" : type;
  }

  /** What to ask for instead of a column, so that it comes as text or number. */
  static String expression(CellKind kind, String column) {
    return switch (kind) {
      case TEXT, WHOLE, DECIMAL, TIME -> "CAST(" + column + " AS VARCHAR)";
      case TRUTH -> "CASE WHEN " + column + " THEN '1' WHEN NOT " + column + " THEN '0' END";
      case FLOAT, DOUBLE -> column;
    };
  }
}

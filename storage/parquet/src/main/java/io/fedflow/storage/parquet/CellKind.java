package io.fedflow.storage.parquet;

import io.fedflow.failure.FedflowException;
import java.util.Locale;
import java.util.Set;

/** How cells of a column become texts of a raw table. */
enum CellKind {
  /** As they are. */
  TEXT,
  /** Whole numbers. */
  WHOLE,
  /** Decimal numbers, with all their digits. */
  DECIMAL,
  /** 32-bit floating point; whole ones without a fraction, NaN is missing. */
  FLOAT,
  /** 64-bit floating point, in the same way. */
  DOUBLE,
  /** 1 and 0. */
  TRUTH,
  /** Dates and times by ISO 8601, with a blank between them. */
  TIME;

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

  /**
   * The kind of a column.
   *
   * @param type DuckDB's name of its type
   * @throws FedflowException {@code parquet.kind} if no cell of a table can hold it
   */
  static CellKind of(String column, String type) {
    String name = type.toUpperCase(Locale.ROOT);
    if (WHOLE_TYPES.contains(name)) {
      return WHOLE;
    }
    if (name.startsWith("DECIMAL(") && name.endsWith(")")) {
      return DECIMAL;
    }
    return switch (name) {
      case "VARCHAR", "UUID" -> TEXT;
      case "FLOAT" -> FLOAT;
      case "DOUBLE" -> DOUBLE;
      case "BOOLEAN" -> TRUTH;
      case "DATE", "TIME", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> TIME;
      default ->
          throw FedflowException.invalid(
              "parquet.kind",
              "file: column '"
                  + column.replaceAll("\\p{Cntrl}", "?")
                  + "': found "
                  + found(name)
                  + ", allowed are texts, whole, decimal and floating-point numbers, booleans,"
                  + " dates and times without a zone");
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

  /** Whether rows can be told apart by it. */
  boolean identifies() {
    return this == TEXT || this == WHOLE;
  }

  /** What it is, for people. */
  String words() {
    return switch (this) {
      case TEXT -> "texts";
      case WHOLE -> "whole numbers";
      case DECIMAL, FLOAT, DOUBLE -> "numbers with fractions";
      case TRUTH -> "booleans";
      case TIME -> "dates or times";
    };
  }

  /** What to ask for instead of the column, so that it comes as text or number. */
  String expression(String column) {
    return switch (this) {
      case TEXT, WHOLE, DECIMAL, TIME -> "CAST(" + column + " AS VARCHAR)";
      case TRUTH -> "CASE WHEN " + column + " THEN '1' WHEN NOT " + column + " THEN '0' END";
      case FLOAT, DOUBLE -> column;
    };
  }
}

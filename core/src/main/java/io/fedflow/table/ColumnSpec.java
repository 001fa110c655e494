package io.fedflow.table;

/**
 * One column of a table.
 *
 * @param name the header's name; empty for the single column of raw lines without a header
 * @param type how values are held
 * @param use what the column is for
 * @param anonymousName the only name of a feature that may cross to another party; empty before one
 *     was given
 */
public record ColumnSpec(String name, Type type, Use use, String anonymousName) {

  /** How values are held. */
  public enum Type {
    /** 64-bit floating point; NaN is a missing value. */
    NUMBER,
    /** Whole numbers, held as 64-bit floating point; shown without a fraction. */
    INTEGER,
    /** Texts; never null. */
    TEXT
  }

  /** What a column is for. */
  public enum Use {
    /** A feature, or a raw column. */
    FEATURE,
    /** What is to be predicted. */
    LABEL,
    /** A sample weight. */
    WEIGHT,
    /** The id that parties match on, where it is not the row's id. */
    MATCH_ID
  }

  /** A raw text column. */
  public static ColumnSpec text(String name) {
    return new ColumnSpec(name, Type.TEXT, Use.FEATURE, "");
  }

  /** A numeric feature. */
  public static ColumnSpec feature(String name, String anonymousName) {
    return new ColumnSpec(name, Type.NUMBER, Use.FEATURE, anonymousName);
  }
}

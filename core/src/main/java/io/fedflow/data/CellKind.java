package io.fedflow.data;

/** What the cells of a column hold that becomes one of a raw table. */
public enum CellKind {
  /** Texts, as they are. */
  TEXT("texts"),
  /** Whole numbers. */
  WHOLE("whole numbers"),
  /** Numbers with all their digits. */
  DECIMAL("numbers with fractions"),
  /** 32-bit floating point; whole ones become texts without a fraction, NaN is missing. */
  FLOAT("numbers with fractions"),
  /** 64-bit floating point, in the same way. */
  DOUBLE("numbers with fractions"),
  /** Booleans, which become 1 and 0. */
  TRUTH("booleans"),
  /** Dates and times by ISO 8601, with a blank between them. */
  TIME("dates or times");

  /** All kinds, for refusals of others. */
  public static final String ALLOWED =
      "texts, whole, decimal and floating-point numbers, booleans, dates and times without a zone";

  private final String words;

  CellKind(String words) {
    this.words = words;
  }

  /** Whether rows can be told apart by it. */
  boolean identifies() {
    return this == TEXT || this == WHOLE;
  }

  /** What it is, for people. */
  String words() {
    return words;
  }
}

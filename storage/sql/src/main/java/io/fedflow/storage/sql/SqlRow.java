package io.fedflow.storage.sql;

/** One row of a result; positions count from 0. Values are never null. */
public interface SqlRow {

  /** A text. */
  String text(int position);

  /** A whole number. */
  long number(int position);
}

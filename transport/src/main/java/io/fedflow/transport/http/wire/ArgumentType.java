package io.fedflow.transport.http.wire;

/** What an argument of a route may be. */
public enum ArgumentType {
  /** Any JSON. */
  ANY,
  /** A text, or a number. */
  TEXT,
  /** A text, or a list of texts. */
  TEXTS,
  /** An object. */
  OBJECT,
  /** A whole number, or its text. */
  INTEGER,
  /** True or false, 1 or 0, or one of these as a text. */
  FLAG
}

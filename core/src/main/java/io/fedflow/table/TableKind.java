package io.fedflow.table;

/** What the rows of a table mean. */
public enum TableKind {
  /** Texts as uploaded. */
  RAW,
  /** Features, with an optional label, weight and match id. */
  INSTANCE,
  /** The five columns {@code label, predict_result, predict_score, predict_detail, type}. */
  PREDICTION
}

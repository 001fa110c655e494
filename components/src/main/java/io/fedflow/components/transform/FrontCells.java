package io.fedflow.components.transform;

import io.fedflow.failure.FedflowException;

/**
 * What stands before the features of a row without a header: a match id, a label, both or neither.
 *
 * @param matchIds one per row; null without match ids
 * @param labels one per row; null without labels
 */
record FrontCells(String[] matchIds, String[] labels) {

  /** The names of both, which no header says. */
  static final String MATCH_ID = "match_id";

  static final String LABEL = "label";

  /** Room for the front of so many rows. */
  static FrontCells of(int rows, boolean matchId, boolean label) {
    return new FrontCells(matchId ? new String[rows] : null, label ? new String[rows] : null);
  }

  /** How many cells these are. */
  int width() {
    return (matchIds == null ? 0 : 1) + (labels == null ? 0 : 1);
  }

  /**
   * Takes the front of a row.
   *
   * @throws FedflowException {@code transform.cell} (INVALID) if the row is too short
   */
  void take(int row, String[] cells) {
    if (cells.length < width()) {
      throw RawRows.refused(
          row, String.join(" ", cells), "at least " + width() + " cells before the features");
    }
    int at = 0;
    if (matchIds != null) {
      matchIds[row] = cells[at++];
    }
    if (labels != null) {
      labels[row] = cells[at];
    }
  }
}

package io.fedflow.benchmarks.components;

import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;

/** The kinds of synthetic tables. */
enum Synthetic {
  /**
   * Normal features, divided among the parties; the guest has labels that a sum of them decides.
   */
  COLUMNS(false),
  /** Further columns of the same rows, under other names and without labels. */
  MORE_COLUMNS(false),
  /** {@link #COLUMNS} with labels that count, about one on average. */
  COUNTS(false),
  /** {@link #COLUMNS} with features of ten whole numbers. */
  CATEGORIES(false),
  /** {@link #COLUMNS} without every tenth value. */
  GAPS(false),
  /** Rows that are divided: each party has labels and all columns. */
  ROWS(true),
  /** The same with features of ten whole numbers. */
  ROWS_OF_CATEGORIES(true),
  /** The cells of {@link #COLUMNS} as they were uploaded. */
  CELLS(false),
  /** Lines of {@code index:value}, every other value absent. */
  INDEXED(false),
  /** Lines of {@code tag:value}, every other value absent. */
  TAGS(false),
  /** Scores that a model of two classes gave each row, and labels. */
  PREDICTIONS(true),
  /** The same of three classes. */
  PREDICTIONS_OF_THREE(true),
  /** The same of a value. */
  PREDICTED_VALUES(true);

  private final boolean everyPartyHasAll;

  Synthetic(boolean everyPartyHasAll) {
    this.everyPartyHasAll = everyPartyHasAll;
  }

  /**
   * The table of a party; the same for the same arguments.
   *
   * @param party a guest or a host
   * @param shape how large the job is
   */
  Table of(Party party, Shape shape) {
    boolean guest = party.role().equals(Role.GUEST);
    int half = shape.columns() / 2;
    int columns = everyPartyHasAll ? shape.columns() : guest ? half : shape.columns() - half;
    SyntheticRows rows = new SyntheticRows(party, shape.rows(), columns, guest || everyPartyHasAll);
    return switch (this) {
      case COLUMNS, ROWS -> rows.normal();
      case MORE_COLUMNS -> rows.others();
      case COUNTS -> rows.counting();
      case CATEGORIES, ROWS_OF_CATEGORIES -> rows.whole();
      case GAPS -> rows.withGaps();
      case CELLS -> SyntheticTexts.cells(rows.normal());
      case INDEXED -> SyntheticTexts.lines(rows.normal(), "");
      case TAGS -> SyntheticTexts.lines(rows.normal(), "tag");
      case PREDICTIONS -> rows.predictions(List.of("0", "1"));
      case PREDICTIONS_OF_THREE -> rows.predictions(List.of("0", "1", "2"));
      case PREDICTED_VALUES -> rows.predictedValues();
    };
  }
}

package io.fedflow.components.crossvalidation;

import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rows of all folds under ids {@code <id>#fold<k>#train} and {@code <id>#fold<k>#validate}. Not
 * thread-safe.
 */
final class FoldHistory {

  private final boolean instances;
  private final List<Table> parts = new ArrayList<>();

  FoldHistory(boolean instances) {
    this.instances = instances;
  }

  /**
   * Adds rows of one fold.
   *
   * @param rows the rows that went into the fold
   * @param predicted what the fold gave for the same rows, in any order; empty at a party without
   *     predictions
   * @param type {@code train} or {@code validate}
   */
  void add(int fold, Table rows, Optional<Table> predicted, String type) {
    Table kept = instances ? rows : predicted.orElseGet(() -> numbers(fold, rows));
    String end = "#fold" + fold + '#' + type;
    String[] ids = Arrays.stream(kept.ids()).map(id -> id + end).toArray(String[]::new);
    parts.add(new Table(kept.schema(), ids, kept.columns()));
  }

  /** All rows in order of folds. */
  Table table() {
    return PredictionTables.join(parts);
  }

  private static Table numbers(int fold, Table rows) {
    double[] folds = new double[rows.rowCount()];
    Arrays.fill(folds, fold);
    ColumnSpec column =
        new ColumnSpec(
            PredictionTables.FOLD_NUMBER, ColumnSpec.Type.INTEGER, ColumnSpec.Use.FEATURE, "");
    return new Table(
        new TableSchema(TableKind.INSTANCE, rows.schema().idName(), List.of(column), ","),
        rows.ids(),
        List.of(new Column.Numbers(folds)));
  }
}

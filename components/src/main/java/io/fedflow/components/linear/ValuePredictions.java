package io.fedflow.components.linear;

import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.Arrays;

/** The table of predictions of a model of values. Stateless. */
public final class ValuePredictions {

  private ValuePredictions() {}

  /**
   * Predictions.
   *
   * @param rows the rows that were scored; their label may be absent, then it is missing
   * @param values what is predicted, one per row; retained
   * @param type {@code train}, {@code validate} or {@code predict}
   */
  public static Table of(Table rows, double[] values, String type) {
    return PredictionTables.of(
        rows,
        PredictionTables.labels(rows),
        new Column.Numbers(values),
        values,
        Arrays.stream(values)
            .mapToObj(value -> "{\"label\": " + value + "}")
            .toArray(String[]::new),
        type,
        ColumnSpec.Type.NUMBER);
  }
}

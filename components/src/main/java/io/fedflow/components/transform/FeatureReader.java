package io.fedflow.components.transform;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;

/** Reads the cells of one feature. */
final class FeatureReader {

  private FeatureReader() {}

  /**
   * A feature, and what was replaced in it.
   *
   * @param column its values
   * @param missing replacement of missing values
   * @param outlier replacement of outliers
   */
  record Read(Column column, Filler.Filled missing, Filler.Filled outlier) {}

  /**
   * Replaces and reads.
   *
   * @param learn whether replacements are computed from the cells; otherwise they are the fitted
   *     ones
   */
  static Read read(FittedTransform fitted, Filler.Feature feature, String[] cells, boolean learn) {
    TransformSettings settings = fitted.settings();
    Filler.Filled missing =
        Filler.fill(
            settings.missing(),
            learn
                ? Filler.learn(settings.missing(), settings, feature, cells)
                : fitted.missing().replacements().get(feature.name()),
            cells);
    Filler.Filled outlier =
        Filler.fill(
            settings.outlier(),
            learn
                ? Filler.learn(settings.outlier(), settings, feature, missing.cells())
                : fitted.outlier().replacements().get(feature.name()),
            missing.cells());
    return new Read(column(settings, feature.name(), outlier.cells()), missing, outlier);
  }

  private static Column column(TransformSettings settings, String name, String[] cells) {
    ColumnSpec.Type type = settings.typeOfFeature(name).column();
    if (type == ColumnSpec.Type.TEXT) {
      return new Column.Texts(cells);
    }
    double[] values =
        Cells.numbers(name, cells, settings.nanTexts(), type == ColumnSpec.Type.INTEGER);
    if (settings.layout().sparseOutput()) {
      dropTiny(values);
    }
    return new Column.Numbers(values);
  }

  /** What a sparse vector does not hold reads as 0; a missing value stays one. */
  private static void dropTiny(double[] values) {
    for (int row = 0; row < values.length; row++) {
      if (Math.abs(values[row]) < RowLayout.EPSILON) {
        values[row] = 0;
      }
    }
  }
}

package io.fedflow.components.boosting;

import io.fedflow.components.binning.Bins;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A party's columns for training: values, and the bins they fall into. Immutable by convention.
 *
 * @param features the values
 * @param bins of each column; one without a present value has none
 * @param indexes shape [columns][rows]; missing values are in the bin behind the others
 * @param missing per column, whether a value is missing
 */
record FeatureBins(Features features, List<Bins> bins, int[][] indexes, boolean[] missing) {

  /**
   * A candidate for a split.
   *
   * @param column position of the column
   * @param bin the last one on the left
   * @param missingLeft whether missing values go left
   */
  record Candidate(int column, int bin, boolean missingLeft) {}

  /** Cuts columns by quantiles. */
  static FeatureBins of(Features features, int binCount) {
    List<Bins> bins = new ArrayList<>();
    int[][] indexes = new int[features.columns()][];
    boolean[] missing = new boolean[features.columns()];
    for (int column = 0; column < indexes.length; column++) {
      double[] values = features.values()[column];
      missing[column] = Arrays.stream(values).anyMatch(Double::isNaN);
      boolean present = Arrays.stream(values).anyMatch(value -> !Double.isNaN(value));
      Bins cut =
          present ? Bins.quantile(features.header().get(column), values, binCount) : Bins.of();
      bins.add(cut);
      indexes[column] = present ? cut.indexesOf(values) : new int[values.length];
    }
    return new FeatureBins(features, bins, indexes, missing);
  }

  /** How many bins a column's values fall into, that of missing ones included. */
  int width(int column) {
    return bins.get(column).count() + (missing[column] ? 1 : 0);
  }

  /** The value up to which rows go left. */
  double threshold(Candidate candidate) {
    return bins.get(candidate.column()).points()[candidate.bin()];
  }

  /**
   * The candidates of some columns: columns in order, bins in order, missing values first to the
   * right. The last bin is none, since all present values would go left.
   */
  List<Candidate> candidates(int[] columns) {
    List<Candidate> candidates = new ArrayList<>();
    for (int column : columns) {
      for (int bin = 0; bin < bins.get(column).count() - 1; bin++) {
        candidates.add(new Candidate(column, bin, false));
        if (missing[column]) {
          candidates.add(new Candidate(column, bin, true));
        }
      }
    }
    return candidates;
  }

  /**
   * Feature values as models see them. Immutable by convention.
   *
   * @param header names of the columns
   * @param values shape [columns][rows]; NaN for a missing value
   */
  record Features(List<String> header, double[][] values) {

    /** Zeros are that much around 0. */
    private static final double ZERO = 1e-8;

    /**
     * Reads a table's columns.
     *
     * @throws FedflowException {@code features.missing} or {@code features.range} (INVALID) naming
     *     the first column at fault
     */
    static Features of(Table table, boolean useMissing, boolean zeroAsMissing) {
      List<String> header = table.schema().header();
      double[][] values = FeatureColumns.allNumbers(table);
      double[][] read = new double[values.length][];
      for (int column = 0; column < read.length; column++) {
        read[column] = checked(header.get(column), values[column], useMissing, zeroAsMissing);
      }
      return new Features(header, read);
    }

    int columns() {
      return values.length;
    }

    /** How many rows; 0 without a column. */
    int rows() {
      return values.length == 0 ? 0 : values[0].length;
    }

    /** Whether a row goes left at a split; NaN goes as the split says. */
    boolean left(int row, int column, double threshold, boolean missingLeft) {
      double value = values[column][row];
      return Double.isNaN(value) ? missingLeft : value <= threshold + ZERO;
    }

    private static double[] checked(
        String name, double[] values, boolean useMissing, boolean zeroAsMissing) {
      double[] checked = values.clone();
      for (int row = 0; row < checked.length; row++) {
        if (Double.isNaN(checked[row]) && !useMissing) {
          throw ColumnException.of(
              "features.missing",
              name,
              "found a missing value, allowed are numbers; set use_missing, or fill missing"
                  + " values first");
        }
        if (Double.isInfinite(checked[row])) {
          throw ColumnException.of(
              "features.range", name, "found an infinite value, allowed are numbers");
        }
        if (zeroAsMissing && Math.abs(checked[row]) < ZERO) {
          checked[row] = Double.NaN;
        }
      }
      return checked;
    }
  }
}

package io.fedflow.components.linear;

import io.fedflow.failure.FedflowException;
import io.fedflow.model.ModelMessage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of one party. Immutable by convention: arrays are not to be changed.
 *
 * @param header the feature columns, in order
 * @param coefficients one per column
 * @param intercept 0 if there is none
 * @param hasIntercept whether an intercept is trained
 */
public record LinearWeights(
    List<String> header, double[] coefficients, double intercept, boolean hasIntercept) {

  /** Copies the list. */
  public LinearWeights {
    header = List.copyOf(header);
  }

  /** Weights from one array: coefficients, then the intercept if there is one. */
  public static LinearWeights of(List<String> header, double[] joined, boolean hasIntercept) {
    return new LinearWeights(
        header,
        Arrays.copyOf(joined, header.size()),
        hasIntercept ? joined[header.size()] : 0,
        hasIntercept);
  }

  /**
   * Reads weights of a stored model that has FATE's fields {@code header}, {@code weight} and
   * {@code intercept}; a column without a weight has 0.
   */
  public static LinearWeights of(ModelMessage stored, boolean hasIntercept) {
    List<String> header = stored.list("header");
    Map<String, Double> byName = stored.map("weight");
    return new LinearWeights(
        header,
        header.stream().mapToDouble(name -> byName.getOrDefault(name, 0.0)).toArray(),
        hasIntercept ? stored.number("intercept") : 0,
        hasIntercept);
  }

  /** Column to its coefficient, in the order of columns; without the intercept. */
  public Map<String, Double> byName() {
    Map<String, Double> byName = new LinkedHashMap<>();
    for (int i = 0; i < coefficients.length; i++) {
      byName.put(header.get(i), coefficients[i]);
    }
    return byName;
  }

  /** How many weights are trained, the intercept included. */
  public int count() {
    return coefficients.length + (hasIntercept ? 1 : 0);
  }

  /** Coefficients, then the intercept if there is one; a new array. */
  public double[] joined() {
    double[] joined = Arrays.copyOf(coefficients, count());
    if (hasIntercept) {
      joined[coefficients.length] = intercept;
    }
    return joined;
  }

  /**
   * Linear scores.
   *
   * @param features shape [columns][all rows]
   * @param rows which rows
   * @return one score per element of {@code rows}
   */
  public double[] scores(double[][] features, int[] rows) {
    double[] scores = new double[rows.length];
    Arrays.fill(scores, intercept);
    for (int column = 0; column < coefficients.length; column++) {
      double weight = coefficients[column];
      double[] values = features[column];
      for (int i = 0; i < rows.length; i++) {
        scores[i] += weight * values[rows[i]];
      }
    }
    return scores;
  }

  /**
   * Weights after a step.
   *
   * @param step coefficients first, then the intercept if there is one
   * @throws FedflowException {@code training.diverged} (INVALID) if a weight leaves -1e8..1e8
   */
  public LinearWeights moved(double[] step, Penalty penalty, int iteration) {
    double[] updated =
        penalty.update(coefficients, Arrays.copyOf(step, coefficients.length), iteration);
    double shifted = hasIntercept ? intercept - step[coefficients.length] : 0;
    for (double weight : updated) {
      requireFinite(weight);
    }
    requireFinite(shifted);
    return new LinearWeights(header, updated, shifted, hasIntercept);
  }

  private static void requireFinite(double weight) {
    if (!(Math.abs(weight) <= FeatureCheck.LARGEST)) {
      throw FedflowException.invalid(
          "training.diverged",
          "a weight left -1e8..1e8; lower learning_rate or scale the features");
    }
  }

  /** Shape only. */
  @Override
  public String toString() {
    return "weights of " + header.size() + " columns" + (hasIntercept ? " and an intercept" : "");
  }
}

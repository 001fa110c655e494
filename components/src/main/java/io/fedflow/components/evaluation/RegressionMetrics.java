package io.fedflow.components.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Errors of predicted values. Source of the definitions: scikit-learn, metrics of regression. */
final class RegressionMetrics {

  private final double[] labels;
  private final double[] errors;

  private RegressionMetrics(double[] labels, double[] errors) {
    this.labels = labels;
    this.errors = errors;
  }

  /** Measures; both arrays of shape [rows], at least one row. */
  static void measure(
      List<String> metrics, double[] labels, double[] predicted, MetricReport report) {
    double[] errors =
        IntStream.range(0, labels.length).mapToDouble(i -> labels[i] - predicted[i]).toArray();
    RegressionMetrics regression = new RegressionMetrics(labels, errors);
    metrics.forEach(metric -> report.single(metric, regression.value(metric)));
  }

  private double value(String metric) {
    return switch (metric) {
      case "explained_variance" -> explained(squares(errors, mean(errors)));
      case "r2_score" -> explained(squares(errors, 0));
      case "mean_absolute_error" -> mean(absolute());
      case "median_absolute_error" -> median(absolute());
      case "mean_squared_error" -> squares(errors, 0) / errors.length;
      case "root_mean_squared_error" -> Math.sqrt(squares(errors, 0) / errors.length);
      default -> throw new IllegalArgumentException("no regression metric " + metric);
    };
  }

  // Of labels without variance, everything is explained by a perfect fit and nothing otherwise.
  private double explained(double unexplained) {
    double all = squares(labels, mean(labels));
    return all == 0 ? (unexplained == 0 ? 1 : 0) : 1 - unexplained / all;
  }

  private double[] absolute() {
    return Arrays.stream(errors).map(Math::abs).toArray();
  }

  private static double squares(double[] values, double center) {
    return Arrays.stream(values).map(value -> (value - center) * (value - center)).sum();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}

package io.fedflow.components.baseline;

import io.fedflow.component.TaskContext;
import io.fedflow.components.columns.RefusedColumn;
import io.fedflow.components.labels.Labels;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Trains a local logistic regression. Stateless. */
final class BaselineTraining {

  private BaselineTraining() {}

  /**
   * Trains.
   *
   * @throws FedflowException {@code features.empty}, {@code features.missing}, {@code
   *     features.range} or {@code baseline.label} (INVALID)
   */
  static BaselineModel run(TaskContext context, Table table, BaselineOptions options)
      throws InterruptedException {
    double[][] features = FeatureCheck.of(table);
    String[] labels =
        Labels.texts(table)
            .filter(texts -> table.label() != null)
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "baseline.label",
                        BaselineModel.MODULE
                            + ": found rows without a numeric label, allowed are labels that are"
                            + " whole numbers; set need_run to false at a party without labels"));
    if (Arrays.stream(table.label()).anyMatch(label -> label != Math.rint(label))) {
      throw RefusedColumn.label(
          "baseline.label", table, "found a label with a fraction, allowed are whole numbers");
    }
    List<String> names = Labels.distinct(labels);
    if (names.size() < 2) {
      throw RefusedColumn.label(
          "baseline.label", table, "found one class only, allowed are at least two");
    }
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    int[] classes = Arrays.stream(labels).mapToInt(numbers::get).toArray();
    double[] rowWeights = weights(table, classes, names, options);
    List<Lbfgs.Result> results = new ArrayList<>();
    if (options.each() && names.size() > 2) {
      for (int each = 0; each < names.size(); each++) {
        int one = each;
        int[] oneOrOther = Arrays.stream(classes).map(k -> k == one ? 1 : 0).toArray();
        results.add(
            minimise(
                new SoftmaxLoss(context, features, oneOrOther, rowWeights, 2, options), options));
      }
    } else {
      results.add(
          minimise(
              new SoftmaxLoss(context, features, classes, rowWeights, names.size(), options),
              options));
    }
    int iterations = results.stream().mapToInt(Lbfgs.Result::iterations).max().orElseThrow();
    boolean converged = results.stream().allMatch(Lbfgs.Result::converged);
    if (!converged) {
      context
          .log()
          .warning(
              "training ended after "
                  + iterations
                  + " iterations before it converged; scale the features, or raise max_iter");
    }
    double[] points = results.stream().flatMapToDouble(r -> Arrays.stream(r.point())).toArray();
    int width = features.length + 1;
    double[][] weights = new double[points.length / width][];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Arrays.copyOfRange(points, k * width, (k + 1) * width);
    }
    return new BaselineModel(
        names,
        table.schema().header(),
        weights,
        iterations,
        converged,
        options.each() && names.size() > 2);
  }

  private static Lbfgs.Result minimise(SoftmaxLoss loss, BaselineOptions options)
      throws InterruptedException {
    return Lbfgs.minimise(loss, loss.dimensions(), options.tolerance(), options.maxIterations());
  }

  private static double[] weights(
      Table table, int[] classes, List<String> names, BaselineOptions options) {
    double[] weights = table.weight() == null ? new double[classes.length] : table.weight().clone();
    if (table.weight() == null) {
      Arrays.fill(weights, 1);
    }
    int[] counts = new int[names.size()];
    Arrays.stream(classes).forEach(each -> counts[each]++);
    for (int row = 0; row < weights.length; row++) {
      int own = classes[row];
      weights[row] *=
          options.balanced()
              ? classes.length / ((double) names.size() * counts[own])
              : options.classWeights().getOrDefault(names.get(own), 1.0);
      if (!(weights[row] >= 0)) {
        throw RefusedColumn.weight(
            "baseline.weight",
            table,
            "found a negative or missing weight in row "
                + (row + 1)
                + ", allowed are weights >= 0");
      }
    }
    return weights;
  }
}

package io.fedflow.components.homolr;

import io.fedflow.component.Params;
import io.fedflow.components.linear.BinaryPredictions;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.predictions.ClassPredictions;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What a model predicts of one party's rows; nothing crosses. Stateless. */
final class MemberPredictions {

  private MemberPredictions() {}

  /**
   * Predictions. Of more than two classes each has the probability that its own model gives; these
   * do not add up to 1, as in FATE.
   *
   * @param rows have the model's columns, in its order
   * @param type {@code train}, {@code validate} or {@code predict}
   */
  static Table of(Params params, HomoLrModel model, Table rows, String type) {
    double[][] features = FeatureCheck.of(rows);
    int[] all = IntStream.range(0, rows.rowCount()).toArray();
    double[][] probabilities =
        model.fits().stream()
            .map(fit -> fit.weights().scores(features, all))
            .map(z -> Arrays.stream(z).map(BinaryPredictions::logistic).toArray())
            .toArray(double[][]::new);
    double threshold = params.object("predict_param").number("threshold");
    return model.oneVsRest()
        ? ClassPredictions.of(
            rows,
            model.classes().stream().map(String::valueOf).toList(),
            probabilities,
            threshold,
            type)
        : BinaryPredictions.of(rows, probabilities[0], threshold, type);
  }
}

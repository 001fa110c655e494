package io.fedflow.components.baseline;

import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.linear.LrSchemas;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a local logistic regression learned, and its stored form: FATE's {@code LRModelMeta} and
 * {@code LRModelParam}. Immutable by convention.
 *
 * @param classes the labels, ascending
 * @param header the features
 * @param weights one row for each score: the features' weights, then the intercept; one score for
 *     two classes, otherwise one for each class
 * @param iterations how many were run
 * @param converged whether training ended before {@code max_iter}
 * @param each whether each class was trained against all others
 */
record BaselineModel(
    List<String> classes,
    List<String> header,
    double[][] weights,
    int iterations,
    boolean converged,
    boolean each) {

  static final String MODULE = "LocalBaseline";

  private static final String MULTI_CLASS = "multi_class";

  /** Reads a stored model. */
  static BaselineModel of(ComponentModel stored) {
    ModelMessage param = stored.param();
    List<String> header = param.list("header");
    ModelMessage many = param.message("one_vs_rest_result");
    List<ModelMessage> singles = many.list("completed_models");
    List<double[]> weights = new ArrayList<>();
    for (ModelMessage single : singles.isEmpty() ? List.of(param) : singles) {
      Map<String, Double> byName = single.map("weight");
      double[] row = new double[header.size() + 1];
      for (int i = 0; i < header.size(); i++) {
        row[i] = byName.getOrDefault(header.get(i), 0.0);
      }
      row[header.size()] = single.number("intercept");
      weights.add(row);
    }
    return new BaselineModel(
        many.list("one_vs_rest_classes"),
        header,
        weights.toArray(double[][]::new),
        (int) param.number("iters"),
        param.bool("is_converged"),
        stored.meta().schema().field(MULTI_CLASS).isPresent()
            && stored.meta().text(MULTI_CLASS).equals(BaselineOptions.EACH));
  }

  /**
   * The probability of every class.
   *
   * @param table has the features of the header
   * @return shape [classes][rows]
   */
  double[][] probabilities(Table table) {
    double[][] features = FeatureCheck.of(table);
    int rows = table.rowCount();
    double[][] scores = new double[classes.size()][rows];
    for (int k = 0; k < weights.length; k++) {
      // Of two classes the first has score 0.
      double[] score = scores[weights.length == 1 ? 1 : k];
      for (int row = 0; row < rows; row++) {
        score[row] = weights[k][header.size()];
        for (int column = 0; column < features.length; column++) {
          score[row] += weights[k][column] * features[column][row];
        }
      }
    }
    for (int row = 0; row < rows; row++) {
      // A class that was trained alone has a probability of its own, the others have one together.
      double largest = each ? 0 : largest(scores, row);
      double sum = 0;
      for (double[] score : scores) {
        score[row] = each ? 1 / (1 + Math.exp(-score[row])) : Math.exp(score[row] - largest);
        sum += score[row];
      }
      for (double[] score : scores) {
        score[row] = sum == 0 ? 1.0 / scores.length : score[row] / sum;
      }
    }
    return scores;
  }

  private static double largest(double[][] scores, int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double[] score : scores) {
      largest = Math.max(largest, score[row]);
    }
    return largest;
  }

  /** The component's summary. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    if (weights.length == 1) {
      summary.put("coef", byName(weights[0]));
      summary.put("intercept", weights[0][header.size()]);
    } else {
      for (int k = 0; k < weights.length; k++) {
        Map<String, Object> single = new LinkedHashMap<>();
        single.put("coef", byName(weights[k]));
        single.put("intercept", weights[k][header.size()]);
        summary.put(classes.get(k), single);
      }
    }
    summary.put("is_converged", converged);
    summary.put("one_vs_rest", weights.length > 1);
    return summary;
  }

  /** The stored form. */
  ComponentModel toStored(String component, BaselineOptions options, double threshold) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("penalty", options.penalised() ? "l2" : "none");
    meta.put("tol", options.tolerance());
    meta.put("alpha", options.c());
    meta.put("optimizer", options.solver());
    meta.put("max_iter", (long) options.maxIterations());
    meta.put("fit_intercept", options.fitIntercept());
    meta.put("need_one_vs_rest", weights.length > 1);
    meta.put("predict_param", LrSchemas.predictMeta(threshold));
    meta.put("module", MODULE);
    meta.put(MULTI_CLASS, each ? BaselineOptions.EACH : "");
    Map<String, Object> param = new LinkedHashMap<>();
    param.put("iters", iterations);
    param.put("is_converged", converged);
    param.put("header", header);
    param.put("need_one_vs_rest", weights.length > 1);
    param.put("best_iteration", -1);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("one_vs_rest_classes", classes);
    if (weights.length == 1) {
      param.put("weight", byName(weights[0]));
      param.put("intercept", weights[0][header.size()]);
    } else {
      result.put("completed_models", singles());
    }
    param.put("one_vs_rest_result", new ModelMessage(LrSchemas.ONE_VS_REST, result));
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put("LocalBaselineMeta", new ModelMessage(LrSchemas.LOCAL_META, meta));
    messages.put("LocalBaselineParam", new ModelMessage(LrSchemas.PARAM, param));
    return new ComponentModel(component, MODULE, "model", messages);
  }

  private List<ModelMessage> singles() {
    List<ModelMessage> singles = new ArrayList<>();
    for (double[] row : weights) {
      singles.add(
          new ModelMessage(
              LrSchemas.SINGLE,
              Map.of(
                  "iters",
                  iterations,
                  "is_converged",
                  converged,
                  "weight",
                  byName(row),
                  "intercept",
                  row[header.size()],
                  "header",
                  header,
                  "best_iteration",
                  -1)));
    }
    return singles;
  }

  private Map<String, Double> byName(double[] row) {
    return LinearWeights.of(header, row, true).byName();
  }
}

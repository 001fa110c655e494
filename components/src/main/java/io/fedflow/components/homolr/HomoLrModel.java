package io.fedflow.components.homolr;

import io.fedflow.component.Params;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.linear.LrSchemas;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training left, and its stored form: FATE's {@code LRModelMeta} and {@code LRModelParam}.
 * Immutable.
 *
 * @param classes the labels, ascending
 * @param fits one for two classes; otherwise one for each class
 */
record HomoLrModel(List<Integer> classes, List<Fit> fits) {

  private static final String STORED = "HomoLogisticRegression";

  /**
   * One class against the others.
   *
   * @param weights without columns at the arbiter
   * @param iterations how many were run
   * @param converged whether the rule ended training, not {@code max_iter}
   * @param losses per mean, at the arbiter only
   */
  record Fit(LinearWeights weights, int iterations, boolean converged, List<Double> losses) {

    Fit {
      losses = List.copyOf(losses);
    }

    private static Fit of(ModelMessage stored, boolean intercept) {
      return new Fit(
          LinearWeights.of(stored, intercept),
          (int) stored.number("iters"),
          stored.bool("is_converged"),
          stored.list("loss_history"));
    }

    private Map<String, Object> stored() {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("iters", iterations);
      values.put("loss_history", losses);
      values.put("is_converged", converged);
      values.put("weight", weights.byName());
      values.put("intercept", weights.intercept());
      values.put("header", weights.header());
      values.put("best_iteration", LrSchemas.NO_BEST_ITERATION);
      return values;
    }
  }

  /** Copies the lists. */
  HomoLrModel {
    classes = List.copyOf(classes);
    fits = List.copyOf(fits);
  }

  /** Reads a stored model. */
  static HomoLrModel of(ComponentModel stored) {
    ModelMessage param = stored.param();
    boolean intercept = stored.meta().bool("fit_intercept");
    if (!param.bool("need_one_vs_rest")) {
      return new HomoLrModel(List.of(0, 1), List.of(Fit.of(param, intercept)));
    }
    ModelMessage many = param.message("one_vs_rest_result");
    List<ModelMessage> singles = many.list("completed_models");
    List<String> classes = many.list("one_vs_rest_classes");
    return new HomoLrModel(
        classes.stream().map(Integer::valueOf).toList(),
        singles.stream().map(single -> Fit.of(single, intercept)).toList());
  }

  /** This model with one class more. */
  HomoLrModel with(Fit fit) {
    List<Fit> more = new ArrayList<>(fits);
    more.add(fit);
    return new HomoLrModel(classes, more);
  }

  /** Whether there is a model for each class. */
  boolean oneVsRest() {
    return classes.size() > 2;
  }

  /** The features, in the order of weights. */
  List<String> header() {
    return fits.get(0).weights().header();
  }

  /** Iterations of the longest training. */
  int iterations() {
    return fits.stream().mapToInt(Fit::iterations).max().orElse(0);
  }

  /** The summary of a guest or host. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    if (oneVsRest()) {
      for (int k = 0; k < fits.size(); k++) {
        summary.put(classes.get(k).toString(), summaryOf(fits.get(k)));
      }
    } else {
      summary.putAll(summaryOf(fits.get(0)));
    }
    summary.put("one_vs_rest", oneVsRest());
    return summary;
  }

  private static Map<String, Object> summaryOf(Fit fit) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("coef", fit.weights().byName());
    summary.put("intercept", fit.weights().intercept());
    summary.put("is_converged", fit.converged());
    summary.put("best_iteration", LrSchemas.NO_BEST_ITERATION);
    return summary;
  }

  /** The summary of the arbiter. */
  Map<String, Object> arbiterSummary() {
    if (!oneVsRest()) {
      return arbiterSummaryOf(fits.get(0));
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    for (int k = 0; k < fits.size(); k++) {
      summary.put(classes.get(k).toString(), arbiterSummaryOf(fits.get(k)));
    }
    return summary;
  }

  private static Map<String, Object> arbiterSummaryOf(Fit fit) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("loss_history", fit.losses());
    summary.put("is_converged", fit.converged());
    summary.put("best_iteration", LrSchemas.NO_BEST_ITERATION);
    if (!fit.losses().isEmpty()) {
      summary.put("best_iter_loss", fit.losses().get(fit.losses().size() - 1));
    }
    return summary;
  }

  /** The stored form. */
  ComponentModel toStored(String component, Params params) {
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(STORED + "Meta", new ModelMessage(LrSchemas.META, meta(params)));
    messages.put(STORED + "Param", new ModelMessage(LrSchemas.PARAM, param()));
    return new ComponentModel(component, HomoLR.MODULE, "model", messages);
  }

  private Map<String, Object> meta(Params params) {
    Map<String, Object> values =
        LrSchemas.settings(params, params.object("init_param").bool("fit_intercept"));
    values.put("need_one_vs_rest", oneVsRest());
    values.put(
        "predict_param", LrSchemas.predictMeta(params.object("predict_param").number("threshold")));
    values.put("module", HomoLR.MODULE);
    return values;
  }

  private Map<String, Object> param() {
    if (oneVsRest()) {
      return LrSchemas.oneVsRest(
          header(),
          fits.stream().map(Fit::stored).toList(),
          classes.stream().map(String::valueOf).toList());
    }
    Map<String, Object> values = fits.get(0).stored();
    values.put("need_one_vs_rest", false);
    return values;
  }
}

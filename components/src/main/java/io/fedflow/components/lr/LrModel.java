package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.linear.LrSchemas;
import io.fedflow.components.validation.BestSoFar;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one party keeps of a training, and its stored form: FATE 1.11's messages of its family.
 * Immutable.
 *
 * @param family which model this is
 * @param weights the party's own weights; without columns at the arbiter
 * @param iterations how many were run
 * @param converged whether the rule ended training, not {@code max_iter}
 * @param losses per iteration, known to the arbiter only
 * @param bestIteration which one validation chose, counted from 0; -1 if none did
 */
record LrModel(
    Family family,
    LinearWeights weights,
    int iterations,
    boolean converged,
    List<Double> losses,
    int bestIteration) {

  LrModel {
    losses = List.copyOf(losses);
  }

  /** A training as it stands after an iteration, counted from 0. */
  static LrModel after(
      Family family, int iteration, LinearWeights weights, Stop stop, List<Double> losses) {
    return new LrModel(
        family,
        weights,
        iteration + 1,
        stop == Stop.CONVERGED,
        losses,
        LrSchemas.NO_BEST_ITERATION);
  }

  /** Reads the stored form of one model, or of one of several. */
  static LrModel of(Family family, ModelMessage param, boolean intercept) {
    return new LrModel(
        family,
        LinearWeights.of(param, intercept),
        (int) param.number("iters"),
        param.bool("is_converged"),
        param.list("loss_history"),
        (int) param.number("best_iteration"));
  }

  /** This training as it was after an earlier iteration, which validation found to be the best. */
  LrModel at(BestSoFar.Kept<LinearWeights> best) {
    int run = best.iteration() + 1;
    return new LrModel(
        family, best.state(), run, converged && run == iterations, losses, best.iteration());
  }

  /** The stored form. */
  ComponentModel toStored(String component, Params params) {
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(family.metaName(), meta(params, false));
    messages.put(family.paramName(), param());
    return new ComponentModel(component, family.module(), "model", messages);
  }

  /** The summary of a party with weights. */
  Map<String, Object> summary() {
    Map<String, Object> coefficients = new LinkedHashMap<>(weights.byName());
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("coef", coefficients);
    summary.put("intercept", weights.intercept());
    summary.put("is_converged", converged);
    summary.put("best_iteration", bestIteration);
    if (family == Family.LOGISTIC) {
      summary.put("one_vs_rest", false);
    }
    return summary;
  }

  /** The summary of the arbiter. */
  Map<String, Object> arbiterSummary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("loss_history", losses);
    summary.put("is_converged", converged);
    summary.put("best_iteration", bestIteration);
    if (!losses.isEmpty()) {
      // Like FATE: without a best iteration it is the last one's.
      boolean known = bestIteration >= 0 && bestIteration < losses.size();
      summary.put("best_iter_loss", losses.get(known ? bestIteration : losses.size() - 1));
    }
    return summary;
  }

  /** FATE's meta message. */
  ModelMessage meta(Params params, boolean oneVsRest) {
    Map<String, Object> values = LrSchemas.settings(params, weights.hasIntercept());
    if (family == Family.LOGISTIC) {
      values.put("need_one_vs_rest", oneVsRest);
      values.put(
          "predict_param",
          LrSchemas.predictMeta(params.object("predict_param").number("threshold")));
      values.put("module", family.module());
    }
    if (family == Family.POISSON && !params.isNull(Exposure.PARAMETER)) {
      values.put(Exposure.PARAMETER, params.text(Exposure.PARAMETER));
    }
    return new ModelMessage(family.meta(), values);
  }

  private ModelMessage param() {
    Map<String, Object> values = values();
    if (family == Family.LOGISTIC) {
      values.put("need_one_vs_rest", false);
    }
    return new ModelMessage(family.param(), values);
  }

  /** The fields that FATE's messages of one model and of one of several share; a new map. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("iters", iterations);
    values.put("loss_history", losses);
    values.put("is_converged", converged);
    values.put("weight", weights.byName());
    values.put("intercept", weights.intercept());
    values.put("header", weights.header());
    values.put("best_iteration", bestIteration);
    return values;
  }
}

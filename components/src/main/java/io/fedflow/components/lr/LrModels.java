package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.components.linear.BinaryPredictions;
import io.fedflow.components.linear.LrSchemas;
import io.fedflow.components.predictions.ClassPredictions;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All that one party keeps of a training: one model, or one for each of more than two classes.
 * Immutable.
 *
 * @param classes names of the classes, as many as models; empty for one model. Only the guest knows
 *     labels: elsewhere classes are counted from 0
 */
record LrModels(Family family, List<String> classes, List<LrModel> models) {

  LrModels {
    classes = List.copyOf(classes);
    models = List.copyOf(models);
  }

  /** The models of a party that does not know labels. */
  static LrModels unnamed(Family family, List<LrModel> models) {
    List<String> classes =
        models.size() == 1
            ? List.of()
            : IntStream.range(0, models.size()).mapToObj(String::valueOf).toList();
    return new LrModels(family, classes, models);
  }

  /** Reads a stored model. */
  static LrModels of(Family family, ComponentModel stored) {
    ModelMessage param = stored.param();
    boolean intercept = stored.meta().bool("fit_intercept");
    if (family != Family.LOGISTIC || !param.bool("need_one_vs_rest")) {
      return new LrModels(family, List.of(), List.of(LrModel.of(family, param, intercept)));
    }
    ModelMessage many = param.message("one_vs_rest_result");
    List<ModelMessage> singles = many.list("completed_models");
    return new LrModels(
        family,
        many.list("one_vs_rest_classes"),
        singles.stream().map(single -> LrModel.of(family, single, intercept)).toList());
  }

  /** Whether each class has a model. */
  boolean oneVsRest() {
    return !classes.isEmpty();
  }

  /** The features, in the order of weights. */
  List<String> header() {
    return models.get(0).weights().header();
  }

  /**
   * The table of predictions. Each of more than two classes has the probability that its own model
   * gives; these do not add up to 1, as in FATE.
   *
   * @param rows with their true labels, in the order agreed on
   * @param scored the same rows by every model
   */
  Table predictions(Table rows, List<Scored> scored, Params params) {
    String type = scored.get(0).type();
    if (!oneVsRest()) {
      return family.predictions(rows, scored.get(0).scores(), params, type);
    }
    double[][] probabilities =
        scored.stream()
            .map(one -> Arrays.stream(one.scores()).map(BinaryPredictions::logistic).toArray())
            .toArray(double[][]::new);
    double threshold = params.object("predict_param").number("threshold");
    return ClassPredictions.of(rows, classes, probabilities, threshold, type);
  }

  /** The summary of a party with weights. */
  Map<String, Object> summary() {
    if (!oneVsRest()) {
      return models.get(0).summary();
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    for (int k = 0; k < models.size(); k++) {
      Map<String, Object> ofClass = models.get(k).summary();
      ofClass.remove("one_vs_rest");
      summary.put(classes.get(k), ofClass);
    }
    summary.put("one_vs_rest", true);
    return summary;
  }

  /** The summary of the arbiter. */
  Map<String, Object> arbiterSummary() {
    if (!oneVsRest()) {
      return models.get(0).arbiterSummary();
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    for (int k = 0; k < models.size(); k++) {
      summary.put(classes.get(k), models.get(k).arbiterSummary());
    }
    return summary;
  }

  /** The stored form. */
  ComponentModel toStored(String component, Params params) {
    if (!oneVsRest()) {
      return models.get(0).toStored(component, params);
    }
    Map<String, Object> values =
        LrSchemas.oneVsRest(header(), models.stream().map(LrModel::values).toList(), classes);
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(family.metaName(), models.get(0).meta(params, true));
    messages.put(family.paramName(), new ModelMessage(family.param(), values));
    return new ComponentModel(component, family.module(), "model", messages);
  }
}

package io.fedflow.components.boosting;

import io.fedflow.component.Params;
import io.fedflow.model.ModelMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings that are stored with a model. Stateless. */
final class BoostMeta {

  private BoostMeta() {}

  static ModelMessage of(Params params) {
    BoostSettings settings = BoostSettings.of(params);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("tree_meta", tree(params, settings));
    values.put("learning_rate", settings.learningRate());
    values.put("num_trees", settings.rounds());
    values.put(
        "quantile_meta",
        new ModelMessage(
            BoostSchema.QUANTILE,
            Map.of("quantile_method", "quantile", "bin_num", settings.bins())));
    values.put("objective_meta", objective(params.object("objective_param")));
    values.put("task_type", params.text("task_type"));
    values.put("n_iter_no_change", params.bool("n_iter_no_change"));
    values.put("tol", params.number("tol"));
    values.put("use_missing", settings.useMissing());
    values.put("zero_as_missing", settings.zeroAsMissing());
    values.put("module", BoostModel.MODULE);
    values.put("boosting_strategy", BoostSettings.strategy(params));
    return new ModelMessage(BoostSchema.META, values);
  }

  /** The objective that a stored model was trained by. */
  static Objective objective(ModelMessage meta, int classes) {
    ModelMessage stored = meta.message("objective_meta");
    List<Double> numbers = stored.list("param");
    return BoostSettings.objective(
        stored.text("objective"), numbers.isEmpty() ? 0 : numbers.get(0), classes);
  }

  private static ModelMessage tree(Params params, BoostSettings settings) {
    SplitRule rule = settings.rule();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(
        "criterion_meta",
        new ModelMessage(
            BoostSchema.CRITERION,
            Map.of(
                "criterion_method",
                params.object("tree_param").text("criterion_method"),
                "criterion_param",
                List.of(rule.lambda(), rule.alpha()))));
    values.put("max_depth", settings.depth());
    values.put("min_sample_split", rule.leastRowsToSplit());
    values.put("min_impurity_split", rule.leastGain());
    values.put("min_leaf_node", rule.leastRowsOfLeaf());
    values.put("use_missing", settings.useMissing());
    values.put("zero_as_missing", settings.zeroAsMissing());
    return new ModelMessage(BoostSchema.TREE_META, values);
  }

  private static ModelMessage objective(Params given) {
    List<Double> numbers = new ArrayList<>();
    if (!given.isNull("params")) {
      given.list("params").forEach(number -> numbers.add(((Number) number).doubleValue()));
    }
    return new ModelMessage(
        BoostSchema.OBJECTIVE, Map.of("objective", given.text("objective"), "param", numbers));
  }
}

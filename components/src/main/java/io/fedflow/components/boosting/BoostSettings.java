package io.fedflow.components.boosting;

import io.fedflow.component.Params;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a conf that {@link BoostRules} accepts says about training. Immutable.
 *
 * @param rounds most rounds
 * @param learningRate how much of a tree counts
 * @param depth most levels of splits
 * @param rule what a split is worth
 * @param nodesPerMessage most nodes of one message of a host
 * @param bins of a column
 * @param useMissing whether missing values are allowed
 * @param zeroAsMissing whether zeros are missing values too
 * @param columnRate share of a party's columns for a tree
 * @param secureTrees rounds at first whose trees are of the guest's columns alone
 * @param seed of samples
 */
record BoostSettings(
    int rounds,
    double learningRate,
    int depth,
    SplitRule rule,
    int nodesPerMessage,
    int bins,
    boolean useMissing,
    boolean zeroAsMissing,
    double columnRate,
    int secureTrees,
    long seed) {

  static BoostSettings of(Params params) {
    Params tree = params.object("tree_param");
    return new BoostSettings(
        params.integer("num_trees"),
        params.number("learning_rate"),
        tree.integer("max_depth"),
        new SplitRule(
            penalty(tree, "l2", 0),
            penalty(tree, "l1", 1),
            tree.integer("min_sample_split"),
            tree.number("min_impurity_split"),
            tree.integer("min_leaf_node"),
            tree.number("min_child_weight")),
        tree.integer("max_split_nodes"),
        params.integer("bin_num"),
        params.bool("use_missing"),
        params.bool("use_missing") && params.bool("zero_as_missing"),
        params.number("subsample_feature_rate"),
        secureTrees(params.get("complete_secure")),
        params.integer("random_seed"));
  }

  /** Whose columns split which node; the older name goes first. */
  static String strategy(Params params) {
    return params.isNull("work_mode")
        ? params.text("boosting_strategy")
        : params.text("work_mode").toLowerCase(Locale.ROOT);
  }

  /** The objective of a conf, for labels of so many classes. */
  static Objective objective(Params params, int classes) {
    Params given = params.object("objective_param");
    List<?> numbers = given.list("params");
    return objective(
        given.text("objective"),
        numbers == null || numbers.isEmpty() ? 0 : ((Number) numbers.get(0)).doubleValue(),
        classes);
  }

  /** The objective of a name. */
  static Objective objective(String name, double parameter, int classes) {
    if (name.equals("cross_entropy")) {
      return classes == 2 ? new TwoClasses() : new ManyClasses(classes);
    }
    return new Values(Values.Kind.valueOf(name.toUpperCase(Locale.ROOT)), parameter);
  }

  static boolean regression(Params params) {
    return params.text("task_type").equals(BoostParameters.REGRESSION);
  }

  private static double penalty(Params tree, String name, int position) {
    Object given = tree.get("criterion_params");
    if (given instanceof Map<?, ?> map) {
      return map.get(name) instanceof Number number ? number.doubleValue() : 0;
    }
    List<?> list = (List<?>) given;
    return position < list.size() ? ((Number) list.get(position)).doubleValue() : 0;
  }

  private static int secureTrees(Object given) {
    return given instanceof Boolean yes ? (yes ? 1 : 0) : ((Number) given).intValue();
  }
}

package io.fedflow.components.boosting;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.components.parameters.SharedParameters;
import java.util.List;

/** What a conf may say to {@link HeteroSecureBoost}. The rules are in {@link BoostRules}. */
final class BoostParameters {

  static final String CLASSIFICATION = "classification";
  static final String REGRESSION = "regression";
  static final String STANDARD = "std";
  static final String MIX = "mix";
  static final String LAYERED = "layered";
  static final List<String> STRATEGIES = List.of(STANDARD, MIX, LAYERED);
  static final String SPLIT = "split";
  static final String GAIN = "gain";

  static final ParameterSchema TREE =
      ParameterSchema.builder()
          .choice("criterion_method", "xgboost", List.of("xgboost"), "what a split is worth")
          .any(
              "criterion_params",
              List.of(0.1, 0),
              "strengths of the penalties: l2, then l1, or an object of both names",
              ParameterType.LIST,
              ParameterType.MAP)
          .integer("max_depth", 3, 1, 100, "most splits between root and leaf")
          .integer("min_sample_split", 2, 2, null, "rows that a node needs to be split")
          .number("min_impurity_split", 1e-3, 0.0, null, "a gain must be above it")
          .integer("min_leaf_node", 1, 1, null, "rows that a leaf needs")
          .integer("max_split_nodes", 65536, 1, null, "most nodes of one message of a host")
          .choice(
              "feature_importance_type",
              SPLIT,
              List.of(SPLIT, GAIN),
              "what makes a feature important: how often it splits, or what that gained")
          .bool("n_iter_no_change", true, "of no effect: that beside tree_param counts")
          .number("tol", 0.001, 0.0, null, "of no effect: that beside tree_param counts")
          .number("min_child_weight", 0.0, 0.0, null, "second derivatives that a leaf needs")
          .bool("use_missing", false, "of no effect: that beside tree_param counts")
          .bool("zero_as_missing", false, "of no effect: that beside tree_param counts")
          .bool("deterministic", false, "of no effect: trainings always repeat")
          .build();

  private static final ParameterSchema OBJECTIVE =
      ParameterSchema.builder()
          .choice(
              "objective",
              "cross_entropy",
              List.of("cross_entropy", "lse", "lae", "huber", "fair", "log_cosh", "tweedie"),
              "the loss: cross_entropy for classification, the others for regression")
          .any(
              "params",
              null,
              "one number for huber, fair (above 0) or tweedie (from 1, below 2)",
              ParameterType.LIST,
              ParameterType.NULL)
          .build();

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .object("tree_param", TREE, "how one tree grows")
          .choice(
              "task_type",
              CLASSIFICATION,
              List.of(CLASSIFICATION, REGRESSION),
              "whether the label is a class or a value")
          .object("objective_param", OBJECTIVE, "what the trees are fitted to")
          .number("learning_rate", 0.3, 0.0, null, "how much of a tree counts")
          .integer("num_trees", 5, 1, 100_000, "most rounds; more of them after a warm start")
          .number("subsample_feature_rate", 1.0, 0.0, 1.0, "share of a party's columns for a tree")
          .bool("n_iter_no_change", true, "whether training ends when the loss hardly changes")
          .number("tol", 0.0001, 0.0, null, "a smaller change of the loss ends training")
          .object("encrypt_param", SharedParameters.ENCRYPT, "the guest's key")
          .integer("bin_num", 32, 2, 100_000, "bins of a column")
          .object(
              "encrypted_mode_calculator_param", SharedParameters.ENCRYPTED_MODE, "of no effect")
          .object("predict_param", SharedParameters.PREDICT, "how scores become two classes")
          .object("cv_param", SharedParameters.CROSS_VALIDATION, "cross-validation")
          .any(
              "validation_freqs",
              null,
              "deprecated form of callback_param.validation_freqs",
              ParameterType.NULL,
              ParameterType.INT,
              ParameterType.LIST)
          .integer(
              "early_stopping_rounds",
              null,
              1,
              null,
              "deprecated form of callback_param.early_stopping_rounds")
          .bool("use_missing", false, "whether missing values are allowed and find their own side")
          .bool("zero_as_missing", false, "whether zeros are missing values too")
          .any(
              "complete_secure",
              0,
              "how many trees at first are of the guest's columns alone",
              ParameterType.INT,
              ParameterType.BOOL)
          .any(
              "metrics",
              null,
              "deprecated form of callback_param.metrics",
              ParameterType.NULL,
              ParameterType.LIST)
          .bool(
              "use_first_metric_only",
              false,
              "deprecated form of callback_param.use_first_metric_only")
          .integer("random_seed", 100, 0, null, "seed of sampled columns and rows")
          .number("binning_error", 0.0001, 0.0, 1.0, "allowed error of quantiles; they are exact")
          .bool("sparse_optimization", false, "of no effect")
          .bool("run_goss", false, "whether a tree sees the rows of large derivatives and a sample")
          .number("top_rate", 0.2, 0.0, 1.0, "share of the rows of large derivatives")
          .number("other_rate", 0.1, 0.0, 1.0, "share of the rows that stand for the others")
          .any(
              "cipher_compress_error",
              null,
              "of no effect",
              ParameterType.NULL,
              ParameterType.INT,
              ParameterType.NUMBER)
          .bool("cipher_compress", true, "whether sums share ciphertexts")
          .bool("new_ver", true, "of no effect")
          .choice("boosting_strategy", STANDARD, STRATEGIES, "whose columns split which node")
          .choice("work_mode", null, STRATEGIES, "older name of boosting_strategy")
          .integer("tree_num_per_party", 1, 1, null, "trees of a party in a row of strategy mix")
          .integer("guest_depth", 2, 1, 100, "levels of the guest in strategy layered")
          .integer("host_depth", 3, 1, 100, "levels of the host in strategy layered")
          .object("callback_param", SharedParameters.CALLBACK, "validation while training")
          .choice(
              "multi_mode",
              "single_output",
              List.of("single_output", "multi_output"),
              "a tree for each class, or one for all")
          .bool("EINI_inference", false, "whether predictions hide paths")
          .bool("EINI_random_mask", false, "whether scores of such predictions are distorted")
          .bool("EINI_complexity_check", false, "whether simple models are refused for them")
          .build();

  private BoostParameters() {}
}

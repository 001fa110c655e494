package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;
import java.util.Map;

/** {@code HeteroSecureBoost} in a pipeline. Not thread-safe. */
public final class HeteroSecureBoost extends PipelineComponent {

  /** A component of this name, without parameters. */
  public HeteroSecureBoost(String name) {
    super(name, "HeteroSecureBoost", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code tree_param}: how one tree grows. Takes an object with [criterion_method,
   * criterion_params, max_depth, min_sample_split, min_impurity_split, min_leaf_node,
   * max_split_nodes, feature_importance_type, n_iter_no_change, tol, min_child_weight, use_missing,
   * zero_as_missing, deterministic].
   */
  public HeteroSecureBoost treeParam(Map<String, ?> value) {
    parameter("tree_param", value);
    return this;
  }

  /**
   * Sets {@code task_type}: whether the label is a class or a value. Takes a text of
   * [classification, regression]; "classification" if not set.
   */
  public HeteroSecureBoost taskType(String value) {
    parameter("task_type", value);
    return this;
  }

  /**
   * Sets {@code objective_param}: what the trees are fitted to. Takes an object with [objective,
   * params].
   */
  public HeteroSecureBoost objectiveParam(Map<String, ?> value) {
    parameter("objective_param", value);
    return this;
  }

  /**
   * Sets {@code learning_rate}: how much of a tree counts. Takes a number &gt;= 0; 0.3 if not set.
   */
  public HeteroSecureBoost learningRate(double value) {
    parameter("learning_rate", value);
    return this;
  }

  /**
   * Sets {@code num_trees}: most rounds; more of them after a warm start. Takes an integer &gt;= 1
   * &lt;= 100000; 5 if not set.
   */
  public HeteroSecureBoost numTrees(long value) {
    parameter("num_trees", value);
    return this;
  }

  /**
   * Sets {@code subsample_feature_rate}: share of a party's columns for a tree. Takes a number
   * &gt;= 0 &lt;= 1; 1.0 if not set.
   */
  public HeteroSecureBoost subsampleFeatureRate(double value) {
    parameter("subsample_feature_rate", value);
    return this;
  }

  /**
   * Sets {@code n_iter_no_change}: whether training ends when the loss hardly changes. Takes true
   * or false; true if not set.
   */
  public HeteroSecureBoost nIterNoChange(boolean value) {
    parameter("n_iter_no_change", value);
    return this;
  }

  /**
   * Sets {@code tol}: a smaller change of the loss ends training. Takes a number &gt;= 0; 1.0E-4 if
   * not set.
   */
  public HeteroSecureBoost tol(double value) {
    parameter("tol", value);
    return this;
  }

  /** Sets {@code encrypt_param}: the guest's key. Takes an object with [method, key_length]. */
  public HeteroSecureBoost encryptParam(Map<String, ?> value) {
    parameter("encrypt_param", value);
    return this;
  }

  /**
   * Sets {@code bin_num}: bins of a column. Takes an integer &gt;= 2 &lt;= 100000; 32 if not set.
   */
  public HeteroSecureBoost binNum(long value) {
    parameter("bin_num", value);
    return this;
  }

  /**
   * Sets {@code encrypted_mode_calculator_param}: of no effect. Takes an object with [mode,
   * re_encrypted_rate].
   */
  public HeteroSecureBoost encryptedModeCalculatorParam(Map<String, ?> value) {
    parameter("encrypted_mode_calculator_param", value);
    return this;
  }

  /**
   * Sets {@code predict_param}: how scores become two classes. Takes an object with [threshold].
   */
  public HeteroSecureBoost predictParam(Map<String, ?> value) {
    parameter("predict_param", value);
    return this;
  }

  /**
   * Sets {@code cv_param}: cross-validation. Takes an object with [n_splits, mode, role, shuffle,
   * random_seed, need_cv, output_fold_history, history_value_type].
   */
  public HeteroSecureBoost cvParam(Map<String, ?> value) {
    parameter("cv_param", value);
    return this;
  }

  /**
   * Sets {@code validation_freqs}: deprecated form of callback_param.validation_freqs. Takes an
   * integer or an array or null; null if not set.
   */
  public HeteroSecureBoost validationFreqs(Object value) {
    parameter("validation_freqs", value);
    return this;
  }

  /**
   * Sets {@code early_stopping_rounds}: deprecated form of callback_param.early_stopping_rounds.
   * Takes an integer or null &gt;= 1; null if not set.
   */
  public HeteroSecureBoost earlyStoppingRounds(Long value) {
    parameter("early_stopping_rounds", value);
    return this;
  }

  /**
   * Sets {@code use_missing}: whether missing values are allowed and find their own side. Takes
   * true or false; false if not set.
   */
  public HeteroSecureBoost useMissing(boolean value) {
    parameter("use_missing", value);
    return this;
  }

  /**
   * Sets {@code zero_as_missing}: whether zeros are missing values too. Takes true or false; false
   * if not set.
   */
  public HeteroSecureBoost zeroAsMissing(boolean value) {
    parameter("zero_as_missing", value);
    return this;
  }

  /**
   * Sets {@code complete_secure}: how many trees at first are of the guest's columns alone. Takes
   * true or false or an integer; 0 if not set.
   */
  public HeteroSecureBoost completeSecure(Object value) {
    parameter("complete_secure", value);
    return this;
  }

  /**
   * Sets {@code metrics}: deprecated form of callback_param.metrics. Takes an array or null; null
   * if not set.
   */
  public HeteroSecureBoost metrics(List<?> value) {
    parameter("metrics", value);
    return this;
  }

  /**
   * Sets {@code use_first_metric_only}: deprecated form of callback_param.use_first_metric_only.
   * Takes true or false; false if not set.
   */
  public HeteroSecureBoost useFirstMetricOnly(boolean value) {
    parameter("use_first_metric_only", value);
    return this;
  }

  /**
   * Sets {@code random_seed}: seed of sampled columns and rows. Takes an integer &gt;= 0; 100 if
   * not set.
   */
  public HeteroSecureBoost randomSeed(long value) {
    parameter("random_seed", value);
    return this;
  }

  /**
   * Sets {@code binning_error}: allowed error of quantiles; they are exact. Takes a number &gt;= 0
   * &lt;= 1; 1.0E-4 if not set.
   */
  public HeteroSecureBoost binningError(double value) {
    parameter("binning_error", value);
    return this;
  }

  /** Sets {@code sparse_optimization}: of no effect. Takes true or false; false if not set. */
  public HeteroSecureBoost sparseOptimization(boolean value) {
    parameter("sparse_optimization", value);
    return this;
  }

  /**
   * Sets {@code run_goss}: whether a tree sees the rows of large derivatives and a sample. Takes
   * true or false; false if not set.
   */
  public HeteroSecureBoost runGoss(boolean value) {
    parameter("run_goss", value);
    return this;
  }

  /**
   * Sets {@code top_rate}: share of the rows of large derivatives. Takes a number &gt;= 0 &lt;= 1;
   * 0.2 if not set.
   */
  public HeteroSecureBoost topRate(double value) {
    parameter("top_rate", value);
    return this;
  }

  /**
   * Sets {@code other_rate}: share of the rows that stand for the others. Takes a number &gt;= 0
   * &lt;= 1; 0.1 if not set.
   */
  public HeteroSecureBoost otherRate(double value) {
    parameter("other_rate", value);
    return this;
  }

  /**
   * Sets {@code cipher_compress_error}: of no effect. Takes an integer or a number or null; null if
   * not set.
   */
  public HeteroSecureBoost cipherCompressError(Object value) {
    parameter("cipher_compress_error", value);
    return this;
  }

  /**
   * Sets {@code cipher_compress}: whether sums share ciphertexts. Takes true or false; true if not
   * set.
   */
  public HeteroSecureBoost cipherCompress(boolean value) {
    parameter("cipher_compress", value);
    return this;
  }

  /** Sets {@code new_ver}: of no effect. Takes true or false; true if not set. */
  public HeteroSecureBoost newVer(boolean value) {
    parameter("new_ver", value);
    return this;
  }

  /**
   * Sets {@code boosting_strategy}: whose columns split which node. Takes a text of [std, mix,
   * layered]; "std" if not set.
   */
  public HeteroSecureBoost boostingStrategy(String value) {
    parameter("boosting_strategy", value);
    return this;
  }

  /**
   * Sets {@code work_mode}: older name of boosting_strategy. Takes a text or null of [std, mix,
   * layered]; null if not set.
   */
  public HeteroSecureBoost workMode(String value) {
    parameter("work_mode", value);
    return this;
  }

  /**
   * Sets {@code tree_num_per_party}: trees of a party in a row of strategy mix. Takes an integer
   * &gt;= 1; 1 if not set.
   */
  public HeteroSecureBoost treeNumPerParty(long value) {
    parameter("tree_num_per_party", value);
    return this;
  }

  /**
   * Sets {@code guest_depth}: levels of the guest in strategy layered. Takes an integer &gt;= 1
   * &lt;= 100; 2 if not set.
   */
  public HeteroSecureBoost guestDepth(long value) {
    parameter("guest_depth", value);
    return this;
  }

  /**
   * Sets {@code host_depth}: levels of the host in strategy layered. Takes an integer &gt;= 1 &lt;=
   * 100; 3 if not set.
   */
  public HeteroSecureBoost hostDepth(long value) {
    parameter("host_depth", value);
    return this;
  }

  /**
   * Sets {@code callback_param}: validation while training. Takes an object with [callbacks,
   * validation_freqs, early_stopping_rounds, metrics, use_first_metric_only, save_freq].
   */
  public HeteroSecureBoost callbackParam(Map<String, ?> value) {
    parameter("callback_param", value);
    return this;
  }

  /**
   * Sets {@code multi_mode}: a tree for each class, or one for all. Takes a text of [single_output,
   * multi_output]; "single_output" if not set.
   */
  public HeteroSecureBoost multiMode(String value) {
    parameter("multi_mode", value);
    return this;
  }

  /**
   * Sets {@code EINI_inference}: whether predictions hide paths. Takes true or false; false if not
   * set.
   */
  public HeteroSecureBoost EINIInference(boolean value) {
    parameter("EINI_inference", value);
    return this;
  }

  /**
   * Sets {@code EINI_random_mask}: whether scores of such predictions are distorted. Takes true or
   * false; false if not set.
   */
  public HeteroSecureBoost EINIRandomMask(boolean value) {
    parameter("EINI_random_mask", value);
    return this;
  }

  /**
   * Sets {@code EINI_complexity_check}: whether simple models are refused for them. Takes true or
   * false; false if not set.
   */
  public HeteroSecureBoost EINIComplexityCheck(boolean value) {
    parameter("EINI_complexity_check", value);
    return this;
  }
}

package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;
import java.util.Map;

/** {@code HeteroPoisson} in a pipeline. Not thread-safe. */
public final class HeteroPoisson extends PipelineComponent {

  /** A component of this name, without parameters. */
  public HeteroPoisson(String name) {
    super(name, "HeteroPoisson", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /** Sets {@code penalty}: L1, L2 or NONE. Takes a text or null; "L2" if not set. */
  public HeteroPoisson penalty(String value) {
    parameter("penalty", value);
    return this;
  }

  /** Sets {@code tol}: tolerance of the convergence rule. Takes a number; 1.0E-4 if not set. */
  public HeteroPoisson tol(double value) {
    parameter("tol", value);
    return this;
  }

  /** Sets {@code alpha}: strength of the penalty. Takes a number; 1.0 if not set. */
  public HeteroPoisson alpha(double value) {
    parameter("alpha", value);
    return this;
  }

  /**
   * Sets {@code batch_size}: rows of a batch; -1 for all. Takes an integer &gt;= -1; -1 if not set.
   */
  public HeteroPoisson batchSize(long value) {
    parameter("batch_size", value);
    return this;
  }

  /** Sets {@code learning_rate}: how far a step goes. Takes a number; 0.01 if not set. */
  public HeteroPoisson learningRate(double value) {
    parameter("learning_rate", value);
    return this;
  }

  /**
   * Sets {@code init_param}: how weights start. Takes an object with [init_method, init_const,
   * fit_intercept, random_seed].
   */
  public HeteroPoisson initParam(Map<String, ?> value) {
    parameter("init_param", value);
    return this;
  }

  /**
   * Sets {@code early_stop}: what is compared with tol. Takes a text of [diff, abs, weight_diff];
   * "diff" if not set.
   */
  public HeteroPoisson earlyStop(String value) {
    parameter("early_stop", value);
    return this;
  }

  /** Sets {@code decay}: how fast the learning rate falls. Takes a number; 1.0 if not set. */
  public HeteroPoisson decay(double value) {
    parameter("decay", value);
    return this;
  }

  /**
   * Sets {@code decay_sqrt}: whether it falls with the square root. Takes true or false; true if
   * not set.
   */
  public HeteroPoisson decaySqrt(boolean value) {
    parameter("decay_sqrt", value);
    return this;
  }

  /**
   * Sets {@code encrypted_mode_calculator_param}: of no effect. Takes an object with [mode,
   * re_encrypted_rate].
   */
  public HeteroPoisson encryptedModeCalculatorParam(Map<String, ?> value) {
    parameter("encrypted_mode_calculator_param", value);
    return this;
  }

  /** Sets {@code predict_param}: how scores become classes. Takes an object with [threshold]. */
  public HeteroPoisson predictParam(Map<String, ?> value) {
    parameter("predict_param", value);
    return this;
  }

  /**
   * Sets {@code cv_param}: cross-validation. Takes an object with [n_splits, mode, role, shuffle,
   * random_seed, need_cv, output_fold_history, history_value_type].
   */
  public HeteroPoisson cvParam(Map<String, ?> value) {
    parameter("cv_param", value);
    return this;
  }

  /**
   * Sets {@code stepwise_param}: stepwise selection. Takes an object with [score_name, mode, role,
   * direction, max_step, nvmin, nvmax, need_stepwise].
   */
  public HeteroPoisson stepwiseParam(Map<String, ?> value) {
    parameter("stepwise_param", value);
    return this;
  }

  /**
   * Sets {@code callback_param}: validation while training. Takes an object with [callbacks,
   * validation_freqs, early_stopping_rounds, metrics, use_first_metric_only, save_freq].
   */
  public HeteroPoisson callbackParam(Map<String, ?> value) {
    parameter("callback_param", value);
    return this;
  }

  /**
   * Sets {@code sqn_param}: settings of optimizer sqn. Takes an object with [update_interval_L,
   * memory_M, sample_size, random_seed].
   */
  public HeteroPoisson sqnParam(Map<String, ?> value) {
    parameter("sqn_param", value);
    return this;
  }

  /**
   * Sets {@code validation_freqs}: deprecated form of callback_param.validation_freqs. Takes an
   * integer or an array or null; null if not set.
   */
  public HeteroPoisson validationFreqs(Object value) {
    parameter("validation_freqs", value);
    return this;
  }

  /**
   * Sets {@code early_stopping_rounds}: deprecated form of callback_param.early_stopping_rounds.
   * Takes an integer or null &gt;= 1; null if not set.
   */
  public HeteroPoisson earlyStoppingRounds(Long value) {
    parameter("early_stopping_rounds", value);
    return this;
  }

  /**
   * Sets {@code use_first_metric_only}: deprecated form of callback_param.use_first_metric_only.
   * Takes true or false; false if not set.
   */
  public HeteroPoisson useFirstMetricOnly(boolean value) {
    parameter("use_first_metric_only", value);
    return this;
  }

  /** Sets {@code encrypt_param}: the key. Takes an object with [method, key_length]. */
  public HeteroPoisson encryptParam(Map<String, ?> value) {
    parameter("encrypt_param", value);
    return this;
  }

  /**
   * Sets {@code optimizer}: how gradients become steps. Takes a text of [sgd, rmsprop, adam,
   * adagrad]; "rmsprop" if not set.
   */
  public HeteroPoisson optimizer(String value) {
    parameter("optimizer", value);
    return this;
  }

  /**
   * Sets {@code shuffle}: whether batches are dealt out anew for each iteration. Takes true or
   * false; true if not set.
   */
  public HeteroPoisson shuffle(boolean value) {
    parameter("shuffle", value);
    return this;
  }

  /**
   * Sets {@code batch_strategy}: all rows in batches, or one random batch an iteration. Takes a
   * text of [full, random]; "full" if not set.
   */
  public HeteroPoisson batchStrategy(String value) {
    parameter("batch_strategy", value);
    return this;
  }

  /**
   * Sets {@code masked_rate}: how many more rows than a batch's hosts see; above 0 batches do not
   * follow from the job's seed, which hosts know. Takes a number &gt;= 0; 0.0 if not set.
   */
  public HeteroPoisson maskedRate(double value) {
    parameter("masked_rate", value);
    return this;
  }

  /** Sets {@code max_iter}: most iterations. Takes an integer &gt;= 1; 20 if not set. */
  public HeteroPoisson maxIter(long value) {
    parameter("max_iter", value);
    return this;
  }

  /**
   * Sets {@code floating_point_precision}: bits behind the point of features in encrypted products,
   * at most 35 are used; null for 35. Takes an integer or null; 23 if not set.
   */
  public HeteroPoisson floatingPointPrecision(Long value) {
    parameter("floating_point_precision", value);
    return this;
  }

  /**
   * Sets {@code metrics}: deprecated form of callback_param.metrics. Takes an array or null; null
   * if not set.
   */
  public HeteroPoisson metrics(List<?> value) {
    parameter("metrics", value);
    return this;
  }

  /**
   * Sets {@code exposure_colname}: the guest's column of exposures, which is no feature then. Takes
   * a text or null; null if not set.
   */
  public HeteroPoisson exposureColname(String value) {
    parameter("exposure_colname", value);
    return this;
  }
}

package io.fedflow.components.parameters;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import java.util.List;

/** The nested parameter objects that FATE's components share, with their defaults. */
public final class SharedParameters {

  /** The {@code method} of {@link #ENCRYPT} that stands for the scheme of this name. */
  public static final String OKAMOTO_UCHIYAMA = "okamotouchiyama";

  private static final List<String> METHODS =
      List.of("paillier", "iterativeaffine", "randomiterativeaffine", "ipcl", OKAMOTO_UCHIYAMA);

  /** {@code encrypt_param}: the homomorphic scheme and its key length in bits. */
  public static final ParameterSchema ENCRYPT =
      encrypt(
          "paillier",
          "homomorphic scheme; every choice but okamotouchiyama runs Paillier, and that one is for"
              + " parties that follow the protocol only");

  /** {@code encrypt_param} of components that encrypt nothing: null names no scheme. */
  public static final ParameterSchema ENCRYPT_OR_NONE =
      encrypt(null, "homomorphic scheme, or null; no choice has an effect");

  /** {@code encrypted_mode_calculator_param}: accepted, every mode re-encrypts strictly. */
  public static final ParameterSchema ENCRYPTED_MODE =
      ParameterSchema.builder()
          .choice(
              "mode",
              "strict",
              List.of("strict", "fast", "balance", "confusion_opt", "confusion_opt_balance"),
              "every mode runs as strict")
          .number("re_encrypted_rate", 1.0, 0.0, 1.0, "of no effect in strict mode")
          .build();

  /** {@code predict_param}: the decision threshold. */
  public static final ParameterSchema PREDICT =
      ParameterSchema.builder()
          .number("threshold", 0.5, null, null, "a score above it predicts the second class")
          .build();

  /** {@code callback_param}: validation, early stopping and checkpoints during training. */
  public static final ParameterSchema CALLBACK =
      ParameterSchema.builder()
          .choices(
              "callbacks",
              null,
              List.of("earlystopping", "performanceevaluate", "modelcheckpoint"),
              "what happens after an iteration")
          .any(
              "validation_freqs",
              null,
              "how often, or at which iterations, to evaluate",
              ParameterType.NULL,
              ParameterType.INT,
              ParameterType.LIST)
          .integer("early_stopping_rounds", null, 1, null, "evaluations without improvement")
          .any("metrics", null, "metrics to evaluate", ParameterType.NULL, ParameterType.LIST)
          .bool("use_first_metric_only", false, "only the first metric stops training")
          .any(
              "save_freq",
              1,
              "how often to keep a checkpoint",
              ParameterType.INT,
              ParameterType.TEXT)
          .build();

  /** {@code cv_param}: cross-validation. */
  public static final ParameterSchema CROSS_VALIDATION =
      ParameterSchema.builder()
          .integer("n_splits", 5, 1, null, "number of folds")
          .text("mode", "hetero", "set by the component")
          .text("role", "guest", "set by the component")
          .bool("shuffle", true, "whether rows are shuffled before they are cut into folds")
          .any("random_seed", 1, "seed of the shuffle", ParameterType.NULL, ParameterType.INT)
          .bool("need_cv", false, "whether to cross-validate instead of training one model")
          .bool("output_fold_history", true, "whether fold rows are the output")
          .choice(
              "history_value_type",
              "score",
              List.of("score", "instance"),
              "what the rows of the fold history hold")
          .build();

  /** {@code stepwise_param}: stepwise selection of features. */
  public static final ParameterSchema STEPWISE =
      ParameterSchema.builder()
          .choice("score_name", "aic", List.of("aic", "bic"), "the criterion")
          .text("mode", "hetero", "set by the component")
          .text("role", "guest", "set by the component")
          .choice("direction", "both", List.of("both", "forward", "backward"), "how to search")
          .integer("max_step", 10, 1, null, "longest search")
          .integer("nvmin", 2, 1, null, "fewest columns")
          .integer("nvmax", null, 1, null, "most columns")
          .bool("need_stepwise", false, "whether to search")
          .build();

  /** {@code init_param}: how the weights of linear models start. */
  public static final ParameterSchema INIT =
      ParameterSchema.builder()
          .choice(
              "init_method",
              "random_uniform",
              List.of("random_uniform", "random_normal", "zeros", "ones", "const"),
              "how weights start")
          .number("init_const", 1.0, null, null, "the weight of method const")
          .bool("fit_intercept", true, "whether the guest's model has an intercept")
          .any(
              "random_seed",
              null,
              "seed of random methods; null takes the job's",
              ParameterType.NULL,
              ParameterType.INT)
          .build();

  /** {@code sqn_param}: the stochastic quasi-Newton optimizer. */
  public static final ParameterSchema SQN =
      ParameterSchema.builder()
          .integer("update_interval_L", 3, 1, null, "batches between updates of the Hessian")
          .integer("memory_M", 5, 1, null, "pairs kept")
          .integer("sample_size", 5000, 1, null, "rows of a Hessian-vector product")
          .any("random_seed", null, "seed of the sample", ParameterType.NULL, ParameterType.INT)
          .build();

  private SharedParameters() {}

  private static ParameterSchema encrypt(String method, String description) {
    return ParameterSchema.builder()
        .choice("method", method, METHODS, description)
        .integer("key_length", 2048, 1024, 8192, "bits of the modulus; below 2048 is weak today")
        .build();
  }
}

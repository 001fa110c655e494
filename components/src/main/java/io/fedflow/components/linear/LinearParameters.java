package io.fedflow.components.linear;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.parameters.SharedParameters;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import java.util.List;
import java.util.Locale;

/** The parameters that linear models declare alike. */
public final class LinearParameters {

  /** Settings of the training itself, with the defaults that most linear models share. */
  public static final ParameterSchema TRAINING =
      ParameterSchema.builder()
          .any("penalty", "L2", "L1, L2 or NONE", ParameterType.TEXT, ParameterType.NULL)
          .number("tol", 0.0001, null, null, "tolerance of the convergence rule")
          .number("alpha", 1.0, null, null, "strength of the penalty")
          .integer("batch_size", -1, -1, null, "rows of a batch; -1 for all")
          .number("learning_rate", 0.01, null, null, "how far a step goes")
          .object("init_param", SharedParameters.INIT, "how weights start")
          .choice(
              "early_stop",
              "diff",
              List.of("diff", "abs", "weight_diff"),
              "what is compared with tol")
          .number("decay", 1.0, null, null, "how fast the learning rate falls")
          .bool("decay_sqrt", true, "whether it falls with the square root")
          .object(
              "encrypted_mode_calculator_param", SharedParameters.ENCRYPTED_MODE, "of no effect")
          .object("predict_param", SharedParameters.PREDICT, "how scores become classes")
          .object("cv_param", SharedParameters.CROSS_VALIDATION, "cross-validation")
          .object("stepwise_param", SharedParameters.STEPWISE, "stepwise selection")
          .object("callback_param", SharedParameters.CALLBACK, "validation while training")
          .object("sqn_param", SharedParameters.SQN, "settings of optimizer sqn")
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
          .bool(
              "use_first_metric_only",
              false,
              "deprecated form of callback_param.use_first_metric_only")
          .build();

  /** What classifiers declare beside {@link #TRAINING}. */
  public static final ParameterSchema CLASSES =
      ParameterSchema.builder()
          .choice("multi_class", "ovr", List.of("ovr"), "how more than two classes are handled")
          .any(
              "metrics",
              List.of("auc", "ks"),
              "deprecated form of callback_param.metrics",
              ParameterType.LIST,
              ParameterType.NULL)
          .build();

  private LinearParameters() {}

  /**
   * Refuses to go on from a model that has run as many iterations as there may be.
   *
   * @throws FedflowException {@code lr.max_iter} (INVALID)
   */
  public static void requireIterationsLeft(Params params, int done) {
    if (done >= params.integer("max_iter")) {
      throw FedflowException.invalid(
          "lr.max_iter",
          "max_iter: found "
              + params.integer("max_iter")
              + ", the given model has run "
              + done
              + " iterations already; allowed is more");
    }
  }

  /** The rules of {@link #TRAINING}, cross-validation included. */
  public static void check(Params params, String pointer, Problems problems) {
    String penalty = params.text("penalty");
    if (penalty != null
        && !List.of("L1", "L2", "NONE").contains(penalty.toUpperCase(Locale.ROOT))) {
      problems.error(pointer + "/penalty", "unknown choice", penalty, "L1, L2, NONE or null");
    }
    int batch = params.integer("batch_size");
    if (batch != -1 && batch < 10) {
      problems.error(pointer + "/batch_size", "out of range", batch, "-1, or at least 10");
    }
    FoldSettings.check(params, pointer, problems);
  }
}

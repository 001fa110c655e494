package io.fedflow.components.lr;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.linear.LinearParameters;
import io.fedflow.components.parameters.SharedParameters;
import io.fedflow.components.stepwise.StepRules;
import io.fedflow.components.validation.ValidationRules;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.failure.Problems;
import java.util.List;

/** What a conf may say to the linear models with an arbiter. */
final class LrParameters {

  private static final int LARGEST_PRECISION = 64;

  /** Of {@link HeteroLR}. */
  static final ParameterSchema LOGISTIC =
      training(Family.LOGISTIC, "rmsprop", 100, 5.0).include(LinearParameters.CLASSES).build();

  /** Of {@link HeteroLinR}. */
  static final ParameterSchema LINEAR = values(training(Family.LINEAR, "sgd", 20, 0.0)).build();

  /** Of {@link HeteroPoisson}. */
  static final ParameterSchema POISSON =
      values(training(Family.POISSON, "rmsprop", 20, 0.0))
          .any(
              Exposure.PARAMETER,
              null,
              "the guest's column of exposures, which is no feature then",
              ParameterType.TEXT,
              ParameterType.NULL)
          .build();

  private LrParameters() {}

  private static ParameterSchema.Builder values(ParameterSchema.Builder builder) {
    return builder.any(
        "metrics",
        null,
        "deprecated form of callback_param.metrics",
        ParameterType.LIST,
        ParameterType.NULL);
  }

  private static ParameterSchema.Builder training(
      Family family, String optimizer, int iterations, double maskedRate) {
    return ParameterSchema.builder()
        .include(LinearParameters.TRAINING)
        .object("encrypt_param", SharedParameters.ENCRYPT, "the key")
        .choice("optimizer", optimizer, family.optimizers(), "how gradients become steps")
        .bool("shuffle", true, "whether batches are dealt out anew for each iteration")
        .choice(
            "batch_strategy",
            "full",
            List.of("full", "random"),
            "all rows in batches, or one random batch an iteration")
        .number(
            "masked_rate",
            maskedRate,
            0.0,
            null,
            "how many more rows than a batch's hosts see; above 0 batches do not follow from the"
                + " job's seed, which hosts know")
        .integer("max_iter", iterations, 1, null, "most iterations")
        .any(
            "floating_point_precision",
            23,
            "bits behind the point of features in encrypted products, at most 35 are used; null"
                + " for 35",
            ParameterType.INT,
            ParameterType.NULL);
  }

  private static void checkSteps(Family family, Params params, String pointer, Problems problems) {
    String at = pointer + "/stepwise_param/need_stepwise";
    if (FoldSettings.wanted(params)) {
      problems.error(at, "stands beside cv_param/need_cv", true, "one of both");
    }
    if (problems.errors().isEmpty()
        && !ValidationSettings.of(params, family.type())
            .terms()
            .equals(ValidationSettings.none().terms())) {
      problems.error(
          at,
          "stands beside validation while training, which would tell the guest a host's scores of"
              + " every model that is tried",
          true,
          "no validation_freqs, or no stepwise_param");
    }
  }

  /** The rules over several parameters. */
  static void check(Family family, Params params, String pointer, Problems problems) {
    LinearParameters.check(params, pointer, problems);
    ValidationRules.check(
        params, params.integer("max_iter"), pointer, problems, List.of(family.type()));
    StepRules.check(params, pointer, problems);
    if (StepRules.wanted(params)) {
      checkSteps(family, params, pointer, problems);
    }
    if (!params.isNull("floating_point_precision")) {
      int bits = params.integer("floating_point_precision");
      if (bits < 0 || bits > LARGEST_PRECISION) {
        problems.error(
            pointer + "/floating_point_precision", "out of range", bits, "null, or 0..64");
      }
    }
  }
}

package io.fedflow.components.homolr;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.Params;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.linear.Convergence;
import io.fedflow.components.linear.LinearParameters;
import io.fedflow.components.parameters.SharedParameters;
import io.fedflow.components.stepwise.StepRules;
import io.fedflow.components.validation.ValidationRules;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.failure.Problems;
import java.util.Locale;

/** What a conf may say to {@link HomoLR}. */
final class HomoLrParameters {

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .include(LinearParameters.TRAINING)
          .object(
              "encrypt_param",
              SharedParameters.ENCRYPT_OR_NONE,
              "of no effect: weights are summed under masks")
          .choice("optimizer", "rmsprop", LocalOptimizer.NAMES, "how gradients become steps")
          .integer("max_iter", 100, 1, null, "most epochs")
          .integer("aggregate_iters", 1, 1, null, "epochs of each party between two means")
          .include(LinearParameters.CLASSES)
          .build();

  private HomoLrParameters() {}

  /** The rules over several parameters. */
  static void check(Params params, String pointer, Problems problems) {
    LinearParameters.check(params, pointer, problems);
    String method = params.object("encrypt_param").text("method");
    if (SharedParameters.OKAMOTO_UCHIYAMA.equals(method)) {
      problems.error(
          pointer + "/encrypt_param/method",
          "nothing is encrypted here, since weights are summed under masks",
          method,
          "paillier or null");
    }
    if (StepRules.wanted(params)) {
      problems.error(
          pointer + "/stepwise_param/need_stepwise",
          "stepwise selection is for parties with columns of their own",
          true,
          "false");
    }
    ValidationRules.check(params, params.integer("max_iter"), pointer, problems);
    if (problems.errors().isEmpty() && ValidationSettings.of(params).stopsEarly()) {
      problems.error(
          pointer + "/callback_param/early_stopping_rounds",
          "parties with rows of their own do not end by what one of them measures",
          ValidationSettings.of(params).rounds(),
          "null; early_stop ends the training");
    }
  }

  /** How many folds a cross-validation has; 0 without one. */
  static int folds(Params params) {
    return FoldSettings.wanted(params) ? FoldSettings.of(params).splits() : 0;
  }

  /** The rule that ends a training; {@code weight_diff} never does, as in FATE. */
  static Convergence convergence(Params params) {
    return new Convergence(
        Convergence.Rule.valueOf(params.text("early_stop").toUpperCase(Locale.ROOT)),
        params.number("tol"));
  }
}

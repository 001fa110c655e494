package io.fedflow.components.lr;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.components.linear.LinearParameters;
import io.fedflow.components.linear.Optimizer;
import io.fedflow.components.validation.ValidationRules;
import io.fedflow.failure.Problems;
import java.util.List;

/** What a conf may say to {@link HeteroLR}. */
final class LrParameters {

  private static final int LARGEST_PRECISION = 64;

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .include(LinearParameters.TRAINING)
          .choice("optimizer", "rmsprop", Optimizer.NAMES, "how gradients become steps")
          .bool("shuffle", true, "whether batches are dealt out anew for each iteration")
          .choice(
              "batch_strategy",
              "full",
              List.of("full", "random"),
              "all rows in batches, or one random batch an iteration")
          .number("masked_rate", 5.0, 0.0, null, "how many more rows than a batch's hosts see")
          .integer("max_iter", 100, 1, null, "most iterations")
          .choice("multi_class", "ovr", List.of("ovr"), "how more than two classes are handled")
          .any(
              "metrics",
              List.of("auc", "ks"),
              "deprecated form of callback_param.metrics",
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "floating_point_precision",
              23,
              "bits behind the point of features in encrypted products, at most 35 are used; null"
                  + " for 35",
              ParameterType.INT,
              ParameterType.NULL)
          .build();

  private LrParameters() {}

  /** The rules over several parameters. */
  static void check(Params params, String pointer, Problems problems) {
    LinearParameters.check(params, pointer, problems);
    ValidationRules.check(params, params.integer("max_iter"), pointer, problems);
    if (!params.isNull("floating_point_precision")) {
      int bits = params.integer("floating_point_precision");
      if (bits < 0 || bits > LARGEST_PRECISION) {
        problems.error(
            pointer + "/floating_point_precision", "out of range", bits, "null, or 0..64");
      }
    }
  }
}

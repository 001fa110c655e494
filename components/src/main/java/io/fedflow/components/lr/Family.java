package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.linear.BinaryPredictions;
import io.fedflow.components.linear.LrSchemas;
import io.fedflow.components.linear.Optimizer;
import io.fedflow.components.linear.ValuePredictions;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.MessageSchema;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * What tells linear models with an arbiter apart. All of them have residuals d, gradients {@code
 * mean(d x)} and the same messages; z is the linear score of a row.
 */
enum Family {
  /** {@code d = z/4 - y/2} with y of -1, +1: the logistic loss, expanded around 0. */
  LOGISTIC(
      "HeteroLR",
      "HeteroLogisticRegression",
      EvalType.BINARY,
      Optimizer.NAMES,
      LrSchemas.META,
      LrSchemas.PARAM),
  /** {@code d = z - y}: half of the squared error. */
  LINEAR(
      "HeteroLinR",
      "HeteroLinearRegression",
      EvalType.REGRESSION,
      List.of("sgd", "rmsprop", "adam", "adagrad", "sqn"),
      LrSchemas.LINEAR_META,
      LrSchemas.LINEAR_PARAM),
  /** {@code d = mu - y} with {@code mu = e^z}, the product of what guest and host know of it. */
  POISSON(
      "HeteroPoisson",
      "HeteroPoissonRegression",
      EvalType.REGRESSION,
      List.of("sgd", "rmsprop", "adam", "adagrad"),
      LrSchemas.POISSON_META,
      LrSchemas.POISSON_PARAM);

  private final String module;
  private final String stored;
  private final EvalType type;
  private final List<String> optimizers;
  private final MessageSchema meta;
  private final MessageSchema param;

  Family(
      String module,
      String stored,
      EvalType type,
      List<String> optimizers,
      MessageSchema meta,
      MessageSchema param) {
    this.module = module;
    this.stored = stored;
    this.type = type;
    this.optimizers = optimizers;
    this.meta = meta;
    this.param = param;
  }

  /** The name in a DSL. */
  String module() {
    return module;
  }

  String metaName() {
    return stored + "Meta";
  }

  String paramName() {
    return stored + "Param";
  }

  MessageSchema meta() {
    return meta;
  }

  MessageSchema param() {
    return param;
  }

  /** What the predictions are. */
  EvalType type() {
    return type;
  }

  List<String> optimizers() {
    return optimizers;
  }

  /**
   * Whether shares of residuals are multiplied, not added. Then only the guest can join them, and
   * one host at most takes part.
   */
  boolean multiplies() {
    return this == POISSON;
  }

  /** The table as this family reads it: Poisson keeps exposure in place of sample weights. */
  Table prepared(TaskContext context, Table table) {
    return this == POISSON ? Exposure.of(context, table) : table;
  }

  /** A host's share of residuals from its part of the scores. */
  double[] signal(double[] scores) {
    return switch (this) {
      case LOGISTIC -> Arrays.stream(scores).map(z -> z / 4).toArray();
      case LINEAR -> scores.clone();
      case POISSON -> Arrays.stream(scores).map(Math::exp).toArray();
    };
  }

  /**
   * What is taken from the scaled scores to get residuals: labels, or halves of their signs.
   *
   * @throws io.fedflow.failure.FedflowException {@code label.missing}, {@code label.classes} or
   *     {@code label.range} (INVALID)
   */
  double[] targets(Table table) {
    return switch (this) {
      case LOGISTIC -> Arrays.stream(LrInputs.signs(table)).map(sign -> sign / 2).toArray();
      case LINEAR -> LrInputs.values(table, Double.NEGATIVE_INFINITY);
      case POISSON -> LrInputs.values(table, 0);
    };
  }

  /**
   * The guest's own share of residuals: all but the hosts' for sums, what is not multiplied for
   * products. Sample weights are not in it.
   */
  double[] own(double[] scores, double[] targets) {
    double[] own = new double[scores.length];
    for (int i = 0; i < own.length; i++) {
      own[i] =
          switch (this) {
            case LOGISTIC -> scores[i] / 4 - targets[i];
            case LINEAR -> scores[i] - targets[i];
            case POISSON -> -targets[i];
          };
    }
    return own;
  }

  /** The part of a batch's loss that no weight moves. */
  double constantLoss(double[] targets, double[] weights) {
    if (this == LOGISTIC) {
      return targets.length * Math.log(2);
    }
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum += this == LINEAR ? weights[i] * targets[i] * targets[i] / 2 : targets[i];
    }
    return sum;
  }

  /**
   * -2 times the log-likelihood of a model, up to a constant of the data.
   *
   * @throws io.fedflow.failure.FedflowException {@code training.diverged} (INVALID) if the loss
   *     gives none
   */
  double deviance(int rows, double loss) {
    double deviance = this == LINEAR ? rows * Math.log(2 * loss) : 2 * rows * loss;
    if (!Double.isFinite(deviance)) {
      throw FedflowException.invalid(
          "training.diverged",
          "stepwise_param: found the loss " + loss + ", which has no information criterion");
    }
    return deviance;
  }

  /**
   * The table of predictions.
   *
   * @param scores whole linear scores, offsets included; read, not retained
   */
  Table predictions(Table rows, double[] scores, Params params, String rowType) {
    if (this == LOGISTIC) {
      return BinaryPredictions.of(
          rows,
          Arrays.stream(scores).map(BinaryPredictions::logistic).toArray(),
          params.object("predict_param").number("threshold"),
          rowType);
    }
    return ValuePredictions.of(rows, this == LINEAR ? scores : signal(scores), rowType);
  }

  /** What exposure adds to scores; zeros without any. */
  double[] offsets(Table table) {
    return this == POISSON ? Exposure.offsets(table) : new double[table.rowCount()];
  }

  /** Sample weights scaled to mean 1, or null without any; Poisson has none. */
  double[] sampleWeights(Table table) {
    return this == POISSON ? null : LrInputs.sampleWeights(table);
  }
}

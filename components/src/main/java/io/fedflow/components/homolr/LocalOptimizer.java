package io.fedflow.components.homolr;

import java.util.List;

/**
 * How one party's gradients move its weights between two means: the rules and constants of PyTorch
 * ({@code torch.optim}), which differ from those of FATE's own optimizers. Moments survive a mean.
 * Not thread-safe.
 */
final class LocalOptimizer {

  /** What a conf may name. */
  static final List<String> NAMES =
      List.of("sgd", "nesterov_momentum_sgd", "rmsprop", "adam", "adagrad");

  private static final double MOMENTUM = 0.9;
  private static final double RMS_DECAY = 0.99;
  private static final double SECOND_DECAY = 0.999;
  private static final double EPSILON = 1e-8;
  private static final double ADAGRAD_EPSILON = 1e-10;

  private final String name;
  private final double rate;
  private final double decay;
  private final boolean squareRoot;
  private final double weightDecay;
  private final double[] first;
  private final double[] second;
  private int steps;

  /**
   * Without steps so far.
   *
   * @param name of {@link #NAMES}
   * @param decay the rate is divided by 1 + decay * steps, or by the root of that
   * @param weightDecay how much of a weight is added to its gradient
   * @param weights how many there are
   */
  LocalOptimizer(
      String name, double rate, double decay, boolean squareRoot, double weightDecay, int weights) {
    this.name = name;
    this.rate = rate;
    this.decay = decay;
    this.squareRoot = squareRoot;
    this.weightDecay = weightDecay;
    this.first = new double[weights];
    this.second = new double[weights];
  }

  /** Moves weights in place. */
  void step(double[] weights, double[] gradient) {
    double slower = 1 + decay * steps;
    double current = rate / (squareRoot ? Math.sqrt(slower) : slower);
    steps++;
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= current * direction(i, gradient[i] + weightDecay * weights[i]);
    }
  }

  private double direction(int i, double gradient) {
    return switch (name) {
      case "sgd" -> gradient;
      case "nesterov_momentum_sgd" -> {
        first[i] = MOMENTUM * first[i] + gradient;
        yield gradient + MOMENTUM * first[i];
      }
      case "rmsprop" -> {
        second[i] = RMS_DECAY * second[i] + (1 - RMS_DECAY) * gradient * gradient;
        yield gradient / (Math.sqrt(second[i]) + EPSILON);
      }
      case "adagrad" -> {
        second[i] += gradient * gradient;
        yield gradient / (Math.sqrt(second[i]) + ADAGRAD_EPSILON);
      }
      case "adam" -> {
        first[i] = MOMENTUM * first[i] + (1 - MOMENTUM) * gradient;
        second[i] = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * gradient * gradient;
        double mean = first[i] / (1 - Math.pow(MOMENTUM, steps));
        double square = second[i] / (1 - Math.pow(SECOND_DECAY, steps));
        yield mean / (Math.sqrt(square) + EPSILON);
      }
      default -> throw new IllegalArgumentException("optimizer " + name + " is unknown");
    };
  }
}

package io.fedflow.components.linear;

import java.util.List;

/**
 * Turns gradients into steps; weights move by minus a step. Element by element, so that the order
 * of weights does not matter. Keeps moments between calls: one object for one training, not
 * thread-safe.
 *
 * <p>Formulas and constants are those of FATE 1.11's {@code federatedml/optim/optimizer.py}.
 */
public abstract class Optimizer {

  /** Names that {@link #named} knows. */
  public static final List<String> NAMES =
      List.of("sgd", "rmsprop", "adam", "adagrad", "nesterov_momentum_sgd", "sqn");

  private final LearningRate rate;

  private Optimizer(LearningRate rate) {
    this.rate = rate;
  }

  /**
   * An optimizer by its name in confs; {@code sqn} is sgd, as FATE 1.11 runs it for logistic
   * regression.
   *
   * @param weights how many weights there are
   * @throws IllegalArgumentException for another name
   */
  public static Optimizer named(String name, LearningRate rate, int weights) {
    return switch (name) {
      case "sgd", "sqn" -> new Sgd(rate);
      case "nesterov_momentum_sgd" -> new Nesterov(rate, weights);
      case "rmsprop" -> new RmsProp(rate, weights);
      case "adagrad" -> new AdaGrad(rate, weights);
      case "adam" -> new Adam(rate, weights);
      default -> throw new IllegalArgumentException("optimizer " + name + " is unknown");
    };
  }

  /**
   * The step for a gradient.
   *
   * @param gradient shape [weights]; read, not retained
   * @param iteration counted from 0; all batches of an iteration share it
   * @return shape [weights]
   */
  public double[] step(double[] gradient, int iteration) {
    double[] step = new double[gradient.length];
    double current = rate.at(iteration);
    prepare();
    for (int i = 0; i < step.length; i++) {
      step[i] = step(i, gradient[i], current);
    }
    return step;
  }

  /** Before the weights of one call. */
  void prepare() {}

  abstract double step(int index, double gradient, double rate);

  private static final class Sgd extends Optimizer {
    Sgd(LearningRate rate) {
      super(rate);
    }

    @Override
    double step(int index, double gradient, double rate) {
      return rate * gradient;
    }
  }

  private static final class Nesterov extends Optimizer {
    private static final double MOMENTUM = 0.9;
    private final double[] momentum;

    Nesterov(LearningRate rate, int weights) {
      super(rate);
      momentum = new double[weights];
    }

    @Override
    double step(int index, double gradient, double rate) {
      double next = MOMENTUM * momentum[index] - rate * gradient;
      double step = MOMENTUM * momentum[index] - (1 + MOMENTUM) * next;
      momentum[index] = next;
      return step;
    }
  }

  private static final class RmsProp extends Optimizer {
    private static final double DECAY = 0.99;
    private static final double EPSILON = 1e-6;
    private final double[] squares;

    RmsProp(LearningRate rate, int weights) {
      super(rate);
      squares = new double[weights];
    }

    @Override
    double step(int index, double gradient, double rate) {
      squares[index] = DECAY * squares[index] + (1 - DECAY) * gradient * gradient;
      return rate * gradient / Math.sqrt(squares[index] + EPSILON);
    }
  }

  private static final class AdaGrad extends Optimizer {
    private static final double EPSILON = 1e-7;
    private final double[] squares;

    AdaGrad(LearningRate rate, int weights) {
      super(rate);
      squares = new double[weights];
    }

    @Override
    double step(int index, double gradient, double rate) {
      squares[index] += gradient * gradient;
      return rate * gradient / (Math.sqrt(squares[index]) + EPSILON);
    }
  }

  private static final class Adam extends Optimizer {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    private final double[] first;
    private final double[] second;
    private double power1 = 1;
    private double power2 = 1;

    Adam(LearningRate rate, int weights) {
      super(rate);
      first = new double[weights];
      second = new double[weights];
    }

    @Override
    void prepare() {
      power1 *= BETA1;
      power2 *= BETA2;
    }

    @Override
    double step(int index, double gradient, double rate) {
      first[index] = BETA1 * first[index] + (1 - BETA1) * gradient;
      second[index] = BETA2 * second[index] + (1 - BETA2) * gradient * gradient;
      double mean = first[index] / (1 - power1);
      double variance = second[index] / (1 - power2);
      return rate * mean / (Math.sqrt(variance) + EPSILON);
    }
  }
}

package io.fedflow.components.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OptimizerTest {

  private static final LearningRate RATE = new LearningRate(0.1, 1, true);

  private static double[] twoSteps(String name) {
    Optimizer optimizer = Optimizer.named(name, RATE, 1);
    return new double[] {
      optimizer.step(new double[] {2}, 0)[0], optimizer.step(new double[] {1}, 3)[0]
    };
  }

  @Test
  void learningRate_decaysByRootOrLinearly() {
    assertThat(RATE.at(3)).isEqualTo(0.05);
    assertThat(new LearningRate(0.1, 1, false).at(3)).isEqualTo(0.025);
    assertThat(new LearningRate(0.1, 0, true).at(99)).isEqualTo(0.1);
  }

  @Test
  void sgd_isTheRateTimesTheGradient_andSqnRunsAsSgd() {
    assertThat(twoSteps("sgd")).containsExactly(0.2, 0.05);
    assertThat(twoSteps("sqn")).containsExactly(0.2, 0.05);
  }

  @Test
  void rmsprop_startsWithTenTimesTheRate() {
    double first = 0.01 * 4;
    double second = 0.99 * first + 0.01;
    assertThat(twoSteps("rmsprop"))
        .containsExactly(
            new double[] {0.1 * 2 / Math.sqrt(first + 1e-6), 0.05 * 1 / Math.sqrt(second + 1e-6)},
            within(1e-15));
  }

  @Test
  void adagrad_addsUpSquares() {
    assertThat(twoSteps("adagrad"))
        .containsExactly(
            new double[] {0.1 * 2 / (2 + 1e-7), 0.05 / (Math.sqrt(5) + 1e-7)}, within(1e-15));
  }

  @Test
  void adam_correctsItsBias() {
    double first = 0.9 * 0.2 + 0.1;
    double second = 0.999 * 0.004 + 0.001;
    assertThat(twoSteps("adam"))
        .containsExactly(
            new double[] {
              0.1 * 2 / (2 + 1e-8),
              0.05 * (first / 0.19) / (Math.sqrt(second / (1 - 0.999 * 0.999)) + 1e-8)
            },
            within(1e-12));
  }

  @Test
  void nesterov_looksAhead() {
    double v = -0.2;
    double w = 0.9 * v - 0.05;
    assertThat(twoSteps("nesterov_momentum_sgd"))
        .containsExactly(new double[] {-1.9 * v, 0.9 * v - 1.9 * w}, within(1e-15));
  }

  @Test
  void l1_shrinksByTheRootOfTheIteration_andNeverErasesTheFirst() {
    Penalty l1 = new Penalty(Penalty.Kind.L1, 0.5, 0.1);
    double[] weights = {0.3, -0.3, 0.01};
    double[] still = new double[3];
    assertThat(l1.update(weights, still, 0))
        .containsExactly(new double[] {0.25, -0.25, 0}, within(1e-15));
    assertThat(l1.update(weights, still, 4))
        .containsExactly(new double[] {0.275, -0.275, 0}, within(1e-15));
    assertThat(l1.loss(weights)).isCloseTo(0.305, within(1e-15));
  }

  @Test
  void l2_actsOnTheGradient() {
    Penalty l2 = new Penalty(Penalty.Kind.L2, 0.5, 0.1);
    assertThat(l2.gradient(new double[] {2, -4})).containsExactly(1, -2);
    assertThat(l2.loss(new double[] {2, -4})).isEqualTo(5);
    assertThat(l2.update(new double[] {2}, new double[] {0.5}, 7)).containsExactly(1.5);
  }

  @Test
  void convergence_comparesWhatItsNameSays() {
    Convergence diff = new Convergence(Convergence.Rule.DIFF, 0.1);
    assertThat(diff.reached(1, null)).isFalse();
    assertThat(diff.reached(0.5, null)).isFalse();
    assertThat(diff.reached(0.55, null)).isTrue();
    assertThat(new Convergence(Convergence.Rule.ABS, 0.1).reached(0.1, null)).isTrue();
    Convergence weights = new Convergence(Convergence.Rule.WEIGHT_DIFF, 0.5);
    assertThat(weights.reached(Double.NaN, new double[] {0.3, 0.4})).isFalse();
    assertThat(weights.reached(Double.NaN, new double[] {0.3, 0.3})).isTrue();
  }
}

package io.fedflow.components.homolr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOptimizerTest {

  private static final double[][] GRADIENTS = {{0.5, -2}, {0.25, 1}, {-1.5, 0.125}};

  /** Weights after three steps, from the formulas of {@code torch.optim}'s documentation. */
  @ParameterizedTest
  @CsvSource({
    "sgd,1.072127949000,-0.909802799000",
    "nesterov_momentum_sgd,1.037869708191,-0.600612129341",
    "rmsprop,0.494654464360,-0.501322576116",
    "adam,0.840371528461,-0.855163688831",
    "adagrad,0.948088953835,-0.949370524403"
  })
  void threeSteps_goWhereThoseOfPyTorchGo(String name, double first, double second) {
    LocalOptimizer optimizer = new LocalOptimizer(name, 0.1, 0, true, 0.01, 2);
    double[] weights = {1, -1};
    for (double[] gradient : GRADIENTS) {
      optimizer.step(weights, gradient);
    }
    assertThat(weights).containsExactly(new double[] {first, second}, within(1e-9));
  }
}

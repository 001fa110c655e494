package io.fedflow.components.testing;

import java.util.Arrays;

/** Pearson's correlation by its definition, beside which others are tested. */
public final class Correlation {

  private Correlation() {}

  /** Of as many numbers each; 0 if one of them is constant. */
  public static double of(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double product = 0;
    double squaresX = 0;
    double squaresY = 0;
    for (int row = 0; row < x.length; row++) {
      product += (x[row] - meanX) * (y[row] - meanY);
      squaresX += (x[row] - meanX) * (x[row] - meanX);
      squaresY += (y[row] - meanY) * (y[row] - meanY);
    }
    return squaresX == 0 || squaresY == 0 ? 0 : product / Math.sqrt(squaresX * squaresY);
  }
}

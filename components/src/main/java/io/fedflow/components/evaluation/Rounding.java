package io.fedflow.components.evaluation;

import java.util.ArrayList;
import java.util.List;

/** The form in which values are reported: six digits, and a number even for what is none. */
final class Rounding {

  private static final double SCALE = 1e6;
  // JSON has no infinity; boards know this stand-in.
  private static final double NO_NUMBER = -9999999;

  private Rounding() {}

  static double round(double value) {
    return Double.isFinite(value) ? Math.rint(value * SCALE) / SCALE : NO_NUMBER;
  }

  static List<Double> round(double[] values) {
    List<Double> rounded = new ArrayList<>(values.length);
    for (double value : values) {
      rounded.add(round(value));
    }
    return rounded;
  }
}

package io.fedflow.components.vector;

/**
 * Work space of one thread: operands and result of as many products as there are lanes. Lanes that
 * nobody fills hold small digits of before, which harm nothing.
 */
final class LaneSpace {

  private static final int LANES = LaneProducts.LANES;

  private final int digits;
  private final double[] upper;
  private double[] left;
  private double[] right;
  private double[] out;

  /**
   * Space for numbers of some digits.
   *
   * @param upper of the modulus, shape [digits]
   */
  LaneSpace(double[] upper) {
    this.digits = upper.length;
    this.upper = upper;
    int size = (digits + LaneProducts.BLOCK) * LANES;
    this.left = new double[size];
    this.right = new double[size];
    this.out = new double[size];
  }

  /** Takes up to all lanes of the left operand from consecutive residues. */
  void left(long[] values, int from, int count) {
    for (int lane = 0; lane < count; lane++) {
      leftLane(values, from + lane, lane);
    }
  }

  /** Takes up to all lanes of the right operand from consecutive residues. */
  void right(long[] values, int from, int count) {
    for (int lane = 0; lane < count; lane++) {
      rightLane(values, from + lane, lane);
    }
  }

  /** Puts one residue into all lanes of the right operand. */
  void rightAll(long[] values, int index) {
    for (int lane = 0; lane < LANES; lane++) {
      rightLane(values, index, lane);
    }
  }

  /** Sets one lane of the left operand. */
  void leftLane(long[] values, int index, int lane) {
    gather(values, index, left, lane);
  }

  /** Sets one lane of the right operand. */
  void rightLane(long[] values, int index, int lane) {
    gather(values, index, right, lane);
  }

  private void gather(long[] values, int index, double[] operand, int lane) {
    int at = index * digits;
    for (int j = 0, to = lane; j < digits; j++, to += LANES) {
      operand[to] = Double.longBitsToDouble(values[at + j]);
    }
  }

  /** Sets a digit of the left operand. */
  void leftDigit(int digit, int lane, double value) {
    left[digit * LANES + lane] = value;
  }

  /** Reads one lane of the right operand. */
  void writeRightLane(int lane, long[] values, int index) {
    scatter(right, lane, values, index);
  }

  /** Multiplies all lanes. */
  void multiply() {
    LaneProducts.multiply(left, right, upper, out, digits);
  }

  /** Squares all lanes of the left operand, which takes the squares; the right one is lost. */
  void squareLeft(int times) {
    for (int t = 0; t < times; t++) {
      LaneProducts.square(left, right, upper, out, digits);
      double[] square = out;
      out = left;
      left = square;
    }
  }

  /** Makes the products the right operand. */
  void productsToRight() {
    double[] products = out;
    out = right;
    right = products;
  }

  /** Writes the products of the first lanes to consecutive residues. */
  void writeProducts(long[] values, int from, int count) {
    for (int lane = 0; lane < count; lane++) {
      scatter(out, lane, values, from + lane);
    }
  }

  /** Writes the first lanes of the left operand to consecutive residues. */
  void writeLeft(long[] values, int from, int count) {
    for (int lane = 0; lane < count; lane++) {
      scatter(left, lane, values, from + lane);
    }
  }

  private void scatter(double[] numbers, int lane, long[] values, int index) {
    int at = index * digits;
    for (int j = 0, from = lane; j < digits; j++, from += LANES) {
      values[at + j] = Double.doubleToRawLongBits(numbers[from]);
    }
  }

  /** A digit of a product. */
  long productDigit(int digit, int lane) {
    return (long) out[digit * LANES + lane];
  }
}

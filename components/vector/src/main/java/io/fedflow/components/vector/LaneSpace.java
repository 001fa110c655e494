package io.fedflow.components.vector;

/**
 * Work space of one thread: operands and result of as many products as there are lanes. Lanes that
 * nobody fills hold small digits of before, which harm nothing.
 */
final class LaneSpace {

  private static final int LANES = LaneProducts.LANES;
  private static final long LOW = 0xFFFFFFFFL;

  private final int digits;
  private final int words;
  private final double[] upper;
  private final long[] packed;
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
    this.words = digits / 2;
    this.upper = upper;
    this.packed = new long[words * LANES];
    int size = (digits + LaneProducts.BLOCK) * LANES;
    this.left = new double[size];
    this.right = new double[size];
    this.out = new double[size];
    java.util.Arrays.fill(packed, LaneProducts.BIAS << 32 | LaneProducts.BIAS);
  }

  /** Takes up to all lanes of the left operand from consecutive residues. */
  void left(long[] values, int from, int count) {
    gather(values, from, count);
    unpackLeft();
  }

  /** Takes up to all lanes of the right operand from consecutive residues. */
  void right(long[] values, int from, int count) {
    gather(values, from, count);
    LaneProducts.unpack(packed, right, digits);
  }

  /** Puts one residue into all lanes of the right operand. */
  void rightAll(long[] values, int index) {
    for (int lane = 0; lane < LANES; lane++) {
      gatherLane(values, index, lane);
    }
    LaneProducts.unpack(packed, right, digits);
  }

  private void gather(long[] values, int from, int count) {
    for (int lane = 0; lane < count; lane++) {
      gatherLane(values, from + lane, lane);
    }
  }

  /** Takes a residue into a lane; it counts after {@link #unpackLeft()}. */
  void gatherLane(long[] values, int index, int lane) {
    int at = index * words;
    for (int w = 0, to = lane; w < words; w++, to += LANES) {
      packed[to] = values[at + w];
    }
  }

  /** Makes what was gathered the left operand. */
  void unpackLeft() {
    LaneProducts.unpack(packed, left, digits);
  }

  /** Sets a digit of the left operand. */
  void leftDigit(int digit, int lane, double value) {
    left[digit * LANES + lane] = value;
  }

  /** Sets one lane of the right operand. */
  void rightLane(long[] values, int index, int lane) {
    int at = index * words;
    for (int w = 0, to = lane; w < words; w++, to += 2 * LANES) {
      long word = values[at + w];
      right[to] = (int) (word & LOW) - (int) LaneProducts.BIAS;
      right[to + LANES] = (int) (word >>> 32) - (int) LaneProducts.BIAS;
    }
  }

  /** Reads one lane of the right operand. */
  void writeRightLane(int lane, long[] values, int index) {
    int at = index * words;
    for (int w = 0, from = lane; w < words; w++, from += 2 * LANES) {
      long even = (long) right[from] + LaneProducts.BIAS;
      long odd = (long) right[from + LANES] + LaneProducts.BIAS;
      values[at + w] = odd << 32 | even;
    }
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
    write(out, values, from, count);
  }

  /** Writes the first lanes of the left operand to consecutive residues. */
  void writeLeft(long[] values, int from, int count) {
    write(left, values, from, count);
  }

  private void write(double[] numbers, long[] values, int from, int count) {
    LaneProducts.pack(numbers, packed, digits);
    for (int lane = 0; lane < count; lane++) {
      int at = (from + lane) * words;
      for (int w = 0, source = lane; w < words; w++, source += LANES) {
        values[at + w] = packed[source];
      }
    }
  }

  /** The digits of a product, lowest first. */
  void productDigits(int lane, long[] into) {
    for (int j = 0; j < digits; j++) {
      into[j] = (long) out[j * LANES + lane];
    }
  }
}

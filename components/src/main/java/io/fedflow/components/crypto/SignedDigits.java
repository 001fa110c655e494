package io.fedflow.components.crypto;

/**
 * Cuts signed integers into signed digits of {@code window} bits: {@code value = sum digit_i *
 * 2^(window*i)} with {@code |digit_i| <= 2^(window-1)}. Half the buckets of unsigned digits.
 */
final class SignedDigits {

  private final int window;
  private final int count;

  /** Added before the cut, these carry exactly when the digits below exceed what they can hold. */
  private final long[] carries;

  private SignedDigits(int window, int count) {
    this.window = window;
    this.count = count;
    this.carries = new long[count];
    for (int i = 1; i < count; i++) {
      carries[i] = carries[i - 1] | (buckets() - 1L) << (window * (i - 1));
    }
  }

  /**
   * The digits that make bucket sums cheapest.
   *
   * @param rows integers a column
   * @param magnitudeBits every |integer| is at most 2 to this power
   */
  static SignedDigits cheapest(int rows, int magnitudeBits) {
    SignedDigits best = null;
    for (int window = 2; window <= 14; window++) {
      SignedDigits digits = new SignedDigits(window, magnitudeBits / window + 1);
      if (best == null || digits.products(rows) < best.products(rows)) {
        best = digits;
      }
    }
    return best;
  }

  /** One product a row and digit, and two for each of the buckets. */
  private double products(int rows) {
    return count * (rows + 2.0 * Math.min(rows, 2L * buckets()));
  }

  /** Digits of one integer. */
  int count() {
    return count;
  }

  /** Bits of one digit. */
  int window() {
    return window;
  }

  /** The largest |digit|. */
  int buckets() {
    return 1 << (window - 1);
  }

  /** The digit at a position of an integer. */
  int digit(long value, int position) {
    long mask = (1L << window) - 1;
    long digit = (Math.abs(value) + carries[position]) >>> (window * position) & mask;
    long signed = digit > buckets() ? digit - mask - 1 : digit;
    return (int) (value < 0 ? -signed : signed);
  }
}

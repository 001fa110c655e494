package io.fedflow.components.crypto;

import java.util.Arrays;

/**
 * The bucket sums of one matrix product. Parts are numbered {@code column * digits + position};
 * each part writes its own two residues, one for positive and one for negative digits, so threads
 * share nothing.
 */
final class BucketSums {

  private final ModularKernel kernel;
  private final SignedDigits digits;
  private final FixedPointMatrix matrix;
  private final long[] ciphertexts;
  private final long[] positive;
  private final long[] negative;

  BucketSums(
      ModularKernel kernel, SignedDigits digits, FixedPointMatrix matrix, long[] ciphertexts) {
    this.kernel = kernel;
    this.digits = digits;
    this.matrix = matrix;
    this.ciphertexts = ciphertexts;
    int size = Math.multiplyExact(matrix.columns() * digits.count(), kernel.words());
    this.positive = new long[size];
    this.negative = new long[size];
  }

  /** Computes the parts {@code from} to {@code to - 1}. */
  void accumulate(int from, int to) {
    int half = digits.buckets();
    long[] buckets = new long[2 * half * kernel.words()];
    boolean[] filled = new boolean[2 * half];
    int[] bucket = new int[matrix.rows()];
    int[] row = new int[matrix.rows()];
    for (int part = from; part < to; part++) {
      Arrays.fill(filled, false);
      int pairs = assign(part, bucket, row);
      kernel.mulIndexed(buckets, bucket, ciphertexts, row, pairs, filled);
      weigh(buckets, filled, 0, positive, part);
      weigh(buckets, filled, half, negative, part);
    }
  }

  /** Which row goes to which bucket; zero digits go nowhere. */
  private int assign(int part, int[] bucket, int[] row) {
    long[] column = matrix.column(part / digits.count());
    int position = part % digits.count();
    int pairs = 0;
    for (int r = 0; r < column.length; r++) {
      int digit = digits.digit(column[r], position);
      if (digit != 0) {
        bucket[pairs] = digit > 0 ? digit - 1 : digits.buckets() - digit - 1;
        row[pairs++] = r;
      }
    }
    return pairs;
  }

  /**
   * The product of {@code bucket_j ^ (j+1)}: running products of running products, from the top.
   */
  private void weigh(long[] buckets, boolean[] filled, int first, long[] out, int part) {
    int words = kernel.words();
    long[] running = new long[words];
    boolean started = false;
    kernel.one(out, part);
    for (int j = digits.buckets() - 1; j >= 0; j--) {
      if (filled[first + j]) {
        if (started) {
          kernel.mulBatch(running, 0, buckets, first + j, running, 0, 1);
        } else {
          System.arraycopy(buckets, (first + j) * words, running, 0, words);
          started = true;
        }
      }
      if (started) {
        kernel.mulBatch(out, part, running, 0, out, part, 1);
      }
    }
  }

  /** The results of all columns, once all parts are done. One inversion of an integer. */
  long[] join() {
    long[] up = horner(positive);
    long[] down = horner(negative);
    Residues.invertBatch(kernel, down, 0, matrix.columns());
    kernel.mulBatch(up, 0, down, 0, up, 0, matrix.columns());
    return up;
  }

  private long[] horner(long[] parts) {
    int words = kernel.words();
    long[] out = new long[matrix.columns() * words];
    for (int c = 0; c < matrix.columns(); c++) {
      int top = (c + 1) * digits.count() - 1;
      System.arraycopy(parts, top * words, out, c * words, words);
      for (int position = digits.count() - 2; position >= 0; position--) {
        kernel.squareBatch(out, c, 1, digits.window());
        kernel.mulBatch(out, c, parts, c * digits.count() + position, out, c, 1);
      }
    }
    return out;
  }
}

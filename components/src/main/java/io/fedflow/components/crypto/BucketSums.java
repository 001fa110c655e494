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

  /** Buckets that are held at once, so that sums of several parts run side by side. */
  private static final int BUCKETS_AT_ONCE = 1 << 14;

  /** Parts whose bucket sums run side by side: with both signs, as many as kernels have lanes. */
  private static final int PARTS_AT_ONCE = 4;

  /** Computes the parts {@code from} to {@code to - 1}. */
  void accumulate(int from, int to) {
    int size = 2 * digits.buckets();
    int most = Math.max(1, Math.min(PARTS_AT_ONCE, BUCKETS_AT_ONCE / size));
    int group = Math.min(most, Math.max(1, to - from));
    long[] buckets = new long[group * size * kernel.words()];
    boolean[] filled = new boolean[group * size];
    int[] bucket = new int[matrix.rows()];
    int[] row = new int[matrix.rows()];
    for (int part = from; part < to; part += group) {
      int parts = Math.min(group, to - part);
      Arrays.fill(filled, false);
      for (int i = 0; i < parts; i++) {
        int pairs = assign(part + i, i * size, bucket, row);
        kernel.mulIndexed(buckets, bucket, ciphertexts, row, pairs, filled);
      }
      weigh(buckets, filled, parts, part);
    }
  }

  /** Which row goes to which bucket; zero digits go nowhere. */
  private int assign(int part, int first, int[] bucket, int[] row) {
    long[] column = matrix.column(part / digits.count());
    int position = part % digits.count();
    int pairs = 0;
    for (int r = 0; r < column.length; r++) {
      int digit = digits.digit(column[r], position);
      if (digit != 0) {
        bucket[pairs] = first + (digit > 0 ? digit - 1 : digits.buckets() - digit - 1);
        row[pairs++] = r;
      }
    }
    return pairs;
  }

  /**
   * The products of {@code bucket_j ^ (j+1)}: running products of running products, from the top,
   * for all parts and signs of the group at once.
   */
  private void weigh(long[] buckets, boolean[] filled, int parts, int firstPart) {
    int half = digits.buckets();
    int sums = 2 * parts;
    int words = kernel.words();
    long[] running = new long[sums * words];
    long[] weighed = new long[sums * words];
    boolean[] started = new boolean[sums];
    boolean[] any = new boolean[sums];
    int[] to = new int[sums];
    int[] from = new int[sums];
    for (int j = half - 1; j >= 0; j--) {
      int pairs = 0;
      for (int sum = 0; sum < sums; sum++) {
        if (filled[sum * half + j]) {
          to[pairs] = sum;
          from[pairs++] = sum * half + j;
        }
      }
      kernel.mulIndexed(running, to, buckets, from, pairs, started);
      pairs = 0;
      for (int sum = 0; sum < sums; sum++) {
        if (started[sum]) {
          to[pairs] = sum;
          from[pairs++] = sum;
        }
      }
      kernel.mulIndexed(weighed, to, running, from, pairs, any);
    }
    for (int sum = 0; sum < sums; sum++) {
      if (!any[sum]) {
        kernel.one(weighed, sum);
      }
      long[] out = sum % 2 == 0 ? positive : negative;
      System.arraycopy(weighed, sum * words, out, (firstPart + sum / 2) * words, words);
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
    int columns = matrix.columns();
    int words = kernel.words();
    long[] out = new long[columns * words];
    int[] to = new int[columns];
    int[] from = new int[columns];
    boolean[] filled = new boolean[columns];
    for (int position = digits.count() - 1; position >= 0; position--) {
      if (position < digits.count() - 1) {
        kernel.squareBatch(out, 0, columns, digits.window());
      }
      for (int c = 0; c < columns; c++) {
        to[c] = c;
        from[c] = c * digits.count() + position;
      }
      kernel.mulIndexed(out, to, parts, from, columns, filled);
    }
    return out;
  }
}

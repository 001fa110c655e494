package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Sums of ciphertexts by bin, for several columns at once. One product a row and column.
 *
 * <p>Immutable and thread-safe; results do not depend on the width of the cipher's pool.
 */
public final class EncryptedHistogram {

  /** The bin of a row that a column does not count, for example a missing value. */
  public static final int NO_BIN = -1;

  private static final int ROWS_WORTH_A_PIECE = 512;
  private static final int COLUMNS_WORTH_A_PIECE = 8;

  private final AdditiveCipher cipher;

  /** Histograms under the cipher's key and on its pool. */
  public EncryptedHistogram(AdditiveCipher cipher) {
    this.cipher = cipher;
  }

  /**
   * Sums by column and bin.
   *
   * <p>Not obfuscated, and an empty bin is a visible zero: {@link AdditiveCipher#rerandomise} the
   * result before it leaves.
   *
   * @param bins shape [columns][rows]: the bin of each row, of [0, binCounts[column]) or {@link
   *     #NO_BIN}; read, not retained
   * @param binCounts shape [columns], each at least 1
   * @param values shape [rows]
   * @return the bins of column 0, then those of column 1 and so on; same scale; bound {@code rows *
   *     values.bound()}
   * @throws CryptoException with reason SHAPE if rows or columns differ, OUT_OF_RANGE that names
   *     row and column of a bin that does not exist, OVERFLOW, WRONG_KEY
   */
  public CiphertextBatch sums(int[][] bins, int[] binCounts, CiphertextBatch values) {
    CiphertextBatch own = cipher.own(values);
    BigInteger bound = values.bound().multiply(BigInteger.valueOf(values.count()));
    cipher.checkBound(bound, Reason.OVERFLOW, "a histogram of " + values.count() + " rows");
    int[] offsets = offsets(bins, binCounts, values.count());
    int total = offsets[binCounts.length];
    int chunks = chunks(bins.length, values.count());
    Partial[] partials = new Partial[bins.length * chunks];
    cipher
        .pool()
        .forRanges(
            partials.length,
            1,
            (from, to) -> {
              for (int piece = from; piece < to; piece++) {
                int column = piece / chunks;
                partials[piece] =
                    partial(bins[column], binCounts[column], piece % chunks, chunks, own);
              }
            });
    return cipher.result(join(partials, chunks, offsets, total), values.scaleBits(), bound);
  }

  /**
   * Running sums over the bins of each column. A row is in one bin of a column at most, so the
   * bound stays.
   *
   * @param sums what {@link #sums} gave, or some of its columns
   * @param binCounts shape [columns]
   * @return as {@code sums}; the last bin of a column has its total
   * @throws CryptoException with reason SHAPE if there are not as many sums as bins, WRONG_KEY
   */
  public CiphertextBatch cumulative(CiphertextBatch sums, int[] binCounts) {
    long[] out = cipher.own(sums).limbs().clone();
    int[] offsets = new int[binCounts.length + 1];
    for (int c = 0; c < binCounts.length; c++) {
      offsets[c + 1] = Math.addExact(offsets[c], binCounts[c]);
    }
    if (offsets[binCounts.length] != sums.count()) {
      throw new CryptoException(
          Reason.SHAPE, sums.count() + " sums for " + offsets[binCounts.length] + " bins");
    }
    cipher
        .pool()
        .forRanges(
            binCounts.length,
            COLUMNS_WORTH_A_PIECE,
            (from, to) -> accumulate(out, offsets, from, to));
    return cipher.result(out, sums.scaleBits(), sums.bound());
  }

  /** One step a bin for all columns at once, since kernels like many products better than one. */
  private void accumulate(long[] out, int[] offsets, int from, int to) {
    ModularKernel kernel = cipher.kernel();
    int words = kernel.words();
    long[] before = new long[(to - from) * words];
    int[] target = new int[to - from];
    int[] source = new int[to - from];
    int pairs = to - from;
    for (int bin = 1; pairs > 0; bin++) {
      pairs = 0;
      for (int c = from; c < to; c++) {
        if (offsets[c] + bin < offsets[c + 1]) {
          int at = offsets[c] + bin;
          System.arraycopy(out, (at - 1) * words, before, pairs * words, words);
          target[pairs] = at;
          source[pairs] = pairs++;
        }
      }
      kernel.mulIndexed(out, target, before, source, pairs, null);
    }
  }

  /** Pieces of rows a column, so that few columns keep all threads busy too. */
  private int chunks(int columns, int rows) {
    int wanted = (2 * cipher.pool().parallelism() + columns - 1) / Math.max(1, columns);
    return Math.max(1, Math.min(wanted, rows / ROWS_WORTH_A_PIECE));
  }

  private record Partial(long[] limbs, boolean[] filled) {}

  private Partial partial(int[] bins, int binCount, int chunk, int chunks, CiphertextBatch values) {
    int from = (int) ((long) bins.length * chunk / chunks);
    int to = (int) ((long) bins.length * (chunk + 1) / chunks);
    int[] target = new int[to - from];
    int[] source = new int[to - from];
    int pairs = 0;
    for (int row = from; row < to; row++) {
      if (bins[row] != NO_BIN) {
        target[pairs] = bins[row];
        source[pairs++] = row;
      }
    }
    ModularKernel kernel = cipher.kernel();
    Partial sums = new Partial(new long[binCount * kernel.words()], new boolean[binCount]);
    kernel.mulIndexed(sums.limbs, target, values.limbs(), source, pairs, sums.filled);
    return sums;
  }

  private long[] join(Partial[] partials, int chunks, int[] offsets, int total) {
    ModularKernel kernel = cipher.kernel();
    long[] out = new long[Math.multiplyExact(total, kernel.words())];
    boolean[] filled = new boolean[total];
    for (int piece = 0; piece < partials.length; piece++) {
      int offset = offsets[piece / chunks];
      int[] bin = new int[partials[piece].filled.length];
      int pairs = 0;
      for (int b = 0; b < bin.length; b++) {
        if (partials[piece].filled[b]) {
          bin[pairs++] = b;
        }
      }
      int[] target = Arrays.stream(bin, 0, pairs).map(b -> b + offset).toArray();
      kernel.mulIndexed(out, target, partials[piece].limbs, bin, pairs, filled);
    }
    for (int i = 0; i < total; i++) {
      if (!filled[i]) {
        kernel.one(out, i);
      }
    }
    return out;
  }

  private static int[] offsets(int[][] bins, int[] binCounts, int rows) {
    if (bins.length != binCounts.length) {
      throw new CryptoException(
          Reason.SHAPE, bins.length + " columns of bins and " + binCounts.length + " bin counts");
    }
    int[] offsets = new int[bins.length + 1];
    for (int c = 0; c < bins.length; c++) {
      check(c, bins[c], binCounts[c], rows);
      offsets[c + 1] = Math.addExact(offsets[c], binCounts[c]);
    }
    return offsets;
  }

  private static void check(int column, int[] bins, int binCount, int rows) {
    if (binCount < 1 || bins.length != rows) {
      throw new CryptoException(
          Reason.SHAPE,
          "column "
              + column
              + " has "
              + bins.length
              + " rows and "
              + binCount
              + " bins for "
              + rows
              + " ciphertexts");
    }
    for (int row = 0; row < rows; row++) {
      if (bins[row] < NO_BIN || bins[row] >= binCount) {
        throw new CryptoException(
            Reason.OUT_OF_RANGE,
            "bin "
                + bins[row]
                + " in row "
                + row
                + ", column "
                + column
                + "; "
                + binCount
                + " bins");
      }
    }
  }
}

package io.fedflow.components.binning;

import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.CounterPacking;
import io.fedflow.components.crypto.PaillierCipher;
import io.fedflow.components.crypto.PaillierPublicKey;
import io.fedflow.components.crypto.PlaintextBatch;
import java.math.BigInteger;
import java.util.List;

/**
 * How label counts share ciphertexts: two slots a row (event, non-event), and as many bins a
 * ciphertext of the histogram as the key holds. Both sides derive it from the key and the number of
 * rows. Immutable and thread-safe.
 */
final class HistogramPacking {

  private static final int CLASSES = 2;

  private final CounterPacking row;
  private final CounterPacking bins;
  private final int binsPerCiphertext;

  /** The packing for sums over at most {@code rows} rows under a key. */
  HistogramPacking(PaillierPublicKey key, int rows) {
    this.row = CounterPacking.forSums(CLASSES, 1, Math.max(1, rows), key);
    this.binsPerCiphertext = Math.max(1, CounterPacking.slotsIn(key, row.slotBits()) / CLASSES);
    this.bins = CounterPacking.forSums(CLASSES * binsPerCiphertext, 1, Math.max(1, rows), key);
  }

  /** One plaintext per row; {@code indicators} has shape [2][rows]. */
  PlaintextBatch packRows(long[][] indicators) {
    return row.pack(indicators);
  }

  /** Joins the sums of several bins in one ciphertext each; not yet re-randomised. */
  CiphertextBatch packBins(PaillierCipher cipher, CiphertextBatch sums) {
    int groups = ciphertexts(sums.count());
    int padding = groups * binsPerCiphertext - sums.count();
    BigInteger[] zeros = new BigInteger[padding];
    java.util.Arrays.fill(zeros, BigInteger.ZERO);
    CiphertextBatch padded =
        cipher.concat(
            List.of(sums, cipher.encryptVisibly(PlaintextBatch.of(zeros, 0, BigInteger.ZERO))));
    CiphertextBatch packed = padded.select(slot(groups, binsPerCiphertext - 1));
    for (int i = binsPerCiphertext - 2; i >= 0; i--) {
      packed =
          cipher.add(
              cipher.shiftLeft(packed, CLASSES * row.slotBits()), padded.select(slot(groups, i)));
    }
    return packed;
  }

  /** How many ciphertexts carry the sums of so many bins. */
  int ciphertexts(int binCount) {
    return (binCount + binsPerCiphertext - 1) / binsPerCiphertext;
  }

  /**
   * Takes decrypted sums apart.
   *
   * @return shape [2][binCount]: events, non-events
   */
  long[][] unpackBins(PlaintextBatch packed, int binCount) {
    long[][] slots = bins.unpack(packed);
    long[][] counts = new long[CLASSES][binCount];
    for (int bin = 0; bin < binCount; bin++) {
      for (int label = 0; label < CLASSES; label++) {
        counts[label][bin] =
            slots[CLASSES * (bin % binsPerCiphertext) + label][bin / binsPerCiphertext];
      }
    }
    return counts;
  }

  private int[] slot(int groups, int index) {
    int[] positions = new int[groups];
    for (int group = 0; group < groups; group++) {
      positions[group] = group * binsPerCiphertext + index;
    }
    return positions;
  }
}

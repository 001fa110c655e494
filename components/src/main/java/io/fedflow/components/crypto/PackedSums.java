package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of rows of a few counters each, as many of them in one ciphertext as the key holds. Holders
 * of the key and of ciphertexts derive it alike from the key and what is public of the counters.
 * Immutable and thread-safe.
 */
public final class PackedSums {

  private final CounterPacking row;
  private final CounterPacking joined;
  private final int sumsPerCiphertext;

  /**
   * The packing of a key.
   *
   * @param counters counters of a row, at least 1
   * @param largestCounter largest value of one counter, at least 1
   * @param rows how many rows a sum may have
   * @throws CryptoException with reason KEY_TOO_SMALL or OVERFLOW if one sum does not fit
   */
  public PackedSums(AdditivePublicKey key, int counters, long largestCounter, int rows) {
    int additions = Math.max(1, rows);
    this.row = CounterPacking.forSums(counters, largestCounter, additions, key);
    this.sumsPerCiphertext = Math.max(1, CounterPacking.slotsIn(key, row.slotBits()) / counters);
    this.joined =
        CounterPacking.forSums(counters * sumsPerCiphertext, largestCounter, additions, key);
  }

  /** One plaintext per row; {@code counters} has shape [counters][rows]. */
  public PlaintextBatch packRows(long[][] counters) {
    return row.pack(counters);
  }

  /** Joins several sums in one ciphertext each; not yet re-randomised. */
  public CiphertextBatch join(AdditiveCipher cipher, CiphertextBatch sums) {
    int groups = ciphertexts(sums.count());
    BigInteger[] zeros = new BigInteger[groups * sumsPerCiphertext - sums.count()];
    Arrays.fill(zeros, BigInteger.ZERO);
    CiphertextBatch padded =
        cipher.concat(
            List.of(sums, cipher.encryptVisibly(PlaintextBatch.of(zeros, 0, BigInteger.ZERO))));
    CiphertextBatch packed = padded.select(slot(groups, sumsPerCiphertext - 1));
    for (int i = sumsPerCiphertext - 2; i >= 0; i--) {
      packed =
          cipher.add(
              cipher.shiftLeft(packed, row.slots() * row.slotBits()),
              padded.select(slot(groups, i)));
    }
    return packed;
  }

  /** How many ciphertexts carry so many sums. */
  public int ciphertexts(int sums) {
    return (sums + sumsPerCiphertext - 1) / sumsPerCiphertext;
  }

  /**
   * Takes decrypted sums apart.
   *
   * @param packed what {@link #join} made of {@code sums} sums
   * @return shape [counters][sums]
   * @throws CryptoException with reason OVERFLOW if a plaintext holds more than sums
   */
  public long[][] unpack(PlaintextBatch packed, int sums) {
    long[][] slots = joined.unpack(packed);
    long[][] counters = new long[row.slots()][sums];
    for (int sum = 0; sum < sums; sum++) {
      for (int counter = 0; counter < counters.length; counter++) {
        counters[counter][sum] =
            slots[counters.length * (sum % sumsPerCiphertext) + counter][sum / sumsPerCiphertext];
      }
    }
    return counters;
  }

  /** Takes sums apart that were never joined: one of them a plaintext. */
  public long[][] unpackRows(PlaintextBatch sums) {
    return row.unpack(sums);
  }

  private int[] slot(int groups, int index) {
    int[] positions = new int[groups];
    for (int group = 0; group < groups; group++) {
      positions[group] = group * sumsPerCiphertext + index;
    }
    return positions;
  }
}

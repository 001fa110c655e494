package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;

/**
 * Several small counters in one plaintext: {@code sum counter_s * 2^(slotBits*s)}. Sums of packed
 * plaintexts are packed sums as long as no slot overflows, which the bounds prove: each counter is
 * at most {@code largestCounter}, at most {@code largestSum / largestCounter} of them are added,
 * and {@code largestSum < 2^slotBits}.
 *
 * <p>Immutable and thread-safe. Counters are whole numbers, scale 0.
 */
public final class CounterPacking {

  private final Slots layout;
  private final long largestCounter;
  private final long largestSum;

  private CounterPacking(Slots layout, long largestCounter, long largestSum) {
    this.layout = layout;
    this.largestCounter = largestCounter;
    this.largestSum = largestSum;
  }

  /**
   * The narrowest packing that a key holds.
   *
   * @param slots counters a plaintext, at least 1
   * @param largestCounter largest value of one counter, at least 1
   * @param additions how many packed plaintexts may be added, at least 1
   * @throws CryptoException with reason KEY_TOO_SMALL if the slots exceed the key's message space,
   *     OVERFLOW if a sum may exceed 63 bits
   */
  public static CounterPacking forSums(
      int slots, long largestCounter, long additions, AdditivePublicKey key) {
    if (slots < 1 || largestCounter < 1 || additions < 1) {
      throw new IllegalArgumentException(
          "slots, largest counter and additions must be positive: "
              + slots
              + ", "
              + largestCounter
              + ", "
              + additions);
    }
    if (Math.multiplyHigh(largestCounter, additions) != 0 || largestCounter * additions < 0) {
      throw new CryptoException(
          Reason.OVERFLOW, additions + " counters up to " + largestCounter + " exceed 63 bits");
    }
    long largestSum = largestCounter * additions;
    int slotBits = 64 - Long.numberOfLeadingZeros(largestSum);
    CounterPacking packing =
        new CounterPacking(new Slots(slots, slotBits), largestCounter, largestSum);
    if (packing.packedBound(largestSum).compareTo(key.largestPlaintext()) > 0) {
      throw new CryptoException(
          Reason.KEY_TOO_SMALL,
          slots
              + " slots of "
              + slotBits
              + " bits in a key of "
              + key.bits()
              + " bits; at most "
              + slotsIn(key, slotBits));
    }
    return packing;
  }

  /** How many slots of a width surely fit a key. */
  public static int slotsIn(AdditivePublicKey key, int slotBits) {
    return (key.largestPlaintext().bitLength() - 1) / slotBits;
  }

  /** Counters a plaintext. */
  public int slots() {
    return layout.count();
  }

  /** Bits of a slot, 1..63. */
  public int slotBits() {
    return layout.bits();
  }

  /** The packed value with every slot at {@code counter}. */
  private BigInteger packedBound(long counter) {
    return layout.filled(BigInteger.valueOf(counter));
  }

  /**
   * Packs counters.
   *
   * @param counters shape [slots][count], each of [0, largestCounter]; not retained
   * @return shape [count]
   * @throws CryptoException with reason OUT_OF_RANGE that names slot and index, SHAPE if slots or
   *     lengths differ
   */
  public PlaintextBatch pack(long[][] counters) {
    if (counters.length != layout.count()) {
      throw new CryptoException(
          Reason.SHAPE, counters.length + " rows of counters for " + layout.count() + " slots");
    }
    BigInteger[] packed = new BigInteger[counters[0].length];
    for (int i = 0; i < packed.length; i++) {
      int index = i;
      packed[i] = layout.join(slot -> BigInteger.valueOf(counter(counters, slot, index)));
    }
    return new PlaintextBatch(packed, 0, packedBound(largestCounter));
  }

  private long counter(long[][] counters, int slot, int index) {
    if (counters[slot].length != counters[0].length) {
      throw new CryptoException(Reason.SHAPE, "slot " + slot + " differs in length from slot 0");
    }
    long counter = counters[slot][index];
    if (counter < 0 || counter > largestCounter) {
      throw new CryptoException(
          Reason.OUT_OF_RANGE,
          "the counter at slot "
              + slot
              + ", index "
              + index
              + " is not within 0.."
              + largestCounter);
    }
    return counter;
  }

  /**
   * Unpacks sums of packed counters.
   *
   * @param sums packed plaintexts or sums of them, scale 0
   * @return shape [slots][count]
   * @throws CryptoException with reason OVERFLOW if the bound shows that more were added than
   *     declared, or a plaintext is no packed sum
   */
  public long[][] unpack(PlaintextBatch sums) {
    if (sums.bound().compareTo(packedBound(largestSum)) > 0) {
      throw new CryptoException(
          Reason.OVERFLOW, "more packed plaintexts were added than the packing declares");
    }
    long[][] counters = new long[layout.count()][sums.count()];
    for (int i = 0; i < sums.count(); i++) {
      int index = i;
      BigInteger[] values = layout.split(sums.mantissa(i)).orElseThrow(() -> noSum(index));
      for (int s = 0; s < values.length; s++) {
        counters[s][i] = values[s].longValue();
      }
    }
    return counters;
  }

  private static CryptoException noSum(int index) {
    return new CryptoException(
        Reason.OVERFLOW, "the plaintext at index " + index + " is no sum of packed counters");
  }

  @Override
  public String toString() {
    return "packing[slots=" + layout.count() + ", slotBits=" + layout.bits() + "]";
  }
}

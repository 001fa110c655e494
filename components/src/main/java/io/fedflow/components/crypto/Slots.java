package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Whole numbers side by side in one: {@code sum value_i * 2^(bits*i)}. Sums of such numbers, and
 * their products with a number, hold the sums and products of the values, as long as each of those
 * fits its slot.
 *
 * @param count slots, at least 1
 * @param bits bits of a slot, at least 1
 */
record Slots(int count, int bits) {

  /** Puts values side by side; {@code values} gives one for each slot, negative ones allowed. */
  BigInteger join(IntFunction<BigInteger> values) {
    BigInteger joined = BigInteger.ZERO;
    for (int slot = count - 1; slot >= 0; slot--) {
      joined = joined.shiftLeft(bits).add(values.apply(slot));
    }
    return joined;
  }

  /** The same value in every slot. */
  BigInteger filled(BigInteger value) {
    return join(slot -> value);
  }

  /**
   * Takes values of [0, 2^bits) apart.
   *
   * @return one for each slot; empty if no such values give {@code joined}
   */
  Optional<BigInteger[]> split(BigInteger joined) {
    BigInteger mask = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    BigInteger[] values = new BigInteger[count];
    BigInteger rest = joined;
    for (int slot = 0; slot < count; slot++) {
      values[slot] = rest.and(mask);
      rest = rest.shiftRight(bits);
    }
    return rest.signum() == 0 ? Optional.of(values) : Optional.empty();
  }

  /**
   * Takes values of [-2^(bits-1), 2^(bits-1)) apart.
   *
   * @return one for each slot; empty if no such values give {@code joined}
   */
  Optional<BigInteger[]> splitSigned(BigInteger joined) {
    BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
    Optional<BigInteger[]> values = split(joined.add(filled(half)));
    values.ifPresent(
        shifted -> {
          for (int slot = 0; slot < count; slot++) {
            shifted[slot] = shifted[slot].subtract(half);
          }
        });
    return values;
  }
}

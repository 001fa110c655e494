package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.BitSet;

/** Trial division. */
final class SmallPrimes {

  private SmallPrimes() {}

  /** The primes below {@code limit}, by the sieve of Eratosthenes. */
  static int[] below(int limit) {
    BitSet composite = new BitSet(limit);
    for (int p = 2; (long) p * p < limit; p = composite.nextClearBit(p + 1)) {
      for (int multiple = p * p; multiple < limit; multiple += p) {
        composite.set(multiple);
      }
    }
    return java.util.stream.IntStream.range(2, limit).filter(i -> !composite.get(i)).toArray();
  }

  /** The product of the primes below {@code limit}. */
  static BigInteger primorial(int limit) {
    BigInteger product = BigInteger.ONE;
    for (int prime : below(limit)) {
      product = product.multiply(BigInteger.valueOf(prime));
    }
    return product;
  }
}

package io.fedflow.components.crypto;

import java.math.BigInteger;

/**
 * Paillier's encryption without randomness: {@code 1 + mn mod n^2}.
 *
 * @param kernel of n^2
 * @param n the modulus of the key
 */
record PaillierEncoding(ModularKernel kernel, BigInteger n) implements VisibleEncryption {

  @Override
  public ResidueWriter of(PlaintextBatch plain) {
    return (from, to, out, outFrom) -> {
      BigInteger[] values = new BigInteger[to - from];
      for (int i = from; i < to; i++) {
        values[i - from] = plain.mantissa(i).mod(n).multiply(n).add(BigInteger.ONE);
      }
      Residues.enter(kernel, values, 0, out, outFrom, to - from);
    };
  }
}

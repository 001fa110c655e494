package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * Obfuscators {@code hs^a mod n^2} with random a of half the modulus's bits, for holders of the
 * public key only (Damgård, Jurik and Nielsen, 2010, section 4.2).
 */
final class PublicObfuscators implements Obfuscators {

  private final ModularKernel kernel;
  private final PaillierPublicKey key;
  private final LazyComb comb;

  PublicObfuscators(PaillierPublicKey key, ModularKernel kernel) {
    this.key = key;
    this.kernel = kernel;
    this.comb = new LazyComb(kernel, key.obfuscatorBase(), exponentBits());
  }

  private int exponentBits() {
    return (key.bits() + 1) / 2;
  }

  @Override
  public Drawn draw(int count, SecureRandom random) {
    BigInteger[] exponents = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      exponents[i] = new BigInteger(exponentBits(), random);
    }
    FixedBaseComb table = comb.forUses(count);
    return (from, to, out, outFrom) -> table.pow(exponents, from, to, out, outFrom);
  }

  /** The name of the kernel only. */
  @Override
  public String toString() {
    return "obfuscators[" + kernel.name() + "]";
  }
}

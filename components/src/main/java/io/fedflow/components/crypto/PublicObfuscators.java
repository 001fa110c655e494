package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * Obfuscators for holders of the public key only: random powers of a base that the key names. The
 * longer their exponents, the closer to uniform they are; keys say how long.
 */
final class PublicObfuscators implements Obfuscators {

  private final ModularKernel kernel;
  private final int exponentBits;
  private final LazyComb comb;

  /**
   * Powers of a base.
   *
   * @param base a random encryption of zero
   * @param exponentBits bits of a random exponent
   */
  PublicObfuscators(ModularKernel kernel, BigInteger base, int exponentBits) {
    this.kernel = kernel;
    this.exponentBits = exponentBits;
    this.comb = new LazyComb(kernel, base, exponentBits);
  }

  @Override
  public ResidueWriter draw(int count, SecureRandom random) {
    BigInteger[] exponents = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      exponents[i] = new BigInteger(exponentBits, random);
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

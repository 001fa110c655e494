package io.fedflow.components.crypto;

import java.math.BigInteger;

/**
 * Builds a comb at its first use and a larger one once enough uses have come to pay for it.
 * Thread-safe; a comb that was handed out stays valid.
 */
final class LazyComb {

  private static final int BLOCKS = 8;
  private static final int SMALL_TEETH = 8;
  private static final int MEDIUM_TEETH = 10;
  private static final int LARGE_TEETH = 12;

  /** Uses that pay for the table of 2^10 and 2^12 entries a block. */
  private static final int MEDIUM_USES = 250;

  private static final int LARGE_USES = 2500;

  private final ModularKernel kernel;
  private final BigInteger base;
  private final int exponentBits;
  private long uses;
  private int teeth;
  private FixedBaseComb comb;

  LazyComb(ModularKernel kernel, BigInteger base, int exponentBits) {
    this.kernel = kernel;
    this.base = base;
    this.exponentBits = exponentBits;
  }

  /** The comb to use for {@code more} powers. */
  synchronized FixedBaseComb forUses(int more) {
    uses += more;
    int wanted =
        uses >= LARGE_USES ? LARGE_TEETH : uses >= MEDIUM_USES ? MEDIUM_TEETH : SMALL_TEETH;
    // More teeth than that have nothing to bite in short exponents.
    int useful = Math.min(wanted, (exponentBits + BLOCKS - 1) / BLOCKS);
    if (useful > teeth) {
      teeth = useful;
      comb = new FixedBaseComb(kernel, Residues.enter(kernel, base), exponentBits, teeth, BLOCKS);
    }
    return comb;
  }
}

package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * Products of powers of a few bases that stay the same, modulo one number: {@code prod base_b ^
 * exponent_b}, as commitments are. Tables of powers of each base are built at the first use and
 * grow with uses (Lim and Lee, CRYPTO 1994). Thread-safe; results depend neither on the kernel nor
 * on the pool's width. Look-ups are indexed by the exponents, so running time depends on them.
 */
public final class FixedBases {

  /** Products that are made side by side. */
  private static final int CHUNK = 64;

  private final ModularKernel kernel;
  private final List<LazyComb> combs;
  private final int exponentBits;
  private final ComputePool pool;

  /**
   * Over some bases.
   *
   * @param kernel of the modulus
   * @param bases at least one, each of [0, modulus)
   * @param exponentBits the longest exponent, in bits; at least 1
   */
  FixedBases(ModularKernel kernel, List<BigInteger> bases, int exponentBits, ComputePool pool) {
    this.kernel = kernel;
    this.combs = bases.stream().map(base -> new LazyComb(kernel, base, exponentBits)).toList();
    this.exponentBits = exponentBits;
    this.pool = pool;
  }

  /**
   * Products of powers.
   *
   * @param exponents shape [bases][count], none negative or of more bits than given when made
   * @return shape [count], of [0, modulus)
   * @throws IllegalArgumentException if bases or counts differ, or an exponent is out of range
   */
  public BigInteger[] products(BigInteger[]... exponents) {
    check(exponents);
    int count = exponents[0].length;
    FixedBaseComb[] tables =
        combs.stream().map(comb -> comb.forUses(count)).toArray(FixedBaseComb[]::new);
    BigInteger[] out = new BigInteger[count];
    pool.forLanes(
        count,
        1,
        kernel.lanes(),
        (from, to) -> {
          for (int at = from; at < to; at += CHUNK) {
            BigInteger[] chunk = chunk(tables, exponents, at, Math.min(to, at + CHUNK));
            System.arraycopy(chunk, 0, out, at, chunk.length);
          }
        });
    return out;
  }

  private BigInteger[] chunk(FixedBaseComb[] tables, BigInteger[][] exponents, int from, int to) {
    int count = to - from;
    long[] product = new long[count * kernel.words()];
    tables[0].pow(exponents[0], from, to, product, 0);
    for (int base = 1; base < tables.length; base++) {
      long[] power = new long[product.length];
      tables[base].pow(exponents[base], from, to, power, 0);
      kernel.mulBatch(product, 0, power, 0, product, 0, count);
    }
    return Residues.leaveAll(kernel, product, 0, count);
  }

  private void check(BigInteger[][] exponents) {
    if (exponents.length != combs.size()
        || Arrays.stream(exponents).anyMatch(each -> each.length != exponents[0].length)) {
      throw new IllegalArgumentException(
          "exponents of "
              + exponents.length
              + " bases, allowed are as many for each of "
              + combs.size());
    }
    for (BigInteger[] ofBase : exponents) {
      for (BigInteger exponent : ofBase) {
        if (exponent.signum() < 0 || exponent.bitLength() > exponentBits) {
          throw new IllegalArgumentException(
              "an exponent that is negative or of more than " + exponentBits + " bits");
        }
      }
    }
  }

  /** How many bases only. */
  @Override
  public String toString() {
    return "fixed bases[" + combs.size() + "]";
  }
}

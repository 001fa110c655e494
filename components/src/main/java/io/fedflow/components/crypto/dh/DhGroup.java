package io.fedflow.components.crypto.dh;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeSet;

/**
 * The group of squares modulo one of the published safe primes (Oakley group 2 of RFC 2409 with
 * 1024 bits, RFC 3526 beyond). Both documents define the primes by the digits of pi: {@code 2^n -
 * 2^(n-64) - 1 + 2^64 * (floor(2^(n-130) * pi) + k)}, with the least k that makes p and (p - 1) / 2
 * prime. Immutable and thread-safe.
 */
public final class DhGroup {

  /** Bits to k. */
  private static final Map<Integer, Integer> CONSTANTS =
      Map.of(
          1024, 129_093,
          1536, 741_804,
          2048, 124_476,
          3072, 1_690_314,
          4096, 240_904,
          6144, 929_484,
          8192, 4_743_158);

  /**
   * Bits of the prime to bits of a short secret exponent. Each is more than twice the strength of
   * its group by RFC 3526 (section 8, first estimate: 180 bits of exponent for 1536, 220, 260, 300,
   * 340, 380), RFC 7919 (appendix A, for other primes of these lengths: 225 bits for 2048, 275,
   * 325, 375, 400) and NIST SP 800-56A revision 3 (appendix D: twice 112 for 2048, 128, 152, 176,
   * 200 bits). 1024 is in none of them any more; NIST SP 800-57 gives it 80 bits of strength.
   */
  private static final Map<Integer, Integer> SECRET_BITS =
      Map.of(
          1024, 256,
          1536, 256,
          2048, 256,
          3072, 320,
          4096, 384,
          6144, 448,
          8192, 512);

  private final BigInteger p;

  private DhGroup(BigInteger p) {
    this.p = p;
  }

  /** The lengths that there are, in bits, ascending. */
  public static Iterable<Integer> lengths() {
    return new TreeSet<>(CONSTANTS.keySet());
  }

  /** Tells whether there is a group of a length. */
  public static boolean has(int bits) {
    return CONSTANTS.containsKey(bits);
  }

  /**
   * The group of a length.
   *
   * @param bits length of the prime
   * @throws CryptoException with reason UNSUPPORTED if there is none
   */
  public static DhGroup of(int bits) {
    Integer k = CONSTANTS.get(bits);
    if (k == null) {
      throw new CryptoException(
          Reason.UNSUPPORTED, "found a prime of " + bits + " bits, allowed are " + lengths());
    }
    BigInteger digits = pi(bits - 130).add(BigInteger.valueOf(k));
    return new DhGroup(
        BigInteger.ONE
            .shiftLeft(bits)
            .subtract(BigInteger.ONE.shiftLeft(bits - 64))
            .subtract(BigInteger.ONE)
            .add(digits.shiftLeft(64)));
  }

  /** The prime. */
  public BigInteger p() {
    return p;
  }

  /**
   * Bits of a secret exponent that is as hard to find as the group lets any exponent be: twice the
   * group's strength and more. The subgroup of squares has prime order, so nothing of an exponent
   * is found piece by piece in smaller groups (van Oorschot and Wiener, EUROCRYPT 1996).
   */
  public int secretBits() {
    return SECRET_BITS.get(p.bitLength());
  }

  /** Bytes of an element. */
  public int width() {
    return (p.bitLength() + 7) / 8;
  }

  /** {@code floor(2^bits * pi)} by Machin's formula. */
  private static BigInteger pi(int bits) {
    int guard = 64;
    BigInteger one = BigInteger.ONE.shiftLeft(bits + guard);
    return inverseTangent(5, one)
        .shiftLeft(2)
        .subtract(inverseTangent(239, one))
        .shiftLeft(2)
        .shiftRight(guard);
  }

  /** {@code atan(1 / x)} in units of {@code 1 / one}. */
  private static BigInteger inverseTangent(int x, BigInteger one) {
    BigInteger square = BigInteger.valueOf((long) x * x);
    BigInteger term = one.divide(BigInteger.valueOf(x));
    BigInteger sum = term;
    for (int n = 3; term.signum() != 0; n += 2) {
      term = term.divide(square).negate();
      sum = sum.add(term.divide(BigInteger.valueOf(n)));
    }
    return sum;
  }

  @Override
  public String toString() {
    return "Diffie-Hellman group of " + p.bitLength() + " bits";
  }
}

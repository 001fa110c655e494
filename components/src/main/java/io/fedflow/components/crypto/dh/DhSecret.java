package io.fedflow.components.crypto.dh;

import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import io.fedflow.components.crypto.CryptoSuite;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A secret exponent of one party: masks hashes of own ids and elements that a peer masked. Two
 * parties' masks commute. Immutable and thread-safe. Running time depends on the secret.
 *
 * <p>A hash is spread over the whole group and squared first: otherwise an odd exponent leaves it
 * visible whether a hash is a square, one bit of every id.
 *
 * <p>Fresh exponents are short, {@link DhGroup#secretBits()}, as RFC 7919, section 5.2, allows for
 * safe primes. That masks tell nothing rests on two assumptions about the squares modulo p: that
 * Diffie and Hellman's decision problem is hard, and that logarithms known to be short are hard to
 * find. Powers to short exponents then cannot be told from powers to uniform ones (Koshiba and
 * Kurosawa, PKC 2004), whatever squares are raised. The best known search for an exponent of b bits
 * takes about 2^(b/2) products (Pollard's kangaroos), more than logarithms of any size take by the
 * number field sieve.
 */
public final class DhSecret {

  private static final byte VERSION = 1;

  private final DhGroup group;
  private final BigInteger exponent;

  private DhSecret(DhGroup group, BigInteger exponent) {
    this.group = group;
    this.exponent = exponent;
  }

  /**
   * A fresh exponent, uniform among the odd ones of {@link DhGroup#secretBits()}. All of them are
   * below (p - 1) / 2, a prime, so none has a factor in common with p - 1.
   *
   * @param random its source
   */
  public static DhSecret generate(DhGroup group, SecureRandom random) {
    return new DhSecret(group, new BigInteger(group.secretBits(), random).setBit(0));
  }

  /**
   * Reads what {@link #encodeSecret()} wrote, of an exponent of any length: caches may be older
   * than short exponents, and {@link #insteadOf} makes long ones.
   *
   * @throws CryptoException with reason MALFORMED
   */
  public static DhSecret decodeSecret(DhGroup group, byte[] bytes) {
    if (bytes.length != 1 + group.width() || bytes[0] != VERSION) {
      throw new CryptoException(
          Reason.MALFORMED,
          "an exponent of " + bytes.length + " bytes or another version, in a " + group);
    }
    BigInteger exponent = new BigInteger(1, Arrays.copyOfRange(bytes, 1, bytes.length));
    BigInteger order = order(group);
    if (exponent.compareTo(group.p().subtract(BigInteger.ONE)) >= 0
        || exponent.mod(order).signum() == 0) {
      throw new CryptoException(Reason.MALFORMED, "an exponent is out of range");
    }
    return new DhSecret(group, exponent);
  }

  /**
   * The secret itself, for a cache that only this party can read: a version byte, then the exponent
   * in as many bytes as an element has, big-endian.
   */
  public byte[] encodeSecret() {
    byte[] out = new byte[1 + group.width()];
    out[0] = VERSION;
    byte[] big = exponent.toByteArray();
    int used = Math.min(big.length, group.width());
    System.arraycopy(big, big.length - used, out, out.length - used, used);
    return out;
  }

  /**
   * The secret that exchanges masks: what another secret masked, possibly besides further ones,
   * becomes what this one would have masked in its place. Right for squares, which all masked
   * hashes are. Its exponent is a quotient modulo their number, so it is as long as the group.
   *
   * @param other the mask to take off, of the same group
   */
  public DhSecret insteadOf(DhSecret other) {
    BigInteger order = order(group);
    return new DhSecret(group, exponent.multiply(other.exponent.modInverse(order)).mod(order));
  }

  /** How many squares there are: a prime. */
  private static BigInteger order(DhGroup group) {
    return group.p().shiftRight(1);
  }

  /** The group. */
  public DhGroup group() {
    return group;
  }

  /**
   * Masks hashes of own ids.
   *
   * @param hashes one digest an id, of any length
   * @param suite makes the powers
   * @param pool carries the work
   * @return as many elements, in order
   */
  public DhElements maskHashes(byte[][] hashes, CryptoSuite suite, ComputePool pool) {
    BigInteger[] squares = new BigInteger[hashes.length];
    pool.forRanges(
        hashes.length,
        1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            squares[i] = square(hashes[i]);
          }
        });
    return new DhElements(group, suite.secretPowers(group.p(), exponent, pool).of(squares));
  }

  /**
   * Masks elements that a peer masked.
   *
   * @param suite makes the powers
   * @param pool carries the work
   * @return as many elements, in order
   */
  public DhElements mask(DhElements elements, CryptoSuite suite, ComputePool pool) {
    BigInteger[] given = new BigInteger[elements.count()];
    Arrays.setAll(given, elements::get);
    return new DhElements(group, suite.secretPowers(group.p(), exponent, pool).of(given));
  }

  /** A square that nobody can steer: SHA-256 of counter and hash, until all bits are filled. */
  private BigInteger square(byte[] hash) {
    MessageDigest sha256 = sha256();
    // 16 bytes beyond the prime's, so that the remainder is as good as uniform.
    ByteBuffer wide = ByteBuffer.allocate((group.width() + 16 + 31) / 32 * 32);
    for (int counter = 0; wide.hasRemaining(); counter++) {
      sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, counter));
      wide.put(sha256.digest(hash));
    }
    BigInteger number = new BigInteger(1, wide.array()).mod(group.p());
    return number.multiply(number).mod(group.p());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Tells nothing of the exponent. */
  @Override
  public String toString() {
    return "exponent in a " + group;
  }
}

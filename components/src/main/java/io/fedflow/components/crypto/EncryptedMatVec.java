package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;

/**
 * Products of plain matrices with encrypted vectors, by bucket sums (Pippenger, 1976): every row
 * joins the bucket of its digit, buckets are weighed once at the end. One product a row, column and
 * digit instead of a power.
 *
 * <p>Immutable and thread-safe; results do not depend on the width of the cipher's pool.
 */
public final class EncryptedMatVec {

  private final AdditiveCipher cipher;

  /** Products under the cipher's key and on its pool. */
  public EncryptedMatVec(AdditiveCipher cipher) {
    this.cipher = cipher;
  }

  /**
   * {@code [[X^T d]]}: entry c is the sum over rows r of {@code X[r][c] * d[r]}.
   *
   * <p>Not obfuscated: {@link AdditiveCipher#rerandomise} it before it leaves, if somebody else
   * knows {@code d}.
   *
   * @param x shape [rows][columns]
   * @param d shape [rows]
   * @return shape [columns]; scale of x plus scale of d; bound {@code rows * 2^magnitudeBits *
   *     d.bound()}
   * @throws CryptoException with reason SHAPE if the rows differ, OVERFLOW if the bound exceeds the
   *     message space, WRONG_KEY
   */
  public CiphertextBatch transposeTimes(FixedPointMatrix x, CiphertextBatch d) {
    CiphertextBatch own = cipher.own(d);
    if (x.rows() != d.count()) {
      throw new CryptoException(
          Reason.SHAPE, "a matrix of " + x.rows() + " rows and " + d.count() + " ciphertexts");
    }
    BigInteger bound = d.bound().multiply(x.bound()).multiply(BigInteger.valueOf(x.rows()));
    cipher.checkBound(bound, Reason.OVERFLOW, "a matrix product of " + x.rows() + " rows");
    SignedDigits digits = SignedDigits.cheapest(x.rows(), x.magnitudeBits());
    BucketSums sums = new BucketSums(cipher.kernel(), digits, x, own.limbs());
    int parts = x.columns() * digits.count();
    cipher.pool().forRanges(parts, 1, (from, to) -> sums.accumulate(from, to));
    return cipher.result(sums.join(), Math.addExact(x.scaleBits(), d.scaleBits()), bound);
  }
}

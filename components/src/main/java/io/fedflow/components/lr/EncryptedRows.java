package io.fedflow.components.lr;

import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.EncryptedMatVec;
import io.fedflow.components.crypto.FixedPoint;
import io.fedflow.components.crypto.FixedPointMatrix;
import io.fedflow.components.crypto.PlaintextBatch;
import io.fedflow.failure.FedflowException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The encrypted arithmetic of one party that holds features but no private key. Immutable and
 * thread-safe.
 *
 * <p>Scales: signals (scores and residuals) 2^-40; features 2^-p; gradients the sum of both. Bounds
 * travel with ciphertexts, so a key that cannot hold a result is refused before anything is
 * computed.
 */
final class EncryptedRows {

  /** Signals up to four million, to 5e-13. */
  static final FixedPoint SIGNAL = new FixedPoint(40, 22);

  /** Weights up to 1e8 as factors, to 1.5e-11. */
  private static final FixedPoint WEIGHT = new FixedPoint(35, 27);

  /** Sample weights and other factors of rows, to 2e-9. */
  private static final FixedPoint SAMPLE_WEIGHT = new FixedPoint(28, 31);

  /** The scale of signals times sample weights. */
  static final int WEIGHED_SCALE = SIGNAL.scaleBits() + SAMPLE_WEIGHT.scaleBits();

  /** Labels up to 1e8, to 3e-11; the same for all, since the bound of a product shows it. */
  private static final int LABEL_SCALE = 35;

  private static final int LABEL_BITS = 62;

  /** Integer bits of sums that are known in the clear; far above what rows and features allow. */
  private static final int SUM_BITS = 110;

  /** With 27 bits before the point for the largest feature, 63-bit integers leave no more. */
  private static final int LARGEST_PRECISION = 35;

  /** Classes of the largest |feature|: coarse, since the scale of a product shows them. */
  private static final int[] MAGNITUDES = {5, 12, 20, 27};

  private final AdditiveCipher cipher;
  private final EncryptedMatVec products;
  private final double[][] features;
  private final FixedPointMatrix encoded;
  private final SecureRandom random;

  /**
   * Over a party's features.
   *
   * @param features shape [columns][rows], checked
   * @param precision bits behind the point of features; null for as many as there are
   */
  EncryptedRows(
      AdditiveCipher cipher, double[][] features, Integer precision, SecureRandom random) {
    this.cipher = cipher;
    this.products = new EncryptedMatVec(cipher);
    this.features = features;
    this.random = random;
    int scale = precision == null ? LARGEST_PRECISION : Math.min(precision, LARGEST_PRECISION);
    this.encoded = FixedPointMatrix.of(features, scale, Math.max(1, scale + magnitude(features)));
  }

  AdditiveCipher cipher() {
    return cipher;
  }

  /** Fresh encryptions of scores or residuals. */
  CiphertextBatch encryptSignal(double[] values) {
    try {
      return cipher.encrypt(SIGNAL.encode(values), random);
    } catch (CryptoException refused) {
      if (refused.reason() == CryptoException.Reason.OUT_OF_RANGE) {
        throw FedflowException.invalid(
            "training.diverged",
            "a linear score left -1e7..1e7; lower learning_rate or scale the features");
      }
      throw refused;
    }
  }

  /** Fresh encryptions at a finer scale than a signal's. */
  CiphertextBatch encryptAt(double[] values, int scaleBits) {
    return cipher.encrypt(plain(values, scaleBits), random);
  }

  /** Each row's signal times its sample weight, at a finer scale. */
  CiphertextBatch weigh(CiphertextBatch signal, double[] weights) {
    try {
      return cipher.multiply(signal, weights, SAMPLE_WEIGHT);
    } catch (CryptoException refused) {
      if (refused.reason() == CryptoException.Reason.OUT_OF_RANGE) {
        throw FedflowException.invalid(
            "training.diverged",
            "a factor of a row is beyond 2e9; lower learning_rate or scale the features");
      }
      throw refused;
    }
  }

  /**
   * Ciphertexts at their places among visible zeros.
   *
   * @param places where each goes, ascending
   * @param count how many places there are
   */
  CiphertextBatch spread(CiphertextBatch ciphertexts, int[] places, int count) {
    if (places.length == count) {
      return ciphertexts;
    }
    CiphertextBatch zero = cipher.encryptVisibly(plain(new double[1], ciphertexts.scaleBits()));
    int[] source = new int[count];
    Arrays.fill(source, places.length);
    for (int i = 0; i < places.length; i++) {
      source[places[i]] = i;
    }
    return cipher.concat(List.of(ciphertexts, zero)).select(source);
  }

  /** The sum of the positive entries minus that of the others, one ciphertext. */
  CiphertextBatch signedSum(CiphertextBatch values, boolean[] positive) {
    int[] plus = IntStream.range(0, positive.length).filter(i -> positive[i]).toArray();
    int[] minus = IntStream.range(0, positive.length).filter(i -> !positive[i]).toArray();
    return cipher.subtract(cipher.sum(values.select(plus)), cipher.sum(values.select(minus)));
  }

  /** {@code sum over rows of v s}, one ciphertext; the values are this party's own labels. */
  CiphertextBatch dot(double[] values, CiphertextBatch signal) {
    return products.transposeTimes(
        FixedPointMatrix.of(new double[][] {values}, LABEL_SCALE, LABEL_BITS), signal);
  }

  /** {@code sum over rows of d x} for every column. */
  CiphertextBatch gradient(int[] rows, CiphertextBatch d) {
    FixedPointMatrix x = rows.length == encoded.rows() ? encoded : encoded.rows(rows);
    return products.transposeTimes(x, d);
  }

  /** The same over values in the clear. */
  double[] plainGradient(int[] rows, double[] d) {
    double[] sums = new double[features.length];
    for (int column = 0; column < sums.length; column++) {
      double[] values = features[column];
      for (int i = 0; i < rows.length; i++) {
        sums[column] += d[i] * values[rows[i]];
      }
    }
    return sums;
  }

  /** Adds numbers that are known in the clear. */
  CiphertextBatch addKnown(CiphertextBatch sums, double[] known) {
    return cipher.addPlain(sums, plain(known, sums.scaleBits()));
  }

  /** {@code sum of w g}, one ciphertext. */
  CiphertextBatch weighted(CiphertextBatch gradient, double[] weights) {
    return cipher.sum(cipher.multiply(gradient, weights, WEIGHT));
  }

  /** Hides what a batch was computed from. */
  byte[] outgoing(CiphertextBatch batch) {
    return cipher.rerandomise(batch, random).encode();
  }

  private static PlaintextBatch plain(double[] values, int scaleBits) {
    BigInteger[] mantissas = new BigInteger[values.length];
    BigDecimal scale = new BigDecimal(BigInteger.ONE.shiftLeft(scaleBits));
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw FedflowException.invalid(
            "training.diverged", "a sum is not finite; lower learning_rate or scale the features");
      }
      mantissas[i] =
          new BigDecimal(values[i])
              .multiply(scale)
              .setScale(0, RoundingMode.HALF_EVEN)
              .toBigInteger();
    }
    return PlaintextBatch.of(mantissas, scaleBits, BigInteger.ONE.shiftLeft(scaleBits + SUM_BITS));
  }

  private static int magnitude(double[][] features) {
    double largest = 0;
    for (double[] column : features) {
      for (double value : column) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    for (int bits : MAGNITUDES) {
      if (largest <= Math.scalb(1.0, bits)) {
        return bits;
      }
    }
    return MAGNITUDES[MAGNITUDES.length - 1];
  }
}

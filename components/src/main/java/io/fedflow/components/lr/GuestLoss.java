package io.fedflow.components.lr;

import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.linear.Penalty;
import java.util.Arrays;

/**
 * The loss of a batch, summed over its rows, under the arbiter's key. Immutable.
 *
 * @param family which loss
 * @param encrypted the guest's arithmetic
 * @param penalty the guest's own
 */
record GuestLoss(Family family, EncryptedRows encrypted, Penalty penalty) {

  /**
   * A batch as the guest knows it.
   *
   * @param scores the guest's part of the linear scores, offsets included
   * @param targets see {@link Family#targets}
   * @param weights sample weights, ones without any
   * @param d residuals, sample weights included
   * @param hostSignals the hosts' share of the residuals, sample weights included
   * @param gradient {@code sum of d x}
   */
  record Rows(
      double[] scores,
      double[] targets,
      double[] weights,
      CiphertextBatch d,
      CiphertextBatch hostSignals,
      CiphertextBatch gradient) {}

  /**
   * The loss.
   *
   * @param ofHost what the host sent of it
   */
  CiphertextBatch of(Rows rows, LinearWeights weights, CiphertextBatch ofHost) {
    return family.multiplies() ? counted(rows, weights, ofHost) : squared(rows, weights, ofHost);
  }

  /**
   * {@code c + sum(d z)/2 - sum(target z)/2 + n penalties}: no squares of single rows are needed.
   */
  private CiphertextBatch squared(Rows rows, LinearWeights weights, CiphertextBatch ofHost) {
    CiphertextBatch own =
        encrypted.weighted(
            rows.gradient(), Arrays.stream(weights.joined()).map(w -> w / 2).toArray());
    CiphertextBatch agreement =
        family == Family.LOGISTIC
            ? encrypted.signedSum(rows.hostSignals(), positive(rows.targets()))
            : encrypted.dot(
                Arrays.stream(rows.targets()).map(y -> y / 2).toArray(), rows.hostSignals());
    double known = known(rows, weights);
    for (int i = 0; i < rows.scores().length; i++) {
      known -= rows.weights()[i] * rows.targets()[i] * rows.scores()[i] / 2;
    }
    return encrypted.addKnown(difference(own, ofHost, agreement), new double[] {known});
  }

  /**
   * {@code sum(mu) - sum(y z) + n penalties}, of which {@code sum(mu) = sum(d) + sum(y)}.
   *
   * @param ofHost the host's part of each score, then its penalty
   */
  private CiphertextBatch counted(Rows rows, LinearWeights weights, CiphertextBatch ofHost) {
    int count = rows.scores().length;
    int[] all = LrInputs.allRows(count);
    CiphertextBatch agreement = encrypted.dot(rows.targets(), ofHost.select(all));
    double known = known(rows, weights);
    for (int i = 0; i < count; i++) {
      known -= rows.targets()[i] * rows.scores()[i];
    }
    return encrypted.addKnown(
        difference(encrypted.cipher().sum(rows.d()), ofHost.select(new int[] {count}), agreement),
        new double[] {known});
  }

  private double known(Rows rows, LinearWeights weights) {
    return family.constantLoss(rows.targets(), rows.weights())
        + rows.scores().length * penalty.loss(weights.coefficients());
  }

  private CiphertextBatch difference(
      CiphertextBatch own, CiphertextBatch ofHost, CiphertextBatch agreement) {
    AdditiveCipher cipher = encrypted.cipher();
    int scale = Math.max(agreement.scaleBits(), Math.max(own.scaleBits(), ofHost.scaleBits()));
    return cipher.subtract(
        cipher.add(cipher.withScale(own, scale), cipher.withScale(ofHost, scale)),
        cipher.withScale(agreement, scale));
  }

  private static boolean[] positive(double[] targets) {
    boolean[] positive = new boolean[targets.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = targets[i] > 0;
    }
    return positive;
  }
}

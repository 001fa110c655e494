package io.fedflow.components.lr;

import io.fedflow.components.linear.Batches;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;

/**
 * What the guest tells everybody before a task starts. Immutable.
 *
 * @param trains whether there is training; else only prediction
 * @param validates whether validation rows are predicted too
 * @param start iterations that a stored model already has; 0 for a fresh one
 * @param async whether guest and host exchange halves of residuals at the same time
 * @param loss whether losses are computed
 * @param batches how rows are cut; the seed of nothing
 */
record LrPlan(
    boolean trains, boolean validates, int start, boolean async, boolean loss, Batches batches) {

  private static final int FIELDS = 10;

  /** A plan for prediction alone. */
  static LrPlan prediction() {
    return new LrPlan(false, false, 0, false, false, new Batches(1, 1, false, false, 1));
  }

  /** The message form. */
  Payload encode() {
    return Payload.ofLongs(
        bit(trains),
        bit(validates),
        start,
        bit(async),
        bit(loss),
        batches.rows(),
        batches.size(),
        bit(batches.shuffle()),
        bit(batches.sampled()),
        batches.maskedSize());
  }

  /**
   * Reads the message form.
   *
   * @throws FedflowException {@code lr.message} (PEER) if it makes no sense
   */
  static LrPlan decode(Payload payload) {
    long[] fields = payload.asLongs();
    if (fields.length != FIELDS
        || fields[2] < 0
        || fields[2] > Integer.MAX_VALUE
        || fields[5] < 1
        || fields[5] > Integer.MAX_VALUE
        || fields[6] < 1
        || fields[6] > fields[5]
        || fields[9] < fields[6]
        || fields[9] > fields[5]) {
      throw FedflowException.peer("lr.message", "the guest's plan is malformed");
    }
    return new LrPlan(
        fields[0] == 1,
        fields[1] == 1,
        (int) fields[2],
        fields[3] == 1,
        fields[4] == 1,
        new Batches(
            (int) fields[5], (int) fields[6], fields[7] == 1, fields[8] == 1, (int) fields[9]));
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }
}

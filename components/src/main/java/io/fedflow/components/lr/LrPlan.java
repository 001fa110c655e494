package io.fedflow.components.lr;

import io.fedflow.components.linear.Batches;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What the guest tells everybody before a task starts. Immutable.
 *
 * @param trains whether there is training; else only prediction
 * @param validates whether validation rows are predicted too
 * @param start iterations that a stored model already has; 0 for a fresh one
 * @param async whether guest and host exchange halves of residuals at the same time
 * @param loss whether losses are computed
 * @param batches how rows are cut; the seed of nothing
 * @param validation when validation is due while training, see {@link ValidationSettings#terms}
 */
record LrPlan(
    boolean trains,
    boolean validates,
    int start,
    boolean async,
    boolean loss,
    Batches batches,
    List<Long> validation) {

  private static final int FIELDS = 10;

  LrPlan {
    validation = List.copyOf(validation);
  }

  /** A plan for prediction alone. */
  static LrPlan prediction() {
    return new LrPlan(false, false, 0, false, false, new Batches(1, 1, false, false, 1), List.of());
  }

  /** The message form. */
  Payload encode() {
    LongStream fixed =
        LongStream.of(
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
    return Payload.ofLongs(
        LongStream.concat(fixed, validation.stream().mapToLong(Long::longValue)).toArray());
  }

  /**
   * Reads the message form.
   *
   * @throws FedflowException {@code lr.message} (PEER) if it makes no sense
   */
  static LrPlan decode(Payload payload) {
    long[] fields = payload.asLongs();
    if (fields.length < FIELDS
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
            (int) fields[5], (int) fields[6], fields[7] == 1, fields[8] == 1, (int) fields[9]),
        Arrays.stream(fields).skip(FIELDS).boxed().toList());
  }

  /**
   * Checks that the guest validates as this party's conf says: a host tells its scores to nobody
   * who has not the same conf.
   *
   * @throws FedflowException {@code lr.validation} (INVALID) if not
   */
  void requireValidation(ValidationSettings own) {
    if (!validation.equals(own.terms())) {
      throw FedflowException.invalid(
          "lr.validation",
          "callback_param: the guest's validation while training is not what this party's conf"
              + " says, allowed is the same at every party");
    }
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }
}

package io.fedflow.components.boosting;

import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What the guest tells every host before a task starts. Immutable.
 *
 * @param trains whether there is training; else only prediction
 * @param validates whether validation rows are predicted too
 * @param start rounds that a stored model already has; 0 for a fresh one
 * @param rows how many are trained on or predicted
 * @param dimensions trees of a round
 * @param packed whether both derivatives of a row share a ciphertext
 * @param validation when validation is due, see {@link ValidationSettings#terms}
 */
record BoostPlan(
    boolean trains,
    boolean validates,
    int start,
    int rows,
    int dimensions,
    boolean packed,
    List<Long> validation) {

  private static final int FIELDS = 6;

  /** As many classes as a classification may have. */
  static final int MOST_DIMENSIONS = 1000;

  BoostPlan {
    validation = List.copyOf(validation);
  }

  /** The message form. */
  Payload encode() {
    LongStream fixed =
        LongStream.of(bit(trains), bit(validates), start, rows, dimensions, bit(packed));
    return Payload.ofLongs(
        LongStream.concat(fixed, validation.stream().mapToLong(Long::longValue)).toArray());
  }

  /**
   * Reads the message form.
   *
   * @throws FedflowException {@code boost.message} (PEER) if it makes no sense
   */
  static BoostPlan decode(Payload payload) {
    long[] fields = payload.asLongs();
    if (fields.length < FIELDS
        || fields[2] < 0
        || fields[2] > Integer.MAX_VALUE
        || fields[3] < 0
        || fields[3] > Integer.MAX_VALUE
        || fields[4] < 1
        || fields[4] > MOST_DIMENSIONS) {
      throw FedflowException.peer("boost.message", "the guest's plan is malformed");
    }
    return new BoostPlan(
        fields[0] == 1,
        fields[1] == 1,
        (int) fields[2],
        (int) fields[3],
        (int) fields[4],
        fields[5] == 1,
        Arrays.stream(fields).skip(FIELDS).boxed().toList());
  }

  /**
   * Checks that the guest validates as this party's conf says.
   *
   * @throws FedflowException {@code boost.validation} (INVALID) if not
   */
  void requireValidation(ValidationSettings own) {
    if (!validation.equals(own.terms())) {
      throw FedflowException.invalid(
          "boost.validation",
          "callback_param: the guest's validation while training is not what this party's conf"
              + " says, allowed is the same at every party");
    }
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }
}

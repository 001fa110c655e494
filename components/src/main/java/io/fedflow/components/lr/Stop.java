package io.fedflow.components.lr;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;

/** What the arbiter says after an iteration. The order is part of the message form. */
enum Stop {
  /** Another iteration follows. */
  GO_ON,
  /** The rule is met. */
  CONVERGED,
  /** It was the last iteration allowed. */
  LIMIT;

  /**
   * Reads the message form.
   *
   * @throws FedflowException {@code lr.message} (PEER) if it makes no sense
   */
  static Stop decode(Payload payload) {
    long[] value = payload.asLongs();
    if (value.length != 1 || value[0] < 0 || value[0] >= values().length) {
      throw FedflowException.peer("lr.message", "the arbiter's answer is malformed");
    }
    return values()[(int) value[0]];
  }
}

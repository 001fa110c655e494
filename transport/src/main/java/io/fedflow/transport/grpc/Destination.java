package io.fedflow.transport.grpc;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;

/**
 * Where something goes, for failures that name it.
 *
 * @param code the code of a failure to get there
 * @param what what is on its way, for a person
 * @param site who is to get it and where
 */
record Destination(String code, String what, String site) {

  /**
   * Nobody answered.
   *
   * @param mayHaveArrived whether a whole request was sent: then the outcome is not known, and
   *     saying "certainly not done" would be a lie
   */
  FedflowException unreachable(String lastError, int attempts, boolean mayHaveArrived) {
    return new FedflowException(
        mayHaveArrived ? FailureKind.UNKNOWN : FailureKind.UNAVAILABLE,
        code,
        site
            + " cannot be reached for "
            + what
            + ": "
            + lastError
            + " ("
            + attempts
            + (attempts == 1 ? " attempt" : " attempts")
            + (mayHaveArrived ? "; it may have arrived, and may safely be sent again" : "")
            + "); check that its server runs and that the route to it is right");
  }
}

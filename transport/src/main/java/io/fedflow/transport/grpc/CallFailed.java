package io.fedflow.transport.grpc;

import io.fedflow.transport.route.SiteAddress;

/** An attempt that got no answer; another one may. Never leaves this package. */
final class CallFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean mayHaveArrived;

  /**
   * Notes a broken attempt.
   *
   * @param mayHaveArrived whether the whole request was handed to the connection
   */
  CallFailed(String why, boolean mayHaveArrived) {
    super(why, null, false, false);
    this.mayHaveArrived = mayHaveArrived;
  }

  /** The same, naming where. */
  CallFailed at(SiteAddress address) {
    return new CallFailed("at " + address + ": " + getMessage(), mayHaveArrived);
  }

  boolean mayHaveArrived() {
    return mayHaveArrived;
  }
}

package io.fedflow.transport.grpc;

import io.fedflow.transport.route.SiteAddress;

/** An attempt that got no answer; another one may. Never leaves this package. */
final class CallFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean mayHaveArrived;
  private final boolean progressed;

  /**
   * Notes a broken attempt.
   *
   * @param mayHaveArrived whether the whole request was handed to the connection
   */
  CallFailed(String why, boolean mayHaveArrived) {
    this(why, mayHaveArrived, false);
  }

  /**
   * Notes a broken attempt.
   *
   * @param progressed whether the peer has more now than before
   */
  CallFailed(String why, boolean mayHaveArrived, boolean progressed) {
    super(why, null, false, false);
    this.mayHaveArrived = mayHaveArrived;
    this.progressed = progressed;
  }

  boolean progressed() {
    return progressed;
  }

  /** The same, naming where. */
  CallFailed at(SiteAddress address) {
    return new CallFailed("at " + address + ": " + getMessage(), mayHaveArrived, progressed);
  }

  boolean mayHaveArrived() {
    return mayHaveArrived;
  }
}

package io.fedflow.transport.grpc;

import io.fedflow.transport.route.SiteAddress;

/** An attempt that got no answer; another one may. Never leaves this package. */
final class CallFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean mayHaveArrived;
  private final boolean hopeless;

  /**
   * Notes a broken attempt.
   *
   * @param mayHaveArrived whether the whole request was handed to the connection
   */
  CallFailed(String why, boolean mayHaveArrived) {
    this(why, mayHaveArrived, false);
  }

  private CallFailed(String why, boolean mayHaveArrived, boolean hopeless) {
    super(why, null, false, false);
    this.mayHaveArrived = mayHaveArrived;
    this.hopeless = hopeless;
  }

  /** One that another attempt at the same place would not change. */
  static CallFailed hopeless(String why) {
    return new CallFailed(why, false, true);
  }

  boolean hopeless() {
    return hopeless;
  }

  /** The same, naming where. */
  CallFailed at(SiteAddress address) {
    return new CallFailed("at " + address + ": " + getMessage(), mayHaveArrived, hopeless);
  }

  boolean mayHaveArrived() {
    return mayHaveArrived;
  }
}

package io.fedflow.transport.grpc;

import io.fedflow.transport.route.SiteAddress;

/** An attempt that got no answer; another one may. Never leaves this package. */
final class CallFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean mayHaveArrived;
  private final boolean progressed;
  private final boolean hopeless;
  private final boolean told;

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
    this(why, mayHaveArrived, progressed, false, false);
  }

  private CallFailed(
      String why, boolean mayHaveArrived, boolean progressed, boolean hopeless, boolean told) {
    super(why, null, false, false);
    this.mayHaveArrived = mayHaveArrived;
    this.progressed = progressed;
    this.hopeless = hopeless;
    this.told = told;
  }

  /** One for which the other site gave the reason itself. */
  static CallFailed told(String why, boolean mayHaveArrived) {
    return new CallFailed(why, mayHaveArrived, false, false, true);
  }

  /** One that another attempt at the same place would not change. */
  static CallFailed hopeless(String why) {
    return new CallFailed(why, false, false, true, true);
  }

  /** What this means for a call that waited for it and so was not sent at all. */
  CallFailed beforehand() {
    return new CallFailed(getMessage(), false, false, hopeless, told);
  }

  boolean hopeless() {
    return hopeless;
  }

  boolean told() {
    return told;
  }

  boolean progressed() {
    return progressed;
  }

  /** The same, naming where. */
  CallFailed at(SiteAddress address) {
    return new CallFailed(
        "at " + address + ": " + getMessage(), mayHaveArrived, progressed, hopeless, told);
  }

  boolean mayHaveArrived() {
    return mayHaveArrived;
  }
}

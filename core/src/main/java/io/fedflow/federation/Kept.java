package io.fedflow.federation;

/** A payload that waits to be taken, in memory or in a file. Either is called, once. */
interface Kept {

  /**
   * Gives the payload out; may read a file.
   *
   * @throws io.fedflow.failure.FedflowException {@code federation.spill} if it cannot be read
   */
  Payload take();

  /** Gives it up; again, or after {@link #take}, without effect. */
  void drop();
}

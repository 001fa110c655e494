package io.fedflow.transport.client;

/** Hears how far a transfer is. Called by one thread at a time, which must not be held up. */
@FunctionalInterface
public interface TransferListener {

  /** Nobody listens. */
  TransferListener NONE = (done, total) -> {};

  /**
   * More went out.
   *
   * @param done bytes that went out so far
   * @param total bytes of the whole body
   */
  void moved(long done, long total);
}

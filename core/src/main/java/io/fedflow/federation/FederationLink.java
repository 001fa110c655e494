package io.fedflow.federation;

/**
 * Carries envelopes to the site of their receiver. Implementations: {@link Mailboxes} inside one
 * process, gRPC between servers. Thread-safe.
 *
 * <p>Promises: an envelope whose {@link #deliver} returned reaches the receiver's mailbox exactly
 * once per key; two envelopes of one sender may arrive in any order.
 */
public interface FederationLink {

  /**
   * Hands an envelope over; returns when the receiver's site has it.
   *
   * @throws io.fedflow.failure.FedflowException {@code federation.unreachable} if the site cannot
   *     be reached in time
   * @throws InterruptedException if the calling task was stopped
   */
  void deliver(Envelope envelope) throws InterruptedException;
}

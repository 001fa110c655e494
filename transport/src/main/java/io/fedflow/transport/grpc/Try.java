package io.fedflow.transport.grpc;

import io.vertx.core.Future;

/**
 * One attempt at something that a peer answers once. It fails with {@link CallFailed} where another
 * attempt makes sense, and with the final failure where none does. Confined to one context.
 *
 * @param <R> the answer
 */
interface Try<R> {

  /** Starts, once, and tells how it ends. */
  Future<R> start();

  /** Ends the attempt for this reason; the peer is told if it knows of it. */
  void cancel(String why);
}

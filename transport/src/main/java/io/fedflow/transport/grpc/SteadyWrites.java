package io.fedflow.transport.grpc;

import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Lets the windows of HTTP/2 alone decide when a stream may write, not the fill of its connection's
 * buffer.
 *
 * <p>A stream learns of that fill by changes: "now the other way round". One that begins while the
 * buffer has just run full, and nobody was told so yet, takes that change for its opposite; from
 * then on it waits whenever it may write, until its transfer is given up for making no progress.
 * Over TLS, which fills the buffer by more than it was asked to, all transfers of a busy connection
 * could come to stand still.
 *
 * <p>What a buffer may hold stays bounded without it: by the receiver's windows, and by transfers
 * that write one piece at a time and wait until it is on its way.
 */
final class SteadyWrites {

  private static final WriteBufferWaterMark NEVER_FULL =
      new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE);

  private SteadyWrites() {}

  /** For all streams of a connection that begin from now on; again is without effect. */
  static void on(HttpConnection connection) {
    // The library has no public option for it.
    if (connection instanceof ConnectionBase base) {
      base.channel().config().setWriteBufferWaterMark(NEVER_FULL);
    }
  }
}

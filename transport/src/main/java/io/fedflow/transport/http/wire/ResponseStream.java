package io.fedflow.transport.http.wire;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The body of a response, written by a thread that waits while the client reads slowly. Confined to
 * that thread.
 */
final class ResponseStream extends OutputStream {

  /** So many pieces may be on their way. */
  private static final int PIECES = 16;

  private final Context context;
  private final HttpServerResponse response;
  private final Duration patience;
  private final Runnable head;
  private final Semaphore room = new Semaphore(PIECES);
  private volatile Throwable failure;

  /**
   * Writes to a response.
   *
   * @param patience how long the client may read nothing
   * @param head sets the head, on the context, before the first byte
   */
  ResponseStream(Context context, HttpServerResponse response, Duration patience, Runnable head) {
    this.context = context;
    this.response = response;
    this.patience = patience;
    this.head = head;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    take(1);
    Buffer piece = Buffer.buffer(length).appendBytes(bytes, from, length);
    context.runOnContext(turn -> send(piece));
  }

  /** Waits until the client took everything. */
  void awaitSent() throws IOException {
    take(PIECES);
  }

  private void send(Buffer piece) {
    if (response.closed()) {
      sent(new IOException("the client is gone"));
      return;
    }
    if (!response.headWritten()) {
      head.run();
    }
    response.write(piece).onComplete(done -> sent(null), this::sent);
  }

  private void sent(Throwable problem) {
    if (problem != null) {
      failure = problem;
    }
    room.release();
  }

  private void take(int pieces) throws IOException {
    try {
      if (!room.tryAcquire(pieces, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the client read nothing for " + patience.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the client read");
    }
    if (failure != null) {
      throw new IOException("the client is gone", failure);
    }
  }
}

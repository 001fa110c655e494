package io.fedflow.server;

import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/** Looks now and then whether a file changed. Start once, close once. */
final class FileWatch implements AutoCloseable {

  /** Soon enough for whoever edits the file and waits; a look at a file costs nothing. */
  static final long PERIOD_MILLIS = 2000;

  private final Vertx vertx;
  private final Callable<?> look;
  private volatile boolean closed;
  private volatile long timer;

  /**
   * Looks at a file.
   *
   * @param look may block
   */
  FileWatch(Vertx vertx, Callable<?> look) {
    this.vertx = vertx;
    this.look = look;
  }

  /** Looks for the first time after one period. */
  void start() {
    timer = vertx.setTimer(PERIOD_MILLIS, id -> look());
  }

  private void look() {
    // The next look begins after this one ended: a folder on a network may hang.
    vertx
        .executeBlocking(look, false)
        .onComplete(
            looked -> {
              if (!closed) {
                start();
              }
            });
  }

  @Override
  public void close() {
    closed = true;
    vertx.cancelTimer(timer);
  }
}

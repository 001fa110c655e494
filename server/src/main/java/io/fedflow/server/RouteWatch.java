package io.fedflow.server;

import io.fedflow.transport.route.LiveRoutes;
import io.vertx.core.Vertx;

/** Looks now and then whether the file of routes changed. Start once, close once. */
final class RouteWatch implements AutoCloseable {

  /** Soon enough for whoever edits the file and waits; a look at a file costs nothing. */
  static final long PERIOD_MILLIS = 2000;

  private final Vertx vertx;
  private final LiveRoutes routes;
  private volatile boolean closed;
  private volatile long timer;

  RouteWatch(Vertx vertx, LiveRoutes routes) {
    this.vertx = vertx;
    this.routes = routes;
  }

  /** Looks for the first time after one period. */
  void start() {
    timer = vertx.setTimer(PERIOD_MILLIS, id -> look());
  }

  private void look() {
    // The next look begins after this one ended: a folder on a network may hang.
    vertx
        .executeBlocking(routes::poll, false)
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

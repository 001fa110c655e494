package io.fedflow.storage.postgres;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A connection that many statements share, pipelined; made when first asked for and made anew after
 * it was lost. Thread-safe.
 */
final class LastingConnection {

  private final Supplier<Future<PgConnection>> connector;
  private Future<PgConnection> current;

  LastingConnection(Supplier<Future<PgConnection>> connector) {
    this.connector = connector;
  }

  /**
   * Works with the connection as it is now, or a new one. After a failure that is not just a
   * refused statement, the connection is given up before the failure is told.
   */
  <T> Future<T> use(Function<PgConnection, Future<T>> work) {
    Future<PgConnection> used = get();
    return used.compose(work)
        .recover(
            failure -> {
              if (!isRefusedStatement(failure)) {
                giveUp(used);
              }
              return Future.failedFuture(failure);
            });
  }

  /** Closes the connection, if there is one. */
  synchronized Future<Void> close() {
    return current == null ? Future.succeededFuture() : closed(current);
  }

  private synchronized Future<PgConnection> get() {
    if (current == null || current.failed()) {
      Future<PgConnection> made = connector.get();
      current = made;
      made.onSuccess(connection -> connection.closeHandler(lost -> forget(made)));
    }
    return current;
  }

  private void giveUp(Future<PgConnection> used) {
    forget(used);
    closed(used);
  }

  private synchronized void forget(Future<PgConnection> lost) {
    if (current == lost) {
      current = null;
    }
  }

  private static Future<Void> closed(Future<PgConnection> connection) {
    return connection.compose(PgConnection::close).otherwiseEmpty();
  }

  private static boolean isRefusedStatement(Throwable failure) {
    return failure instanceof PgException refusal && !Failures.endsConnection(refusal);
  }
}

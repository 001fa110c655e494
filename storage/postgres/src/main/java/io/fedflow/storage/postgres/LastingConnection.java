package io.fedflow.storage.postgres;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
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

  /** The connection as it is now, or a new one. */
  synchronized Future<PgConnection> get() {
    if (current == null || current.failed()) {
      Future<PgConnection> made = connector.get();
      current = made;
      made.onSuccess(connection -> connection.closeHandler(lost -> forget(made)));
    }
    return current;
  }

  /** Closes the connection, if there is one. */
  synchronized Future<Void> close() {
    return current == null || current.failed()
        ? Future.succeededFuture()
        : current.compose(PgConnection::close).otherwiseEmpty();
  }

  private synchronized void forget(Future<PgConnection> lost) {
    if (current == lost) {
      current = null;
    }
  }
}

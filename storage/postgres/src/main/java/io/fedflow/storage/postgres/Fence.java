package io.fedflow.storage.postgres;

import io.fedflow.spi.StoreRules;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * Keeps an instance that was fenced from writing. Every transaction of an instance holds its row
 * shared until the end; to fence it changes a key of that row, which waits for those transactions
 * and lets no later one hold it. Thread-safe.
 */
final class Fence {

  /**
   * How long a session may sit in a transaction: a process that was stopped there must not keep
   * others from taking over.
   */
  static final long MOST_IDLE_MILLIS = 1_000;

  /** For a session that only makes short transactions. */
  static final String SHORT_SESSION =
      "SET idle_in_transaction_session_timeout = " + MOST_IDLE_MILLIS;

  /** For the rest of one transaction. */
  static final String SHORT_REST =
      "SET LOCAL idle_in_transaction_session_timeout = " + MOST_IDLE_MILLIS;

  private static final String HOLD =
      "SELECT 1 FROM site_instance WHERE instance_id = $1 AND epoch = $2 FOR KEY SHARE";

  /** The epoch in which an instance lives; whoever fences it begins the next one. */
  static final long FIRST_EPOCH = 1;

  private final String instanceId;
  private volatile boolean armed;

  Fence(String instanceId) {
    this.instanceId = instanceId;
  }

  String instanceId() {
    return instanceId;
  }

  /** From now on every transaction is guarded. */
  void arm() {
    armed = true;
  }

  /** Tells whether this process counts as an instance. */
  boolean armed() {
    return armed;
  }

  /**
   * Inside a transaction, before its writes: fails with {@code store.fenced} if the instance was
   * fenced. Sent at once, so that what is sent after it need not wait for the answer.
   */
  Future<Void> hold(SqlConnection connection) {
    if (!armed) {
      return Future.succeededFuture();
    }
    return connection
        .preparedQuery(HOLD)
        .execute(Tuple.of(instanceId, FIRST_EPOCH))
        .compose(
            found ->
                found.size() == 1
                    ? Future.succeededFuture()
                    : Future.failedFuture(StoreRules.fenced(instanceId)));
  }
}

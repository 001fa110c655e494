package io.fedflow.storage.postgres;

import io.fedflow.failure.FedflowException;
import io.fedflow.storage.postgres.Batches.Batch;
import io.fedflow.storage.postgres.Batches.Entry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a group of changes in one transaction. First all together, sent without waiting in
 * between; if one of them is refused, which is rare, everything is rolled back and done again one
 * change at a time, each inside a savepoint.
 */
final class Transaction {

  private final SqlConnection connection;
  private final Fence fence;
  private final List<PendingChange<?>> group;

  Transaction(SqlConnection connection, Fence fence, List<PendingChange<?>> group) {
    this.connection = connection;
    this.fence = fence;
    this.group = group;
  }

  /** Completes when every change has its result or its failure; fails only if all must. */
  Future<Void> run() {
    run("BEGIN");
    Future<Void> held = fence.hold(connection);
    return send(group)
        .transform(
            sent -> {
              // Answered before what was sent after it.
              if (held.failed()) {
                return run("ROLLBACK").transform(undone -> fenced(held.cause()));
              }
              if (sent.succeeded() && group.stream().noneMatch(PendingChange::failed)) {
                return commit();
              }
              return run("ROLLBACK").compose(undone -> refused(sent.cause()));
            });
  }

  /** Whatever else there is to say about a change: it was not this instance's to make. */
  private Future<Void> fenced(Throwable why) {
    group.forEach(PendingChange::reset);
    if (!(why instanceof FedflowException)) {
      return Future.failedFuture(why);
    }
    group.forEach(change -> change.fail(why));
    return Future.succeededFuture();
  }

  private Future<Void> refused(Throwable failure) {
    if (group.size() == 1) {
      if (failure != null) {
        group.get(0).fail(failure);
      }
      return Future.succeededFuture();
    }
    group.forEach(PendingChange::reset);
    run("BEGIN");
    Future<Void> all = fence.hold(connection);
    for (PendingChange<?> change : group) {
      all = all.compose(before -> alone(change));
    }
    return all.transform(
        done ->
            done.succeeded()
                ? commit()
                : run("ROLLBACK").transform(undone -> fenced(done.cause())));
  }

  private Future<Void> alone(PendingChange<?> change) {
    run("SAVEPOINT change");
    return send(List.of(change))
        .transform(
            sent -> {
              if (sent.failed()) {
                change.fail(sent.cause());
              }
              if (change.failed()) {
                run("ROLLBACK TO change");
              }
              return run("RELEASE change");
            });
  }

  private Future<Void> commit() {
    return run("COMMIT").recover(failure -> Future.failedFuture(Failures.ofCommit(failure)));
  }

  private Future<Void> run(String command) {
    return connection.query(command).execute().mapEmpty();
  }

  private Future<Void> send(List<PendingChange<?>> changes) {
    List<Future<?>> results = new ArrayList<>();
    for (Batch batch : Batches.of(changes)) {
      // A change alone has to learn which of its rows is refused.
      Optional<RowsInsert> together = changes.size() > 1 ? RowsInsert.of(batch) : Optional.empty();
      results.add(together.map(this::send).orElseGet(() -> send(batch)));
    }
    return Future.join(results).mapEmpty();
  }

  private Future<Void> send(RowsInsert together) {
    return connection.preparedQuery(together.sql()).execute(together.columns()).mapEmpty();
  }

  private Future<Void> send(Batch batch) {
    List<Tuple> tuples =
        batch.entries().stream().map(entry -> Tuple.wrap(entry.step().args())).toList();
    return connection
        .preparedQuery(batch.sql())
        .executeBatch(tuples)
        .map(
            first -> {
              RowSet<Row> result = first;
              for (Entry entry : batch.entries()) {
                entry.change().took(entry.step(), result);
                result = result.next();
              }
              return null;
            });
  }
}

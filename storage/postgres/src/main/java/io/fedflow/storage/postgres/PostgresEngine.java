package io.fedflow.storage.postgres;

import io.fedflow.storage.sql.Change;
import io.fedflow.storage.sql.SqlEngine;
import io.fedflow.storage.sql.SqlRow;
import io.fedflow.storage.sql.Step;
import io.fedflow.storage.sql.StoreFailures;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One Postgres database: a connection that writes, and two that read. Thread-safe. */
final class PostgresEngine implements SqlEngine {

  /** Two, so that one long read does not hold up all others behind it. */
  private static final int READERS = 2;

  /** In one statement: notes that others commit meanwhile are neither summed nor deleted. */
  private static final List<Step> SUM_NOTES =
      List.of(
          Step.any(
              "WITH noted AS (DELETE FROM job_count RETURNING role, party_id, status, jobs)"
                  + " INSERT INTO job_count (role, party_id, status, jobs)"
                  + " SELECT role, party_id, status, sum(jobs) FROM noted"
                  + " GROUP BY role, party_id, status HAVING sum(jobs) <> 0"));

  private final LastingConnection writing;
  private final GroupWriter writer;
  private final List<LastingConnection> readers;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile boolean closed;

  /**
   * A database.
   *
   * @param connector makes a connection to read by
   * @param writers makes one to write by, whose transactions are short
   * @param fence guards every write
   */
  PostgresEngine(
      Supplier<Future<PgConnection>> connector,
      Supplier<Future<PgConnection>> writers,
      Fence fence) {
    this.writing = new LastingConnection(writers);
    this.writer = new GroupWriter(writing, fence);
    this.readers = Stream.generate(() -> new LastingConnection(connector)).limit(READERS).toList();
  }

  @Override
  public <R> CompletionStage<List<R>> change(Change<R> change) {
    return writer.submit(change);
  }

  @Override
  public void sumNotes() {
    change(SUM_NOTES);
  }

  @Override
  public <R> CompletionStage<List<R>> read(
      String sql, List<Object> args, Function<SqlRow, R> mapper) {
    if (closed) {
      return Bridge.toStage(Future.failedFuture(StoreFailures.closed()));
    }
    LastingConnection reader = readers.get(Math.floorMod(turn.getAndIncrement(), READERS));
    return Bridge.toStage(
        reader
            .use(live -> live.preparedQuery(sql).execute(Tuple.wrap(args)))
            .map(rows -> mapped(rows, mapper)));
  }

  /** Lets accepted changes end, then closes the connections. */
  Future<Void> close() {
    closed = true;
    return writer
        .close()
        .compose(
            done ->
                Future.join(
                    Stream.concat(Stream.of(writing), readers.stream())
                        .map(LastingConnection::close)
                        .toList()))
        .mapEmpty();
  }

  private static <R> List<R> mapped(RowSet<Row> rows, Function<SqlRow, R> mapper) {
    List<R> all = new ArrayList<>(rows.size());
    rows.forEach(row -> all.add(new ResultRow(row).map(mapper)));
    return all;
  }
}

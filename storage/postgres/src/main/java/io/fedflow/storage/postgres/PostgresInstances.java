package io.fedflow.storage.postgres;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.fedflow.spi.SiteInstances;
import io.fedflow.spi.StoreRules;
import io.fedflow.storage.sql.Change;
import io.fedflow.storage.sql.FirstTurns;
import io.fedflow.storage.sql.SqlEngine;
import io.fedflow.storage.sql.Step;
import io.fedflow.storage.sql.StoreFailures;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The instances of a site in the database that they share. Leases have a connection of their own,
 * so that no long group of writes, and no waiting for others, keeps one from being renewed.
 * Thread-safe.
 */
final class PostgresInstances implements SiteInstances {

  private static final long MOST_SILENT_MILLIS = 5_000;

  private static final Watcher NOBODY =
      new Watcher() {
        @Override
        public void jobsLeft() {
          // Nobody watches.
        }

        @Override
        public void fenced(String instanceId) {
          // Nobody watches.
        }
      };

  private final Fence fence;

  /** Carries single statements, none of which waits for a transaction. */
  private final LastingConnection leasing;

  /** Carries the transactions of takings, one after the other. */
  private final LastingConnection moving;

  private final SqlEngine sql;
  private final AtomicLong takings = new AtomicLong();

  /** Takings of which nobody knows whether they were committed: what they took is still told. */
  private final Set<Long> unsure = ConcurrentHashMap.newKeySet();

  private volatile Watcher watcher = NOBODY;
  private volatile long leaseMillis;
  private volatile boolean closed;
  private Future<?> lastMove = Future.succeededFuture();

  /**
   * The instances of a database.
   *
   * @param connector makes the two connections that this needs
   */
  PostgresInstances(Fence fence, Supplier<Future<PgConnection>> connector, SqlEngine sql) {
    this.fence = fence;
    this.leasing = new LastingConnection(() -> connector.get().compose(this::listening));
    this.moving = new LastingConnection(connector);
    this.sql = sql;
  }

  /** Renewals keep this connection there, and make it anew when it is lost. */
  private Future<PgConnection> listening(PgConnection connection) {
    connection.notificationHandler(
        news -> {
          if (!id().equals(news.getPayload())) {
            watcher.jobsLeft();
          }
        });
    connection.query(InstanceSql.UNHURRIED).execute();
    return connection.query(InstanceSql.LISTEN).execute().map(connection);
  }

  @Override
  public void watch(Watcher given) {
    watcher = given;
  }

  /** What makes the owner of a new job. */
  static FirstTurns firstTurns(Fence fence) {
    return jobId ->
        fence.armed()
            ? Optional.of(
                new Step(
                    InstanceSql.OWN_NEW,
                    List.of(jobId, fence.instanceId()),
                    false,
                    () -> StoreRules.owned(jobId)))
            : Optional.empty();
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public String id() {
    return fence.instanceId();
  }

  @Override
  public CompletionStage<Void> join(Duration lease) {
    if (lease.toMillis() < 1) {
      throw new IllegalArgumentException("lease: found " + lease + ", allowed 1 ms or more");
    }
    leaseMillis = lease.toMillis();
    Tuple self = Tuple.of(id(), leaseMillis);
    return asked(live -> live.preparedQuery(InstanceSql.JOIN).execute(self))
        .thenAccept(joined -> fence.arm());
  }

  @Override
  public CompletionStage<Renewed> renew() {
    Tuple self = Tuple.of(id(), Fence.FIRST_EPOCH, leaseMillis);
    return asked(
        live ->
            live.preparedQuery(InstanceSql.RENEW)
                .execute(self)
                .map(
                    rows -> {
                      if (rows.size() == 0) {
                        throw StoreRules.fenced(id());
                      }
                      Row row = rows.iterator().next();
                      Long nextEnd = row.getLong(2);
                      return new Renewed(
                          row.getLong(0),
                          row.getLong(1) > 0,
                          nextEnd == null ? Long.MAX_VALUE : nextEnd);
                    }));
  }

  @Override
  public CompletionStage<List<String>> take(boolean expired) {
    List<String> fenced = new CopyOnWriteArrayList<>();
    return moved(
            (live, taking) -> {
              // Sent at once; each statement sees what the one before waited for.
              Future<?> fencing = expired ? fenced(live, fenced) : Future.succeededFuture();
              Future<List<String>> taken =
                  live.preparedQuery(InstanceSql.TAKE)
                      .execute(Tuple.of(id(), taking, (long) MOST_TAKEN))
                      .map(PostgresInstances::ids);
              Future<?> emptied = live.query(InstanceSql.EMPTY).execute();
              return Future.join(fencing, taken, emptied)
                  .compose(done -> tellRest(live, taken.result()));
            })
        .thenApply(
            taken -> {
              fenced.forEach(watcher::fenced);
              return taken;
            });
  }

  private Future<?> fenced(PgConnection live, List<String> told) {
    return live.preparedQuery(InstanceSql.FENCE)
        .execute(Tuple.of(id()))
        .onSuccess(rows -> told.addAll(ids(rows)));
  }

  /** Who took as many as one may take leaves some to others, who hear of it with the commit. */
  private Future<List<String>> tellRest(PgConnection live, List<String> taken) {
    return taken.size() < MOST_TAKEN
        ? Future.succeededFuture(taken)
        : live.preparedQuery(InstanceSql.TELL).execute(Tuple.of(id())).map(taken);
  }

  @Override
  public CompletionStage<List<String>> adopt() {
    return moved(
        (live, taking) ->
            live.preparedQuery(InstanceSql.ADOPT)
                .execute(Tuple.of(id(), taking))
                .map(PostgresInstances::ids));
  }

  @Override
  public CompletionStage<String> claim(String jobId) {
    Step claim = new Step(InstanceSql.CLAIM, List.of(jobId, id()), true, null);
    return sql.change(new Change<>(List.of(claim), row -> row.text(0)))
        .thenCompose(
            mine ->
                mine.isEmpty()
                    ? sql.read(InstanceSql.OWNER, List.of(jobId), row -> row.text(0))
                        .thenApply(found -> found.get(0))
                    : CompletableFuture.completedStage(mine.get(0)));
  }

  @Override
  public CompletionStage<Optional<String>> owner(String jobId) {
    return sql.find(InstanceSql.LIVE_OWNER, List.of(jobId), row -> row.text(0));
  }

  @Override
  public CompletionStage<Void> leave() {
    return asked(
            live ->
                live.preparedQuery(InstanceSql.LEAVE).execute(Tuple.of(id(), Fence.FIRST_EPOCH)))
        .thenApply(left -> null);
  }

  Future<Void> close() {
    closed = true;
    return Future.join(leasing.close(), moving.close()).mapEmpty();
  }

  /** Moves jobs to this instance, in a transaction that a fenced one cannot commit. */
  private interface Move {
    Future<List<String>> of(PgConnection live, long taking);
  }

  private synchronized CompletionStage<List<String>> moved(Move move) {
    Future<List<String>> next = lastMove.transform(before -> inTransaction(move));
    lastMove = next;
    return Bridge.toStage(next);
  }

  private Future<List<String>> inTransaction(Move move) {
    long taking = takings.incrementAndGet();
    List<Long> before = List.copyOf(unsure);
    return this.<List<String>>on(
            moving,
            live -> {
              live.query("BEGIN").execute();
              return fence
                  .hold(live)
                  .compose(held -> move.of(live, taking))
                  .compose(taken -> remembered(live, before, taken))
                  .transform(
                      done ->
                          done.succeeded()
                              ? committed(live, taking).map(done.result())
                              : live.query("ROLLBACK")
                                  .execute()
                                  .transform(undone -> Future.failedFuture(done.cause())));
            })
        .onSuccess(taken -> unsure.removeAll(before));
  }

  private Future<Void> committed(PgConnection live, long taking) {
    return live.query("COMMIT")
        .execute()
        .<Void>mapEmpty()
        .recover(
            lost -> {
              unsure.add(taking);
              return Future.failedFuture(Failures.ofCommit(lost));
            });
  }

  private Future<List<String>> remembered(
      SqlConnection live, List<Long> before, List<String> taken) {
    Future<List<String>> all = Future.succeededFuture(new ArrayList<>(taken));
    for (long earlier : before) {
      all =
          all.compose(
              so ->
                  live.preparedQuery(InstanceSql.TAKEN)
                      .execute(Tuple.of(id(), earlier))
                      .map(
                          rows -> {
                            so.addAll(ids(rows));
                            return so;
                          }));
    }
    return all;
  }

  private static List<String> ids(RowSet<Row> rows) {
    List<String> ids = new ArrayList<>(rows.size());
    rows.forEach(row -> ids.add(row.getString(0)));
    return ids;
  }

  private <T> CompletionStage<T> asked(Function<PgConnection, Future<T>> question) {
    return Bridge.toStage(on(leasing, question));
  }

  private <T> Future<T> on(LastingConnection connection, Function<PgConnection, Future<T>> work) {
    return closed
        ? Future.failedFuture(StoreFailures.closed())
        // Inside a stage, so that whatever a connection attempt throws becomes a failure, too.
        : Future.succeededFuture()
            .compose(
                start ->
                    connection.use(
                        // One that hears nothing is given up, or it would hear nothing for ever.
                        live -> work.apply(live).timeout(MOST_SILENT_MILLIS, MILLISECONDS)));
  }
}

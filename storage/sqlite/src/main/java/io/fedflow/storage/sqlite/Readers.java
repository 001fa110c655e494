package io.fedflow.storage.sqlite;

import io.fedflow.storage.sql.SqlRow;
import io.fedflow.storage.sql.StoreFailures;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The threads that read, each with a connection of its own. Thread-safe. */
final class Readers implements AutoCloseable {

  private static final int THREADS = 2;
  private static final int MOST_WAITING = 10_000;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.MINUTES,
          new LinkedBlockingQueue<>(MOST_WAITING),
          task -> Writer.daemon(task, "fedflow-sqlite-reader"));

  /** As many as threads: a running read always finds one. */
  private final Deque<SqliteConnection> idle = new ArrayDeque<>();

  private Readers() {}

  static Readers open(Path file) throws SQLException {
    Readers readers = new Readers();
    try {
      for (int i = 0; i < THREADS; i++) {
        readers.give(SqliteConnection.reading(file));
      }
    } catch (SQLException e) {
      readers.close();
      throw e;
    }
    return readers;
  }

  <R> CompletionStage<List<R>> read(String sql, List<Object> args, Function<SqlRow, R> mapper) {
    CompletableFuture<List<R>> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> read(sql, args, mapper, answer));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          threads.isShutdown() ? StoreFailures.closed() : StoreFailures.busy(MOST_WAITING));
    }
    return answer.minimalCompletionStage();
  }

  /** Lets accepted reads end, then closes the connections. */
  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    for (SqliteConnection connection : new ArrayList<>(idle)) {
      try {
        connection.close();
      } catch (SQLException e) {
        System.getLogger(Readers.class.getName())
            .log(System.Logger.Level.WARNING, "a connection did not close cleanly", e);
      }
    }
  }

  private <R> void read(
      String sql,
      List<Object> args,
      Function<SqlRow, R> mapper,
      CompletableFuture<List<R>> answer) {
    SqliteConnection connection = take();
    List<R> rows = null;
    Throwable failure = null;
    try {
      rows = connection.rows(sql, args, mapper);
    } catch (SQLException | RuntimeException e) {
      failure = e;
    } finally {
      give(connection);
    }
    // Answered only now: what the caller does next must not hold a connection.
    if (failure == null) {
      answer.complete(rows);
    } else {
      answer.completeExceptionally(Failures.of(failure));
    }
  }

  private SqliteConnection take() {
    synchronized (idle) {
      return idle.pop();
    }
  }

  private void give(SqliteConnection connection) {
    synchronized (idle) {
      idle.push(connection);
    }
  }
}

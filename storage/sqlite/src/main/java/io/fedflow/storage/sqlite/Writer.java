package io.fedflow.storage.sqlite;

import io.fedflow.storage.sql.Change;
import io.fedflow.storage.sql.StoreFailures;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that writes. It takes all changes that wait and commits them together, since the
 * disk's sync costs as much for one as for hundreds. If one is refused, which is rare, all are
 * undone and done again, each inside a savepoint, which costs a quarter more.
 */
final class Writer implements AutoCloseable {

  private static final int MOST_WAITING = 100_000;
  private static final int MOST_TOGETHER = 1_000;

  /** Tells the thread to end after everything that was accepted before. */
  private static final PendingChange<Void> END = new PendingChange<>(Change.of(List.of()));

  private final SqliteConnection connection;
  private final BlockingQueue<PendingChange<?>> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "fedflow-sqlite-writer");

  /** What callers do with an answer must not hold up the next commit. */
  private final ExecutorService answers =
      Executors.newSingleThreadExecutor(task -> daemon(task, "fedflow-sqlite-answers"));

  private boolean closed;

  private Writer(SqliteConnection connection) {
    this.connection = connection;
  }

  static Writer start(SqliteConnection connection) {
    Writer writer = new Writer(connection);
    writer.thread.setDaemon(true);
    writer.thread.start();
    return writer;
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  <R> CompletionStage<List<R>> submit(Change<R> change) {
    PendingChange<R> pending = new PendingChange<>(change);
    synchronized (waiting) {
      if (closed) {
        return pending.refuse(StoreFailures.closed());
      }
      if (waiting.size() >= MOST_WAITING) {
        return pending.refuse(StoreFailures.busy(MOST_WAITING));
      }
      waiting.add(pending);
    }
    return pending.stage();
  }

  /** Commits what was accepted, tells everybody, and closes the connection. */
  @Override
  public void close() {
    synchronized (waiting) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.add(END);
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<PendingChange<?>> group = new ArrayList<>();
    boolean open = true;
    while (open) {
      group.clear();
      group.add(next());
      waiting.drainTo(group, MOST_TOGETHER - 1);
      open = !group.remove(END);
      write(List.copyOf(group));
    }
    end();
  }

  private PendingChange<?> next() {
    while (true) {
      try {
        return waiting.take();
      } catch (InterruptedException e) {
        // Nobody but close() may end this thread: accepted changes would be lost.
        System.getLogger(Writer.class.getName())
            .log(System.Logger.Level.WARNING, "interrupted; the writer goes on");
      }
    }
  }

  private void write(List<PendingChange<?>> group) {
    if (group.isEmpty()) {
      return;
    }
    try {
      connection.begin();
      if (!group.stream().allMatch(pending -> pending.runWithOthers(connection))) {
        rollBack();
        connection.begin();
        for (PendingChange<?> pending : group) {
          pending.runAlone(connection);
        }
      }
      commit();
    } catch (SQLException | RuntimeException e) {
      rollBack();
      group.forEach(pending -> pending.fail(e));
    }
    answers.execute(() -> group.forEach(PendingChange::answer));
  }

  private void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw Failures.ofCommit(e);
    }
  }

  private void rollBack() {
    try {
      connection.rollBack();
    } catch (SQLException e) {
      // SQLite rolls back by itself after some failures, such as a full disk.
      System.getLogger(Writer.class.getName())
          .log(System.Logger.Level.DEBUG, "nothing left to roll back", e);
    }
  }

  private void end() {
    answers.shutdown();
    try {
      connection.close();
    } catch (SQLException e) {
      System.getLogger(Writer.class.getName())
          .log(System.Logger.Level.WARNING, "the database did not close cleanly", e);
    }
  }
}

package io.fedflow.storage.sqlite;

import io.fedflow.storage.sql.Change;
import io.fedflow.storage.sql.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A change that waits to be written, and the answer that waits for the commit. */
final class PendingChange<R> {

  private final Change<R> change;
  private final CompletableFuture<List<R>> answer = new CompletableFuture<>();
  private List<R> result;
  private Throwable failure;

  PendingChange(Change<R> change) {
    this.change = change;
  }

  CompletionStage<List<R>> stage() {
    return answer.minimalCompletionStage();
  }

  CompletionStage<List<R>> refuse(RuntimeException why) {
    answer.completeExceptionally(why);
    return stage();
  }

  /**
   * Runs the steps inside the open transaction, of which nothing may be kept if they fail.
   *
   * @return whether they went well
   */
  boolean runWithOthers(SqliteConnection connection) {
    try {
      result = steps(connection);
      return true;
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  /**
   * Runs the steps inside the open transaction; a change that fails is undone alone.
   *
   * @throws SQLException if the transaction itself cannot go on
   */
  void runAlone(SqliteConnection connection) throws SQLException {
    connection.run("SAVEPOINT change");
    try {
      result = steps(connection);
    } catch (SQLException | RuntimeException e) {
      failure = e;
      connection.run("ROLLBACK TO change");
    }
    connection.run("RELEASE change");
  }

  /** The whole transaction failed. A change that was refused on its own stays refused for that. */
  void fail(Throwable why) {
    if (failure == null) {
      failure = why;
    }
  }

  /** Tells the caller, once the transaction has ended. */
  void answer() {
    if (failure == null) {
      answer.complete(result);
    } else {
      answer.completeExceptionally(Failures.of(failure));
    }
  }

  private List<R> steps(SqliteConnection connection) throws SQLException {
    List<R> outcome = List.of();
    for (Step step : change.steps()) {
      if (step.returns()) {
        outcome = connection.rows(step.sql(), step.args(), change.mapper());
      } else if (step.refuses(connection.update(step.sql(), step.args()))) {
        throw step.refusal().get();
      }
    }
    return outcome;
  }
}

package io.fedflow.storage.postgres;

import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.Change;
import io.fedflow.storage.sql.Step;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A change that waits to be written, and the answer that waits for the commit. */
final class PendingChange<R> {

  private final Change<R> change;
  private final CompletableFuture<List<R>> answer = new CompletableFuture<>();
  private List<R> rows = List.of();
  private Throwable failure;

  PendingChange(Change<R> change) {
    this.change = change;
  }

  CompletionStage<List<R>> stage() {
    return answer.minimalCompletionStage();
  }

  CompletionStage<List<R>> refuse(FedflowException why) {
    answer.completeExceptionally(why);
    return stage();
  }

  List<Step> steps() {
    return change.steps();
  }

  /** Forgets what an attempt that was rolled back found. */
  void reset() {
    rows = List.of();
    failure = null;
  }

  /** Takes the result of a step. */
  void took(Step step, RowSet<Row> result) {
    if (step.returns()) {
      List<R> mapped = new ArrayList<>();
      result.forEach(row -> mapped.add(new ResultRow(row).map(change.mapper())));
      rows = mapped;
    } else if (step.refuses(result.rowCount())) {
      fail(step.refusal().get());
    }
  }

  /** The first failure stays: later ones follow from it. */
  void fail(Throwable why) {
    if (failure == null) {
      failure = why;
    }
  }

  boolean failed() {
    return failure != null;
  }

  /** Tells the caller, once the transaction has ended. */
  void answer() {
    if (failure == null) {
      answer.complete(rows);
    } else {
      answer.completeExceptionally(Failures.of(failure));
    }
  }
}

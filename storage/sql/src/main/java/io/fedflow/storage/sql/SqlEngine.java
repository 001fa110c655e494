package io.fedflow.storage.sql;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A database as the stores need it. Statements are of the dialect that both databases share, with
 * {@code $1}, {@code $2}, … for parameters. Thread-safe; never blocks the caller.
 *
 * <p>Promises: changes happen in the order handed over; a change is durable when its stage
 * completes, all of it or nothing; a refused change hinders no other; a read sees every change that
 * completed before it was asked for.
 */
public interface SqlEngine {

  /**
   * Makes a change; fails with the refusal of a step that touched no row.
   *
   * @return the rows that the change gave back; empty for most
   */
  <R> CompletionStage<List<R>> change(Change<R> change);

  /** Makes a change that gives nothing back. */
  default CompletionStage<Void> change(List<Step> steps) {
    return change(Change.of(steps)).thenApply(rows -> null);
  }

  /**
   * Puts the notes in {@code job_count} together, with the changes that follow. Loses nothing if it
   * fails: others follow.
   */
  void sumNotes();

  /** Reads rows. */
  <R> CompletionStage<List<R>> read(String sql, List<Object> args, Function<SqlRow, R> mapper);

  /** Reads the row of a key. */
  default <R> CompletionStage<Optional<R>> find(
      String sql, List<Object> args, Function<SqlRow, R> mapper) {
    return read(sql, args, mapper).thenApply(rows -> rows.stream().findFirst());
  }
}

package io.fedflow.storage.sql;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every change of a job's row is noted by a trigger as a row of its own in {@code job_count}; now
 * and then they become one for each party and status. Thread-safe.
 */
final class CountNotes {

  /** A change of a status is two notes; so many are summed in a millisecond or two. */
  private static final int MOST = 2_000;

  private final SqlEngine sql;
  private final AtomicInteger notes = new AtomicInteger();

  CountNotes(SqlEngine sql) {
    this.sql = sql;
  }

  /** Tells that rows of {@code job_view} are about to change. */
  void expect(int rows) {
    if (notes.addAndGet(rows) >= MOST && notes.getAndSet(0) >= MOST) {
      sql.sumNotes();
    }
  }
}

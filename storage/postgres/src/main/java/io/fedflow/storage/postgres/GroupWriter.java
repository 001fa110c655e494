package io.fedflow.storage.postgres;

import io.fedflow.storage.sql.Change;
import io.fedflow.storage.sql.StoreFailures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Writes changes in the order handed over. While one transaction runs, changes gather; all of them
 * make the next one, since a commit costs as much for one as for hundreds. Thread-safe.
 */
final class GroupWriter {

  private static final int MOST_WAITING = 100_000;
  private static final int MOST_TOGETHER = 1_000;

  private final LastingConnection connection;
  private final Fence fence;
  private final Deque<PendingChange<?>> waiting = new ArrayDeque<>();
  private final Promise<Void> drained = Promise.promise();
  private boolean writing;
  private boolean closed;

  /**
   * A writer over a connection.
   *
   * @param fence guards every transaction
   */
  GroupWriter(LastingConnection connection, Fence fence) {
    this.connection = connection;
    this.fence = fence;
  }

  <R> CompletionStage<List<R>> submit(Change<R> change) {
    PendingChange<R> pending = new PendingChange<>(change);
    synchronized (this) {
      if (closed) {
        return pending.refuse(StoreFailures.closed());
      }
      if (waiting.size() >= MOST_WAITING) {
        return pending.refuse(StoreFailures.busy(MOST_WAITING));
      }
      waiting.add(pending);
      if (writing) {
        return pending.stage();
      }
      writing = true;
    }
    writeNext();
    return pending.stage();
  }

  /** Refuses further changes; completes when the accepted ones have their answers. */
  synchronized Future<Void> close() {
    closed = true;
    if (!writing) {
      drained.tryComplete();
    }
    return drained.future();
  }

  private void writeNext() {
    List<PendingChange<?>> group = take();
    if (!group.isEmpty()) {
      // Inside a stage, so that whatever a connection attempt throws becomes a failure, too.
      Future.succeededFuture()
          .compose(start -> connection.use(live -> new Transaction(live, fence, group).run()))
          .onComplete(
              (done, failure) -> {
                if (failure != null) {
                  group.forEach(change -> change.fail(failure));
                }
                // The next group is on its way before callers learn about this one: what they do
                // with the answer cannot hold it up.
                writeNext();
                group.forEach(PendingChange::answer);
              });
    }
  }

  private synchronized List<PendingChange<?>> take() {
    List<PendingChange<?>> group = new ArrayList<>();
    while (!waiting.isEmpty() && group.size() < MOST_TOGETHER) {
      group.add(waiting.poll());
    }
    if (group.isEmpty()) {
      writing = false;
      if (closed) {
        drained.tryComplete();
      }
    }
    return group;
  }
}

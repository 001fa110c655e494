package io.fedflow.transport.http.wire;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for what blocks, with a bounded line before them. Thread-safe. */
public final class Workers {

  private final WorkerExecutor executor;
  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * Runs on these threads.
   *
   * @param most how many calls may run or wait at once
   */
  public Workers(WorkerExecutor executor, int most) {
    this.executor = executor;
    this.most = most;
  }

  /** Runs a blocking call; refused at once if too many wait already. */
  public <T> Future<T> run(Callable<T> work) {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      return Future.failedFuture(
          new FedflowException(
              FailureKind.EXHAUSTED,
              "request.too-many",
              "more than " + most + " requests wait for data; ask again later"));
    }
    return executor.executeBlocking(work, false).onComplete(outcome -> taken.decrementAndGet());
  }

  /** Ends the threads. */
  public Future<Void> close() {
    return executor.close();
  }
}

package io.fedflow.job;

import io.fedflow.data.BlobFailure;
import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.Timers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Does again, with growing pauses, what a task asks of a store that is down, so that a task which
 * ends just then is not lost with all that it computed. Thread-safe.
 */
public final class StoreRetries implements AutoCloseable {

  /** The pause after the first failure of a store; the next one is twice as long. */
  static final long FIRST_PAUSE_MILLIS = 50;

  /** Short enough that nothing waits long once the store is back. */
  static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final Timers timers;
  private final InstantSource clock;
  private final long patience;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile StoreWatch watch;

  /**
   * Retries of a site.
   *
   * @param timers runs the pauses of {@link #run}
   * @param patience how long something may fail in a row; 0 retries nothing
   */
  public StoreRetries(Timers timers, InstantSource clock, Duration patience) {
    this.timers = timers;
    this.clock = clock;
    this.patience = patience.toMillis();
  }

  /** Tells from now on what waits for the store. */
  void tell(StoreWatch given) {
    watch = given;
  }

  /** Retries nothing. */
  public static StoreRetries none() {
    Timers never =
        (millis, work) -> {
          throw new RejectedExecutionException("nothing is tried again here");
        };
    return new StoreRetries(never, InstantSource.system(), Duration.ZERO);
  }

  /**
   * Does blocking work until the store is there, on the caller's thread, which is a task's own.
   *
   * @param work may be done twice without harm: a try that failed may have been stored
   * @throws FedflowException the failure, if it is not that of a store that is down or patience is
   *     over; CANCELLED if the thread was interrupted in a pause; {@code site.closed}
   */
  <T> T call(Supplier<T> work) {
    Patience left = new Patience();
    try {
      while (true) {
        try {
          return work.get();
        } catch (FedflowException failed) {
          if (!isDown(failed) && failed.kind() != FailureKind.UNKNOWN || left.isOver()) {
            throw failed;
          }
          pause(left.pause(failed));
        }
      }
    } finally {
      left.end();
    }
  }

  private void pause(long millis) {
    try {
      if (closed.await(millis, TimeUnit.MILLISECONDS)) {
        throw JobIntake.siteClosed();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw FedflowException.cancelled("it was stopped while it waited for the store");
    }
  }

  /**
   * Begins work again while the store is certainly not there; never blocks.
   *
   * @param work begins a try; must not block
   */
  <T> CompletionStage<T> run(Supplier<CompletionStage<T>> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Patience left = new Patience();
    attempt(work, left, done);
    done.whenComplete((value, failed) -> left.end());
    return done.minimalCompletionStage();
  }

  private <T> void attempt(
      Supplier<CompletionStage<T>> work, Patience left, CompletableFuture<T> done) {
    Stages.start(work)
        .whenComplete(
            (value, failed) -> {
              if (failed == null) {
                done.complete(value);
              } else if (closed.getCount() == 0
                  || !isDown(Stages.unwrap(failed))
                  || left.isOver()) {
                done.completeExceptionally(Stages.unwrap(failed));
              } else {
                later(() -> attempt(work, left, done), left.pause(Stages.unwrap(failed)), done);
              }
            });
  }

  private void later(Runnable again, long pause, CompletableFuture<?> done) {
    try {
      timers.after(pause, again);
    } catch (RejectedExecutionException ended) {
      done.completeExceptionally(JobIntake.siteClosed());
    }
  }

  /** Tells whether a store was away, as opposed to anything else that is UNAVAILABLE. */
  static boolean isAway(FedflowException failure) {
    boolean away =
        failure.kind() == FailureKind.UNAVAILABLE || failure.kind() == FailureKind.UNKNOWN;
    return away
        // A full disk is not away: to begin anew would fill it again.
        && !failure.code().equals(BlobFailure.FULL)
        && (failure.code().startsWith("store.")
            || failure.code().equals("blob.io")
            || failure.code().equals("checkpoint.io"));
  }

  private static boolean isDown(Throwable failure) {
    return failure instanceof FedflowException known && known.kind() == FailureKind.UNAVAILABLE;
  }

  /** Ends every pause; nothing is tried again from now on. */
  @Override
  public void close() {
    closed.countDown();
  }

  /** What is left of it for one piece of work. One try after the other. */
  private final class Patience {

    private long failingSince = -1;
    private long next = FIRST_PAUSE_MILLIS;

    /** Asked after every failure. */
    private boolean isOver() {
      long now = clock.millis();
      failingSince = failingSince < 0 ? now : failingSince;
      return now - failingSince >= patience;
    }

    /** How long to wait after a failure. */
    private long pause(Throwable why) {
      long pause = next;
      next = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      StoreWatch told = watch;
      if (told != null) {
        told.waits(
            this, new StoreOutage(failingSince, clock.millis() + pause, JobOutbox.reason(why)));
      }
      return pause;
    }

    private void end() {
      StoreWatch told = watch;
      if (told != null) {
        told.over(this);
      }
    }
  }
}

package io.fedflow.transport.grpc;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One command or envelope on its way: attempts are made, with growing pauses, until one is answered
 * or the time is over, which begins anew with every attempt that made progress. Only what is
 * idempotent may travel so. Confined to one context.
 */
final class Delivery<R> {

  /** Makes attempts at one call. */
  interface Attempts<R> {
    /** A fresh attempt when this much time is left. */
    Try<R> prepare(long millisLeft);

    /** Whether another attempt makes sense at once, at another place. */
    boolean more();
  }

  private final Vertx vertx;
  private final LinkOptions options;
  private final Duration patience;
  private final Destination destination;
  private final Attempts<R> attempts;
  private long deadline;
  private final Promise<R> outcome = Promise.promise();
  private Try<R> current;
  private long pauseMillis;
  private long timer = -1;
  private int made;
  private boolean cutShort;
  private boolean mayHaveArrived;
  private boolean over;
  private String lastWord = "";
  private String lastError = "nothing was tried, other commands were waiting before this one";

  /** Prepares a delivery that is tried for as long as commands are; its time starts at once. */
  Delivery(Vertx vertx, LinkOptions options, Destination destination, Attempts<R> attempts) {
    this(vertx, options, options.giveUpAfter(), destination, attempts);
  }

  /**
   * Prepares a delivery.
   *
   * @param patience how long it is tried without progress; starts at once
   */
  Delivery(
      Vertx vertx,
      LinkOptions options,
      Duration patience,
      Destination destination,
      Attempts<R> attempts) {
    this.vertx = vertx;
    this.options = options;
    this.patience = patience;
    this.destination = destination;
    this.attempts = attempts;
    beginAnew();
  }

  private void beginAnew() {
    deadline = System.nanoTime() + patience.toNanos();
    pauseMillis = options.firstPause().toMillis();
  }

  /** Starts, and tells how it ends. */
  Future<R> start() {
    attempt();
    return outcome.future();
  }

  /** Gives up now, for this reason. */
  void abandon(String why) {
    if (!over) {
      lastError = why;
      giveUp();
    }
  }

  private void attempt() {
    if (over) {
      return;
    }
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      giveUp();
      return;
    }
    made++;
    cutShort = left < options.callTimeout().toMillis();
    current = attempts.prepare(left);
    Future<R> attempt;
    try {
      attempt = current.start();
    } catch (RuntimeException bug) {
      // Thrown past here, it would leave the sender waiting for ever.
      failed(bug);
      return;
    }
    attempt.onComplete(this::answered, this::failed);
  }

  private void answered(R reply) {
    if (!over) {
      over = true;
      outcome.complete(reply);
    }
  }

  private void failed(Throwable failure) {
    if (over) {
      return;
    }
    if (failure instanceof CallFailed broken) {
      mayHaveArrived |= broken.mayHaveArrived();
      if (made == 1 || !cutShort) {
        // One that had less than its time tells less than the one before.
        lastError = broken.getMessage();
      }
      if (broken.told()) {
        lastWord = broken.getMessage();
      }
      if (broken.progressed()) {
        beginAnew();
      }
      if (attempts.more()) {
        attempt();
      } else if (broken.hopeless()) {
        giveUp();
      } else {
        pause();
      }
    } else {
      over = true;
      outcome.fail(failure);
    }
  }

  private void pause() {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      giveUp();
      return;
    }
    timer = vertx.setTimer(Math.min(pauseMillis, left), id -> attempt());
    pauseMillis = Math.min(2 * pauseMillis, options.longestPause().toMillis());
  }

  /** A broken connection tells less than what the other site said on another one. */
  private String reason() {
    return lastWord.isEmpty() || lastWord.equals(lastError)
        ? lastError
        : lastError + ", and at another attempt: " + lastWord;
  }

  private void giveUp() {
    over = true;
    vertx.cancelTimer(timer);
    if (current != null) {
      current.cancel(lastError);
    }
    outcome.fail(destination.unreachable(reason(), made, mayHaveArrived));
  }
}

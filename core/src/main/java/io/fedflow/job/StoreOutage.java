package io.fedflow.job;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.time.Instant;

/**
 * The store of a site is down: turns wait for it and are tried again. Times are epoch milliseconds.
 *
 * @param since when the turn that waits longest failed first
 * @param nextTry when the next turn is tried again
 * @param reason what the store said last to the turn that waits longest
 */
public record StoreOutage(long since, long nextTry, String reason) {

  /** The code of {@link #refusal}. */
  static final String CODE = "store.down";

  /** The outage in words, without a full stop. */
  public String text() {
    return "the store of this site is down since "
        + Instant.ofEpochMilli(since)
        + ", next try "
        + Instant.ofEpochMilli(nextTry)
        + ": "
        + reason;
  }

  /** What is told to whoever brings a job meanwhile. */
  FedflowException refusal() {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        CODE,
        "this site takes no new jobs now: " + text() + "; submit again when it is back");
  }
}

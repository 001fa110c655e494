package io.fedflow.transport.bucket;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.vertx.core.http.HttpClientRequest;

/** The request that is under way for somebody who may stop waiting for it. Thread-safe. */
public final class Flight {

  private HttpClientRequest current;
  private boolean aborted;

  /** Nothing is under way. */
  public Flight() {}

  /** A request begins; one at a time. */
  synchronized void begin(HttpClientRequest request) {
    current = request;
    if (aborted) {
      request.reset();
    }
  }

  /** Fails once nobody waits any more. */
  synchronized void check() {
    if (aborted) {
      throw new FedflowException(
          FailureKind.CANCELLED, "bucket.stopped", "the request to the bucket was stopped");
    }
  }

  /** Ends what is under way, and lets nothing begin. */
  public synchronized void abort() {
    aborted = true;
    if (current != null) {
      current.reset();
    }
  }
}

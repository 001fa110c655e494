package io.fedflow.storage.sql;

import io.fedflow.data.BlobFailure;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;

/** What every database can do wrong. */
public final class StoreFailures {

  private StoreFailures() {}

  /** Certainly not done. */
  public static FedflowException unavailable(String message, Throwable cause) {
    return new FedflowException(FailureKind.UNAVAILABLE, "store.unavailable", message, cause);
  }

  /** Certainly not done: there is no space for it. */
  public static FedflowException full(String what, Throwable cause) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        BlobFailure.FULL,
        what + "; the disk is full, all goes on once there is space",
        cause);
  }

  /** May have been done. */
  public static FedflowException unknown(String message, Throwable cause) {
    return new FedflowException(FailureKind.UNKNOWN, "store.unknown", message, cause);
  }

  /** A statement or a row is not as this code expects. */
  public static FedflowException bug(String message, Throwable cause) {
    return new FedflowException(FailureKind.BUG, "store.bug", message, cause);
  }

  /** What is stored is damaged: to wait for it is of no use, and nothing may be written to it. */
  public static FedflowException corrupt(String message, Throwable cause) {
    return new FedflowException(FailureKind.BUG, "store.corrupt", message, cause);
  }

  /** Asked after the end. */
  public static FedflowException closed() {
    return new FedflowException(
        FailureKind.UNAVAILABLE, "store.closed", "the store is closed; open it again");
  }

  /** More waits than a store holds back. */
  public static FedflowException busy(int limit) {
    return new FedflowException(
        FailureKind.EXHAUSTED,
        "store.busy",
        limit + " operations wait for the database already; ask for less at a time");
  }
}

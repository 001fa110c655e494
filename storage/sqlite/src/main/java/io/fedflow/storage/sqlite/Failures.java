package io.fedflow.storage.sqlite;

import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.StoreFailures;

/** What the disk and SQLite do wrong, as failures of ours. */
final class Failures {

  private Failures() {}

  /** Certainly not done. */
  static FedflowException unavailable(String what, Throwable cause) {
    return StoreFailures.unavailable(
        what + ": " + cause.getMessage() + "; check free space, permissions and the disk", cause);
  }

  /** What a caller is told when an operation threw. */
  static FedflowException of(Throwable failure) {
    return failure instanceof FedflowException known
        ? known
        : unavailable("the database refused an operation", failure);
  }
}

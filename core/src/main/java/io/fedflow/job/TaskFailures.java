package io.fedflow.job;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.Confidential;
import io.fedflow.failure.FedflowException;

/** How the end of a task's part names the failure that ended it. */
final class TaskFailures {

  private TaskFailures() {}

  /**
   * The cause: the message, and the code behind it. What a component says of its own input may name
   * columns and values, so it is for its site only; all others read what they call those columns.
   * What the network and other parties did is for all.
   */
  static String cause(FedflowException failure) {
    String message = JobOutbox.reason(failure);
    return switch (failure.kind()) {
      case INVALID, CONFLICT, BUG -> Confidential.mark(message, told(failure)) + code(failure);
      case UNAVAILABLE, UNKNOWN, EXHAUSTED, PEER -> message + code(failure);
      case CANCELLED -> message;
    };
  }

  private static String told(FedflowException failure) {
    return failure instanceof ColumnException refused ? refused.told() : "";
  }

  private static String code(FedflowException failure) {
    return " [" + failure.code() + ']';
  }
}

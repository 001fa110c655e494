package io.fedflow.component;

/**
 * A task's log at one party. Messages never hold raw values, labels, ids of records, keys or
 * shares. Thread-safe.
 */
public interface TaskLog {

  /** Lifecycle. */
  void info(String message);

  /** Something degraded that the task survived. */
  void warning(String message);

  /** What gave up and why. */
  void error(String message);

  /** For the person reading at night. */
  void debug(String message);
}

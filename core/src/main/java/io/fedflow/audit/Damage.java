package io.fedflow.audit;

/** A line of a log is not what was written. The message tells what is wrong, not where. */
final class Damage extends Exception {

  private static final long serialVersionUID = 1L;

  Damage(String message) {
    super(message, null, false, false);
  }
}

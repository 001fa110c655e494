package io.fedflow.benchmarks.crypto;

/** Why the original cannot be measured; the rest of a benchmark goes on without it. */
final class OriginalMissing extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * A reason.
   *
   * @param message what was found, and what is needed
   */
  OriginalMissing(String message) {
    super(message);
  }
}

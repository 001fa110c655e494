package io.fedflow.failure;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects everything wrong with a document, so that a user sees all of it at once. Not
 * thread-safe.
 */
public final class Problems {

  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /** Notes an error. */
  public void error(String pointer, String message, Object found, String allowed) {
    errors.add(new Problem(pointer, message, String.valueOf(found), allowed));
  }

  /** Notes something that runs all the same, but that the user should know. */
  public void warning(String pointer, String message, Object found, String allowed) {
    warnings.add(new Problem(pointer, message, String.valueOf(found), allowed));
  }

  /** All errors so far, in the order of discovery. */
  public List<Problem> errors() {
    return List.copyOf(errors);
  }

  /** All warnings so far, in the order of discovery. */
  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  /** Tells whether an error was noted. */
  public boolean any() {
    return !errors.isEmpty();
  }

  /**
   * Ends validation.
   *
   * @throws ProblemsException if any error was noted
   */
  public void throwIfAny() {
    if (any()) {
      throw new ProblemsException(errors());
    }
  }
}

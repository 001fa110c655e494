package io.fedflow.failure;

/**
 * One thing wrong with a document that a user gave.
 *
 * @param pointer JSON pointer (RFC 6901) into the document, prefixed by the document's name: {@code
 *     dsl/components/lr_0/module}
 * @param message what is wrong, for a person
 * @param found the offending value as text, shortened; never null
 * @param allowed what would be right; never null
 */
public record Problem(String pointer, String message, String found, String allowed) {

  private static final int MAX_FOUND = 200;

  /** Shortens an overlong found value. */
  public Problem {
    if (found.length() > MAX_FOUND) {
      found = found.substring(0, MAX_FOUND) + "…";
    }
  }

  @Override
  public String toString() {
    return pointer + ": " + message + " (found " + found + "; allowed " + allowed + ")";
  }
}

package io.fedflow.data;

import io.fedflow.failure.FedflowException;

/** The rule for names and namespaces of tables. */
public final class TableNames {

  private static final int MAX = 191;

  private TableNames() {}

  /**
   * Checks a name.
   *
   * @param field how the message calls it
   * @throws FedflowException {@code table.name} if it is empty, too long or holds control
   *     characters
   */
  public static void check(String field, String text) {
    if (text == null
        || text.isBlank()
        || text.length() > MAX
        || text.chars().anyMatch(c -> c < 32)) {
      throw FedflowException.invalid(
          "table.name",
          field
              + ": found '"
              + text
              + "', allowed 1.."
              + MAX
              + " characters without control characters");
    }
  }
}

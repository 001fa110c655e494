package io.fedflow.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a log ends. Noted elsewhere, it proves later that nothing up to there was changed: the hash
 * depends on every record before it.
 *
 * @param number the number of the last record; 0 if there is none
 * @param hash its hash, 64 hexadecimal digits in lower case
 */
public record AuditHead(long number, String hash) {

  private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,17}):([0-9a-f]{64})");

  /** Before the first record. */
  public static final AuditHead START = new AuditHead(0, "0".repeat(64));

  /**
   * Reads {@code 17:…}.
   *
   * @throws IllegalArgumentException telling what is allowed
   */
  public static AuditHead parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "found '"
              + AuditTexts.bounded(text, 100)
              + "', allowed the number of a record, a colon and 64 hexadecimal digits");
    }
    return new AuditHead(Long.parseLong(parts.group(1)), parts.group(2));
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return number + ":" + hash;
  }
}

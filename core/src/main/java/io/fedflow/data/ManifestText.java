package io.fedflow.data;

/** Texts of a manifest, without blanks, control characters and halves of characters. */
final class ManifestText {

  private static final String EMPTY = "\\e";
  private static final int ESCAPE = 6;

  private ManifestText() {}

  /** Appends a text, escaped. */
  static StringBuilder append(StringBuilder out, String text) {
    if (text.isEmpty()) {
      return out.append(EMPTY);
    }
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean plain = each > ' ' && each < 0x7f && each != '\\';
      if (plain || each > 0xa0 && Character.isLetterOrDigit(each)) {
        out.append(each);
      } else {
        out.append(String.format("\\u%04x", (int) each));
      }
    }
    return out;
  }

  /**
   * A text that was appended.
   *
   * @throws IllegalArgumentException if it is escaped in another way
   */
  static String parse(String escaped) {
    if (escaped.equals(EMPTY)) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < escaped.length()) {
      char each = escaped.charAt(at);
      if (each != '\\') {
        text.append(each);
        at++;
      } else if (escaped.startsWith("\\u", at) && at + ESCAPE <= escaped.length()) {
        text.append((char) Integer.parseInt(escaped, at + 2, at + ESCAPE, 16));
        at += ESCAPE;
      } else {
        throw new IllegalArgumentException("an escape that is none");
      }
    }
    return text.toString();
  }
}

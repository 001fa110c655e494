package io.fedflow.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Texts that a record can hold: bounded, and the same after they were written and read. */
final class AuditTexts {

  private static final String CUT = "…";

  private AuditTexts() {}

  /** At most so many characters; what is no Unicode, such as half a pair, becomes {@code ?}. */
  static String bounded(String text, int most) {
    String cut = text.length() > most ? text.substring(0, most - 1) + CUT : text;
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** The constant of a text. */
  static <T> Optional<T> constant(T[] all, Function<T, String> textOf, String text) {
    return Arrays.stream(all).filter(each -> textOf.apply(each).equals(text)).findFirst();
  }

  /** Without tabs and line breaks. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ' || c == 0x7f) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  /**
   * What {@link #escaped} was made of.
   *
   * @throws IllegalArgumentException for any other text
   */
  static String unescaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      char kind = i < text.length() ? text.charAt(i) : ' ';
      switch (kind) {
        case '\\' -> out.append('\\');
        case 't' -> out.append('\t');
        case 'n' -> out.append('\n');
        case 'u' -> {
          if (i + 4 >= text.length()) {
            throw new IllegalArgumentException("found half an escape");
          }
          out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> throw new IllegalArgumentException("found an escape that means nothing");
      }
    }
    return out.toString();
  }
}

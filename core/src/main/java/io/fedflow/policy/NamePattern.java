package io.fedflow.policy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names with {@code *} for any characters, also none. Immutable.
 *
 * @param text as it stands in the file
 * @param regex what it means
 */
record NamePattern(String text, Pattern regex) {

  /** A pattern of this text; everything but {@code *} stands for itself. */
  static NamePattern of(String text) {
    StringBuilder regex = new StringBuilder();
    // Neighbouring stars mean one; as such they could not be matched quickly.
    for (String part : text.replaceAll("\\*+", "*").split("(?<=\\*)|(?=\\*)")) {
      regex.append(part.equals("*") ? ".*" : Pattern.quote(part));
    }
    return new NamePattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  boolean matches(String name) {
    return regex.matcher(name).matches();
  }

  static boolean any(List<NamePattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /** The patterns for people. */
  static String listed(List<NamePattern> patterns) {
    return String.join(", ", patterns.stream().map(NamePattern::text).toList());
  }
}

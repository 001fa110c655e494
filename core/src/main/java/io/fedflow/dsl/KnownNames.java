package io.fedflow.dsl;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Known names in error messages, and the one that a mistyped name meant. Bounded: a document with
 * many names and many mistakes must not buy quadratic work.
 */
final class KnownNames {

  private static final int MAX_LISTED = 100;
  private static final int MAX_COMPARED = 1000;
  private static final int MAX_LENGTH = 100;

  private KnownNames() {}

  /** The names in order, cut off where nobody would read on. */
  static String listed(Collection<?> names) {
    String listed =
        names.stream().limit(MAX_LISTED).map(String::valueOf).collect(Collectors.joining(", "));
    int more = names.size() - MAX_LISTED;
    return '[' + listed + (more > 0 ? ", and " + more + " more]" : "]");
  }

  /** What is allowed in place of a name that is not known. */
  static String allowed(Collection<String> known, String typed) {
    return nearest(known, typed).map(name -> name + "? All: ").orElse("one of ") + listed(known);
  }

  /** The known name within a third of the typed length in edits; ties by alphabet. */
  static Optional<String> nearest(Collection<String> known, String typed) {
    if (typed.length() > MAX_LENGTH || known.size() > MAX_COMPARED) {
      return Optional.empty();
    }
    int limit = Math.max(1, typed.length() / 3);
    return known.stream()
        .filter(name -> name.length() <= MAX_LENGTH && distance(name, typed) <= limit)
        .min(
            Comparator.comparingInt((String name) -> distance(name, typed))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's distance without regard to case. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}

package io.fedflow.dsl;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name a mistyped one meant. */
final class NearestName {

  private NearestName() {}

  /** The known name within a third of the typed length in edits; ties by alphabet. */
  static Optional<String> among(Collection<String> known, String typed) {
    int limit = Math.max(1, typed.length() / 3);
    // A hostile document must not buy quadratic work with one long name.
    if (typed.length() > 100) {
      return Optional.empty();
    }
    return known.stream()
        .filter(name -> distance(name, typed) <= limit)
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

package io.fedflow.components.privacy;

import io.fedflow.components.testing.Correlation;
import io.fedflow.testkit.privacy.MarkedTable;
import io.fedflow.testkit.privacy.MarkedTables;
import io.fedflow.testkit.privacy.MarkerSearch;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must be in no message, in any form: values, labels, ids and names of the tables that jobs
 * work on. Immutable; thread-safe.
 */
final class RawRows {

  /** Chance brings one of ten million pairs of a number and a value so near once in 10^5 runs. */
  private static final double TOLERANCE = 1e-12;

  /** The same for the few numbers that stand in texts, which may be rounded. */
  private static final double TEXT_TOLERANCE = 1e-5;

  /** A column that is scaled and shifted still goes with itself. */
  private static final double CORRELATED = 0.999;

  private static final int FEWEST_ROWS = 16;
  private static final int FEWEST_DIGITS = 6;
  private static final List<String> HASHES =
      List.of("MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512");

  private final double[] values;
  private final List<Named> vectors = new ArrayList<>();
  private final Set<String> words = new TreeSet<>();
  private final MarkerSearch markers;
  private final FixedPointSearch fixedPoint;

  /** A column in one order of its rows. */
  private record Named(String name, double[] values) {}

  /** The rows of some pairs of tables. */
  RawRows(Collection<MarkedTables> pairs) {
    MarkerSearch.Builder search = MarkerSearch.builder();
    for (MarkedTables pair : pairs) {
      words.addAll(pair.ids());
      words.addAll(pair.guest().columns());
      words.addAll(pair.host().columns());
      words.add(pair.guest().labelName());
      pair.ids().forEach(id -> hashes(id, search));
      for (double[] labels : pair.labelOrders()) {
        search.labels("label", labels);
        vectors.add(new Named("label", labels));
      }
      columns(pair, pair.guest(), pair.host());
      columns(pair, pair.host(), pair.guest());
    }
    values =
        vectors.stream()
            .filter(v -> !v.name.equals("label"))
            .flatMapToDouble(v -> Arrays.stream(v.values))
            .distinct()
            .sorted()
            .toArray();
    markers = search.texts("id or name", words).numbers("value", values).build();
    fixedPoint = new FixedPointSearch(values);
  }

  private void columns(MarkedTables pair, MarkedTable own, MarkedTable other) {
    Set<String> common = Set.of(other.ids());
    for (int column = 0; column < own.columns().size(); column++) {
      String name = own.columns().get(column);
      double[] inFile = own.values()[column];
      List<Integer> byId = new ArrayList<>();
      for (int row = 0; row < inFile.length; row++) {
        byId.add(row);
      }
      byId.sort((a, b) -> own.ids()[a].compareTo(own.ids()[b]));
      vectors.add(new Named(name, inFile));
      vectors.add(new Named(name, byId.stream().mapToDouble(r -> inFile[r]).toArray()));
      vectors.add(
          new Named(
              name,
              byId.stream()
                  .filter(r -> common.contains(own.ids()[r]))
                  .mapToDouble(r -> inFile[r])
                  .toArray()));
    }
  }

  /** An unkeyed hash of an id can be guessed. */
  private static void hashes(String id, MarkerSearch.Builder search) {
    for (String algorithm : HASHES) {
      try {
        byte[] hash =
            MessageDigest.getInstance(algorithm).digest(id.getBytes(StandardCharsets.UTF_8));
        byte[] reversed = new byte[hash.length];
        for (int i = 0; i < hash.length; i++) {
          reversed[i] = hash[hash.length - 1 - i];
        }
        search.sequence("hash of an id", algorithm, Arrays.copyOf(hash, 10));
        search.sequence(
            "hash of an id",
            algorithm,
            Arrays.copyOfRange(reversed, hash.length - 10, hash.length));
        search.sequence(
            "hash of an id",
            algorithm,
            HexFormat.of().formatHex(hash, 0, 10).getBytes(StandardCharsets.UTF_8));
      } catch (GeneralSecurityException missing) {
        throw new AssertionError(missing);
      }
    }
  }

  /** What is in bytes, and in all that is packed inside of them. */
  Set<String> inBytes(byte[] bytes) {
    Set<String> found = new TreeSet<>();
    for (byte[] part : Containers.open(bytes)) {
      markers.find(part).forEach((kind, what) -> found.add(kind + " " + what.first()));
      found.addAll(fixedPoint.find(part));
    }
    return found;
  }

  /** What is among numbers: a value or its negative, or a whole column, scaled or not. */
  Set<String> inNumbers(double[] numbers) {
    Set<String> found = new TreeSet<>();
    for (double number : numbers) {
      if (near(number, TOLERANCE) || near(-number, TOLERANCE)) {
        found.add("value " + number);
      }
    }
    if (numbers.length >= FEWEST_ROWS) {
      for (Named vector : vectors) {
        if (vector.values.length == numbers.length
            && Math.abs(Correlation.of(vector.values, numbers)) > CORRELATED) {
          found.add("column " + vector.name);
        }
      }
    }
    return found;
  }

  /** What a text says: an id, a name, or a number that a value was rounded to. */
  Set<String> inText(String text) {
    Set<String> found = new TreeSet<>();
    words.stream().filter(text::contains).forEach(word -> found.add("id or name " + word));
    for (String token : text.split("[^0-9eE.+-]+")) {
      if (token.length() >= FEWEST_DIGITS && token.contains(".")) {
        try {
          double number = Double.parseDouble(token);
          if (near(number, TEXT_TOLERANCE) || near(-number, TEXT_TOLERANCE)) {
            found.add("value " + token);
          }
        } catch (NumberFormatException noNumber) {
          // Dots and digits may be anything, for example a version.
        }
      }
    }
    return found;
  }

  private boolean near(double number, double tolerance) {
    int at = Arrays.binarySearch(values, number);
    if (at >= 0) {
      return true;
    }
    int next = -at - 1;
    return next < values.length && values[next] - number <= tolerance
        || next > 0 && number - values[next - 1] <= tolerance;
  }
}

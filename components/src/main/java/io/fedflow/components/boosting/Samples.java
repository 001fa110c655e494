package io.fedflow.components.boosting;

import io.fedflow.party.Party;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What a tree sees of columns and rows. Everything follows from the seed. Stateless. */
final class Samples {

  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final long ROWS = 1;
  private static final long COLUMNS = 2;

  private Samples() {}

  /**
   * The columns of a party that may split a tree: at least one, in order.
   *
   * @param count how many it has
   * @param tree the tree's number
   */
  static int[] columns(BoostSettings settings, Party self, int count, int tree) {
    int wanted = Math.min(count, Math.max(1, (int) Math.floor(settings.columnRate() * count)));
    if (wanted == count) {
      return IntStream.range(0, count).toArray();
    }
    SplittableRandom random = random(settings.seed(), COLUMNS ^ (long) tree << 8, self.toString());
    return chosen(IntStream.range(0, count).toArray(), wanted, random);
  }

  /**
   * A sample of rows.
   *
   * @param rows positions, ascending
   * @param factors how much each of them counts
   */
  record Rows(int[] rows, double[] factors) {

    /** The sample's derivatives of those of all rows; shape [2][rows]. */
    double[][] of(double[][] derivatives) {
      double[][] sampled = new double[derivatives.length][rows.length];
      for (int order = 0; order < sampled.length; order++) {
        for (int i = 0; i < rows.length; i++) {
          sampled[order][i] = derivatives[order][rows[i]] * factors[i];
        }
      }
      return sampled;
    }
  }

  /**
   * One-side sampling: all rows of large first derivatives, and of the others a random part that
   * counts for all of them.
   *
   * @param sizes of first derivatives, one per row
   */
  static Rows bySize(double[] sizes, double topRate, double otherRate, long seed, int round) {
    int rows = sizes.length;
    int top = (int) Math.floor(rows * topRate);
    int other = Math.max(1, (int) Math.floor(rows * otherRate));
    // A stable sort: rows of equal size stay in order.
    int[] ranked =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -sizes[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] rest = Arrays.copyOfRange(ranked, top, rows);
    Arrays.sort(rest);
    int[] sampled =
        chosen(rest, Math.min(other, rest.length), random(seed, ROWS ^ (long) round << 8, ""));
    double[] factor = new double[rows];
    for (int i = 0; i < top; i++) {
      factor[ranked[i]] = 1;
    }
    for (int row : sampled) {
      factor[row] = (1 - topRate) / otherRate;
    }
    int[] all = IntStream.range(0, rows).filter(row -> factor[row] > 0).toArray();
    return new Rows(all, Arrays.stream(all).mapToDouble(row -> factor[row]).toArray());
  }

  private static int[] chosen(int[] from, int wanted, SplittableRandom random) {
    int[] pool = from.clone();
    for (int i = 0; i < wanted; i++) {
      int at = i + random.nextInt(pool.length - i);
      int kept = pool[i];
      pool[i] = pool[at];
      pool[at] = kept;
    }
    int[] chosen = Arrays.copyOf(pool, wanted);
    Arrays.sort(chosen);
    return chosen;
  }

  private static SplittableRandom random(long seed, long purpose, String party) {
    return new SplittableRandom(seed * SPREAD ^ purpose * SPREAD ^ party.hashCode());
  }
}

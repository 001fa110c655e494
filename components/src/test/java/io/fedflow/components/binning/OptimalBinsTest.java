package io.fedflow.components.binning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class OptimalBinsTest {

  private static final double ADJUSTMENT = 0.5;

  private static OptimalSettings settings(
      MergeMetric metric, int bins, double least, double most, boolean mixture) {
    return new OptimalSettings(metric, bins, least, most, mixture);
  }

  /** Tries every pair of neighbours at every step. */
  private static List<Integer> slowly(OptimalSettings settings, long[][] counts) {
    List<long[]> buckets = new ArrayList<>();
    long[] totals = new long[2];
    for (int i = 0; i < counts[0].length; i++) {
      buckets.add(new long[] {counts[0][i], counts[1][i], i});
      totals[0] += counts[0][i];
      totals[1] += counts[1][i];
    }
    double rows = totals[0] + totals[1];
    long least = (long) Math.ceil(settings.leastShare() * rows);
    long most = (long) Math.floor(settings.mostShare() * rows);
    if (settings.mixture()) {
      while (merge(settings, buckets, totals, most, (a, b) -> pure(a) && pure(b))) {}
      while (merge(settings, buckets, totals, most, (a, b) -> pure(a) || pure(b))) {}
    }
    while (merge(settings, buckets, totals, most, (a, b) -> rows(a) < least && rows(b) < least)) {}
    while (merge(settings, buckets, totals, most, (a, b) -> rows(a) < least || rows(b) < least)) {}
    while (buckets.size() > settings.binCount()
        && merge(settings, buckets, totals, most, (a, b) -> true)) {}
    return buckets.stream().map(bucket -> (int) bucket[2]).toList();
  }

  private static boolean merge(
      OptimalSettings settings,
      List<long[]> buckets,
      long[] totals,
      long most,
      BiPredicate<long[], long[]> allowed) {
    int best = -1;
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i + 1 < buckets.size(); i++) {
      long[] left = buckets.get(i);
      long[] right = buckets.get(i + 1);
      if (allowed.test(left, right) && rows(left) + rows(right) <= most) {
        double cost = cost(settings.metric(), left, right, totals);
        if (best < 0 || cost < lowest) {
          best = i;
          lowest = cost;
        }
      }
    }
    if (best < 0) {
      return false;
    }
    long[] left = buckets.get(best);
    long[] right = buckets.remove(best + 1);
    buckets.set(best, new long[] {left[0] + right[0], left[1] + right[1], right[2]});
    return true;
  }

  private static double cost(MergeMetric metric, long[] a, long[] b, long[] totals) {
    long[] both = {a[0] + b[0], a[1] + b[1]};
    if (rows(both) == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    switch (metric) {
      case IV:
        return iv(a, totals) + iv(b, totals) - iv(both, totals);
      case GINI:
        return gini(both) - gini(a) - gini(b);
      default:
        if (pure(both)) {
          return Double.NEGATIVE_INFINITY;
        }
        double sum = 0;
        for (long[] bin : List.of(a, b)) {
          double share = (double) rows(bin) / rows(both);
          for (int label = 0; label < 2 && rows(bin) > 0; label++) {
            double expected = share * both[label];
            sum += (bin[label] - expected) * (bin[label] - expected) / expected;
          }
        }
        return sum;
    }
  }

  private static double iv(long[] bin, long[] totals) {
    double added = pure(bin) ? ADJUSTMENT : 0;
    double events = (bin[0] + added) / totals[0];
    double others = (bin[1] + added) / totals[1];
    return (events - others) * Math.log(events / others);
  }

  private static double gini(long[] bin) {
    double rows = rows(bin);
    if (rows == 0) {
      return 0;
    }
    double events = bin[0] / rows;
    double others = bin[1] / rows;
    return 1 - events * events - others * others;
  }

  private static long rows(long[] bin) {
    return bin[0] + bin[1];
  }

  private static boolean pure(long[] bin) {
    return bin[0] == 0 || bin[1] == 0;
  }

  private static long[][] counts(Random random, int bins) {
    long[][] counts = new long[2][bins];
    for (int i = 0; i < bins; i++) {
      counts[0][i] = random.nextInt(6);
      counts[1][i] = random.nextInt(3) * random.nextInt(4);
    }
    counts[0][0] += 1;
    counts[1][0] += 1;
    return counts;
  }

  @ParameterizedTest
  @EnumSource(value = MergeMetric.class, mode = Mode.EXCLUDE, names = "KS")
  void merging_isThatOfTryingEveryPair(MergeMetric metric) {
    Random random = new Random(5);
    for (int round = 0; round < 150; round++) {
      OptimalSettings settings =
          settings(
              metric,
              2 + random.nextInt(8),
              random.nextInt(3) * 0.04,
              random.nextBoolean() ? 1 : 0.6,
              random.nextBoolean());
      long[][] counts = counts(random, 1 + random.nextInt(60));
      OptimalBins found = OptimalBins.of(settings, counts, ADJUSTMENT);
      assertThat(found.ends())
          .as("round %d of seed 5, %s", round, settings)
          .containsExactly(slowly(settings, counts).stream().mapToInt(Integer::intValue).toArray());
      assertThat(found.metric()).hasSize(found.ends().length - 1);
      assertThat(total(found.sums(counts))).isEqualTo(total(counts));
    }
  }

  private static List<Long> total(long[][] counts) {
    return List.of(
        java.util.Arrays.stream(counts[0]).sum(), java.util.Arrays.stream(counts[1]).sum());
  }

  @Test
  void wishes_areMetWhereRowsAllowIt() {
    Random random = new Random(9);
    OptimalSettings settings = settings(MergeMetric.IV, 6, 0.1, 1, true);
    for (int round = 0; round < 50; round++) {
      long[][] counts = counts(random, 100);
      long[][] sums = OptimalBins.of(settings, counts, ADJUSTMENT).sums(counts);
      long rows = total(counts).get(0) + total(counts).get(1);
      assertThat(sums[0].length).isBetween(1, 6);
      for (int bin = 0; bin < sums[0].length; bin++) {
        assertThat(sums[0][bin]).isPositive();
        assertThat(sums[1][bin]).isPositive();
        assertThat(sums[0][bin] + sums[1][bin]).isGreaterThanOrEqualTo((long) (0.1 * rows));
      }
    }
  }

  @Test
  void noBinGrowsBeyondItsLargestShare() {
    long[][] counts = {{1, 1, 1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 1, 1, 1}};
    OptimalBins bins =
        OptimalBins.of(settings(MergeMetric.GINI, 2, 0, 0.5, true), counts, ADJUSTMENT);
    assertThat(java.util.Arrays.stream(bins.sums(counts)[0])).allMatch(events -> events <= 4);
  }

  @Test
  void splitting_takesTheLargestDifferenceFirst() {
    // Shares below: events 4/10, 8/10, 9/10, 1; others 1/10, 2/10, 6/10, 1: most behind bin 1.
    long[][] counts = {{4, 4, 1, 1}, {1, 1, 4, 4}};
    OptimalBins two = OptimalBins.of(settings(MergeMetric.KS, 2, 0.05, 1, true), counts, 0.5);
    assertThat(two.ends()).containsExactly(1, 3);
    assertThat(two.metric()).hasSize(1);
    assertThat(two.metric().get(0)).isEqualTo(0.6, org.assertj.core.api.Assertions.within(1e-12));
    // Both halves have no difference inside, and are split behind their middle bin: nowhere.
    OptimalBins many = OptimalBins.of(settings(MergeMetric.KS, 9, 0.05, 1, true), counts, 0.5);
    assertThat(many.ends()).containsExactly(1, 3);
  }

  @Test
  void splitting_goesOnWithTheLargerSide() {
    long[][] counts = {{9, 1, 1, 5, 2, 2}, {1, 1, 1, 2, 6, 9}};
    int[] three =
        OptimalBins.of(settings(MergeMetric.KS, 3, 0, 1, true), counts, ADJUSTMENT).ends();
    // Behind bin 3 shares are 16/20 and 5/20; left are 21 rows, right 19, so left goes first.
    assertThat(three).containsExactly(0, 3, 5);
  }

  @Test
  void splittingThatFails_leavesTwoHalves() {
    long[][] counts = {{5, 5, 0, 0}, {0, 0, 5, 5}};
    OptimalBins bins =
        OptimalBins.of(settings(MergeMetric.KS, 4, 0.05, 1, true), counts, ADJUSTMENT);
    assertThat(bins.ends()).containsExactly(1, 3);
    assertThat(bins.metric()).isEmpty();
  }

  @Test
  void aSingleFirstBin_staysWhatItIs() {
    long[][] counts = {{3}, {4}};
    for (MergeMetric metric : MergeMetric.values()) {
      assertThat(OptimalBins.of(settings(metric, 4, 0.05, 1, true), counts, ADJUSTMENT).ends())
          .containsExactly(0);
    }
  }
}

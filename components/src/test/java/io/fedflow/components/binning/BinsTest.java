package io.fedflow.components.binning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fedflow.components.testing.Failures;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BinsTest {

  @Test
  void quantile_ofTenValues_movesARankWhereTheDoubleProductIsAboveIt() {
    double[] values = IntStream.rangeClosed(1, 10).asDoubleStream().toArray();
    // 3 * 0.1 is 0.30000000000000004 and 6 * 0.1 and 7 * 0.1 are above their decimals too.
    assertThat(Bins.quantile("x", values, 10).points()).containsExactly(1, 2, 4, 5, 7, 8, 9, 10);
  }

  @Test
  void quantile_leavesOutMissingAndEqualCuts() {
    double[] values = {Double.NaN, 1, 1, 1, 1, 5, Double.NaN};
    Bins bins = Bins.quantile("x", values, 4);
    assertThat(bins.points()).containsExactly(1, 5);
    assertThat(bins.indexesOf(values)).containsExactly(2, 0, 0, 0, 0, 1, 2);
    assertThat(bins.countFor(values)).isEqualTo(3);
  }

  @Test
  void bucket_cutsEqualWidths() {
    assertThat(Bins.bucket("x", new double[] {0, 10, 3}, 4).points())
        .containsExactly(2.5, 5, 7.5, 10);
  }

  @Test
  void category_hasABinPerValue() {
    assertThat(Bins.category("x", new double[] {3, 1, 3, 2}).points()).containsExactly(1, 2, 3);
  }

  @Test
  void indexOf_closesBinsAboveAndLeavesTheLastOpen() {
    Bins bins = Bins.of(0, 1, 2);
    assertThat(bins.indexesOf(new double[] {-9, -0.0, 0, 0.5, 1, 1.5, 2, 99}))
        .containsExactly(0, 0, 0, 1, 1, 2, 2, 2);
  }

  @Test
  void quantile_ofMissingValuesOnly_isRefusedByName() {
    Throwable failure = catchThrowable(() -> Bins.quantile("age", new double[] {Double.NaN}, 3));
    assertThat(failure).has(Failures.code("binning.empty")).hasMessageContaining("age");
  }

  @Test
  void statistics_ofABinWithoutAClass_areAdjusted() {
    BinStatistics statistics = BinStatistics.of(new long[] {4, 0}, new long[] {2, 6}, 0.5);
    assertThat(statistics.eventRates()).containsExactly(1.0, 0.5 / 4);
    assertThat(statistics.nonEventRates()).containsExactly(0.25, 6.5 / 8);
    assertThat(statistics.woe().get(0)).isEqualTo(Math.log(4));
    assertThat(statistics.total())
        .isEqualTo(0.75 * Math.log(4) + (0.125 - 0.8125) * Math.log(0.125 / 0.8125));
    assertThat(statistics.monotonic()).isTrue();
  }
}

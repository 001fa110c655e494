package io.fedflow.components.binning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommonRanksTest {

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "1.9,1", "2,4", "2.5,4", "3,5", "9,5"})
  void aRank_countsWhatIsAtMostAsLarge_tiesIncluded(double point, int expected) {
    double[] ascending = {1, 2, 2, 2, 3};
    assertThat(CommonRanks.rank(ascending, point)).isEqualTo(expected);
    assertThat(CommonRanks.rank(new double[0], point)).isZero();
  }
}

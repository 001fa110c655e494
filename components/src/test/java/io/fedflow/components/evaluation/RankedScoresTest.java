package io.fedflow.components.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the fast counts with plain loops over random rows with many equal scores. */
class RankedScoresTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void measures_ofRandomRows_equalPlainCounting(long seed) {
    Random random = new Random(seed);
    int rows = 2 + random.nextInt(400);
    boolean[] positive = new boolean[rows];
    double[] scores = new double[rows];
    for (int i = 0; i < rows; i++) {
      positive[i] = i == 0 || i > 1 && random.nextBoolean();
      scores[i] = random.nextInt(30) / 30.0;
    }
    RankedScores ranked = new RankedScores(positive, scores);

    assertThat(RocCurve.area(ranked))
        .as("seed %s", seed)
        .isCloseTo(plainArea(positive, scores), offset(1e-12));
    for (double threshold : new double[] {-1, 0, 0.3, 10 / 30.0, 0.99, 2}) {
      assertThat(ranked.at(threshold)).isEqualTo(plainCounts(positive, scores, threshold));
    }
    double exactKs = 0;
    for (double threshold : scores) {
      RankedScores.Counts counts = plainCounts(positive, scores, threshold);
      exactKs =
          Math.max(
              exactKs,
              (double) counts.tp() / ranked.positives()
                  - (double) counts.fp() / ranked.negatives());
    }
    // The 100 points hit the best one of 30 scores or pass just by it, never above.
    assertThat(KsCurve.of(ranked).largest()).isLessThanOrEqualTo(exactKs + 1e-12);
    assertThat(RocCurve.points(ranked))
        .isSortedAccordingTo(
            java.util.Comparator.comparingDouble(RocCurve.Point::fpr)
                .thenComparingDouble(RocCurve.Point::tpr))
        .doesNotHaveDuplicates();
  }

  private static double plainArea(boolean[] positive, double[] scores) {
    double won = 0;
    long pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          pairs++;
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return won / pairs;
  }

  private static RankedScores.Counts plainCounts(
      boolean[] positive, double[] scores, double threshold) {
    int[] counts = new int[4];
    for (int i = 0; i < scores.length; i++) {
      boolean predicted = scores[i] > threshold;
      counts[predicted ? (positive[i] ? 0 : 1) : (positive[i] ? 2 : 3)]++;
    }
    return new RankedScores.Counts(counts[0], counts[1], counts[2], counts[3]);
  }
}

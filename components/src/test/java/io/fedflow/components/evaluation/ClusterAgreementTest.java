package io.fedflow.components.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counts of a table against a look at every pair of rows, and every label. */
class ClusterAgreementTest {

  @Test
  void randomGroups_haveTheScoresThatTheirPairsGive() {
    Random random = new Random(9);
    for (int round = 0; round < 300; round++) {
      int rows = 2 + random.nextInt(30);
      int groups = 1 + random.nextInt(5);
      int[] labels = random.ints(rows, 0, groups).toArray();
      int[] clusters = random.ints(rows, 0, groups).toArray();
      ClusterAgreement agreement = ClusterAgreement.of(texts(labels), clusters);
      double[] pairs = pairs(labels, clusters);
      assertThat(agreement.fowlkesMallows())
          .as("FMI of round %d", round)
          .isCloseTo(fowlkesMallows(pairs), within(1e-12));
      assertThat(agreement.adjustedRand())
          .as("ARI of round %d", round)
          .isCloseTo(adjustedRand(pairs), within(1e-12));
      assertThat(agreement.jaccard())
          .as("jaccard of round %d", round)
          .isCloseTo(jaccard(labels, clusters), within(1e-12));
    }
  }

  @Test
  void theSameGroups_agreeWhateverTheyAreCalled() {
    int[] labels = {3, 3, 1, 1, 2};
    int[] clusters = {0, 0, 5, 5, 1};
    ClusterAgreement agreement = ClusterAgreement.of(texts(labels), clusters);
    assertThat(agreement.adjustedRand()).isEqualTo(1);
    assertThat(agreement.fowlkesMallows()).isCloseTo(1, within(1e-15));
    // By name only: label 1 has no row in cluster 1.
    assertThat(agreement.jaccard()).isZero();
    assertThat(agreement.labels()).containsExactly("1", "2", "3");
  }

  @Test
  void wordsAreLabels_too() {
    ClusterAgreement agreement =
        ClusterAgreement.of(new String[] {"a", "b", "a"}, new int[] {1, 0, 1});
    assertThat(agreement.labels()).containsExactly("a", "b");
    assertThat(agreement.adjustedRand()).isEqualTo(1);
    assertThat(agreement.jaccard()).isZero();
  }

  private static String[] texts(int[] labels) {
    return IntStream.of(labels).mapToObj(String::valueOf).toArray(String[]::new);
  }

  /** Pairs in both groups, in the label's alone, in the cluster's alone, in none. */
  private static double[] pairs(int[] labels, int[] clusters) {
    double[] pairs = new double[4];
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < i; j++) {
        boolean label = labels[i] == labels[j];
        boolean cluster = clusters[i] == clusters[j];
        pairs[label && cluster ? 0 : label ? 1 : cluster ? 2 : 3]++;
      }
    }
    return pairs;
  }

  private static double fowlkesMallows(double[] pairs) {
    return pairs[0] == 0 ? 0 : pairs[0] / Math.sqrt((pairs[0] + pairs[1]) * (pairs[0] + pairs[2]));
  }

  /** (index - expected) / (largest - expected), over the number of agreeing pairs. */
  private static double adjustedRand(double[] pairs) {
    double all = pairs[0] + pairs[1] + pairs[2] + pairs[3];
    double labels = pairs[0] + pairs[1];
    double clusters = pairs[0] + pairs[2];
    double expected = labels * clusters / all;
    double largest = (labels + clusters) / 2;
    return largest == expected ? 1 : (pairs[0] - expected) / (largest - expected);
  }

  private static double jaccard(int[] labels, int[] clusters) {
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      int label = labels[row];
      double both = 0;
      double either = 0;
      for (int other = 0; other < labels.length; other++) {
        boolean first = labels[other] == label;
        boolean second = clusters[other] == label;
        both += first && second ? 1 : 0;
        either += first || second ? 1 : 0;
      }
      sum += both / either;
    }
    return sum / labels.length;
  }
}

package io.fedflow.components.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecoysTest {

  @Test
  void blocksAreAscendingSets_ofTheSizeAskedFor() {
    Random sizes = new Random(5);
    for (int i = 0; i < 500; i++) {
      int count = sizes.nextInt(40);
      int size = sizes.nextInt(count + 1);
      long[] block = Decoys.draw(size, count, new SecureRandom());
      assertThat(block).hasSize(size).isSorted().doesNotHaveDuplicates();
      assertThat(Arrays.stream(block).allMatch(at -> at >= 0 && at < count)).isTrue();
    }
  }

  /** Ten sets of three of five; the chance of a false alarm is below one in a million. */
  @Test
  void everySetIsAsLikely() {
    int[] seen = new int[1 << 5];
    int draws = 20_000;
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < draws; i++) {
      seen[(int) Arrays.stream(Decoys.draw(3, 5, random)).map(at -> 1L << at).sum()]++;
    }
    double expected = draws / 10.0;
    double distance = 0;
    int sets = 0;
    for (int count : seen) {
      if (count > 0) {
        sets++;
        distance += (count - expected) * (count - expected) / expected;
      }
    }
    assertThat(sets).isEqualTo(10);
    // Chi-squared with nine degrees of freedom exceeds 45.1 once in a million.
    assertThat(distance).isLessThan(45.1);
  }
}

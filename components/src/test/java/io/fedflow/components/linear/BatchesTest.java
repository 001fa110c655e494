package io.fedflow.components.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void fullBatch_hidesAndShufflesNothing() {
    for (int size : new int[] {-1, 50, 70}) {
      Batches batches = Batches.of(50, size, true, false, 5);
      assertThat(batches.full()).isTrue();
      assertThat(batches.changing()).isFalse();
      assertThat(batches.count()).isEqualTo(1);
      assertThat(batches.draw(new SplittableRandom(1)).get(0).rows())
          .isEqualTo(java.util.stream.IntStream.range(0, 50).toArray());
    }
  }

  @Test
  void shuffledBatches_coverEveryRowOnce_theLastIsSmaller() {
    Batches batches = Batches.of(50, 20, true, false, 0);
    List<Batches.Batch> drawn = batches.draw(new SplittableRandom(1));
    assertThat(drawn).extracting(b -> b.rows().length).containsExactly(20, 20, 10);
    assertThat(drawn.stream().flatMapToInt(b -> Arrays.stream(b.rows())).sorted().toArray())
        .isEqualTo(java.util.stream.IntStream.range(0, 50).toArray());
    assertThat(drawn.get(0).rows()).isNotEqualTo(java.util.stream.IntStream.range(0, 20).toArray());
  }

  @Test
  void unshuffledBatches_keepTheTableOrder() {
    Batches batches = Batches.of(50, 20, false, false, 0);
    assertThat(batches.changing()).isFalse();
    assertThat(batches.draw(new SplittableRandom(1)).get(2).rows())
        .isEqualTo(java.util.stream.IntStream.range(40, 50).toArray());
  }

  @Test
  void maskedBatches_showAllOfOneSize_withTheRealRowsInside() {
    Batches batches = Batches.of(100, 30, true, false, 1);
    List<Batches.Batch> drawn = batches.draw(new SplittableRandom(1));
    assertThat(drawn).hasSize(4).allSatisfy(b -> assertThat(b.shown()).hasSize(60).isSorted());
    assertThat(drawn.get(3).rows()).hasSize(10);
    assertThat(drawn.stream().flatMapToInt(b -> Arrays.stream(b.rows())).distinct().count())
        .isEqualTo(100);
  }

  @Test
  void maskLargerThanTheTable_showsAllRows() {
    Batches batches = Batches.of(569, 320, true, false, 5);
    assertThat(batches.masked()).isTrue();
    assertThat(batches.shownOf(0)).isEqualTo(569);
    assertThat(batches.count()).isEqualTo(2);
    assertThat(batches.sizeOf(1)).isEqualTo(249);
  }

  @Test
  void randomStrategy_drawsOneSampleAnIteration() {
    Batches batches = Batches.of(100, 30, false, true, 0);
    assertThat(batches.count()).isEqualTo(1);
    SplittableRandom random = new SplittableRandom(1);
    int[] first = batches.draw(random).get(0).rows();
    assertThat(first).hasSize(30).doesNotHaveDuplicates();
    assertThat(batches.draw(random).get(0).rows()).isNotEqualTo(first);
  }
}

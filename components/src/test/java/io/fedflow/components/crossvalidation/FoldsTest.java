package io.fedflow.components.crossvalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.testing.Failures;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import org.junit.jupiter.api.Test;

class FoldsTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");

  private static FoldSettings settings(int splits, boolean shuffle, Long seed) {
    return new FoldSettings(splits, shuffle, seed, true, false);
  }

  @Test
  void withoutShuffle_foldsAreBlocks_ofWhichTheFirstAreLonger() {
    Folds folds = Folds.deal(8, settings(3, false, 1L), 5);
    assertThat(folds.ofRow()).containsExactly(0, 0, 0, 1, 1, 1, 2, 2);
    assertThat(folds.validate(1)).containsExactly(3, 4, 5);
    assertThat(folds.train(1)).containsExactly(0, 1, 2, 6, 7);
  }

  @Test
  void aShuffle_followsItsSeed_andKeepsTheSizes() {
    Folds one = Folds.deal(100, settings(3, true, 9L), 5);
    assertThat(Folds.deal(100, settings(3, true, 9L), 6).ofRow()).isEqualTo(one.ofRow());
    assertThat(Folds.deal(100, settings(3, true, 10L), 5).ofRow()).isNotEqualTo(one.ofRow());
    assertThat(Folds.deal(100, settings(3, true, null), 5).ofRow())
        .isNotEqualTo(Folds.deal(100, settings(3, true, null), 6).ofRow());
    assertThat(one.ofRow()).isNotEqualTo(Folds.deal(100, settings(3, false, 9L), 5).ofRow());
    assertThat(one.validate(0)).hasSize(34).isSorted();
    assertThat(one.validate(1)).hasSize(33);
    assertThat(one.validate(2)).hasSize(33);
  }

  @Test
  void moreFoldsThanRows_areRefused() {
    assertThatThrownBy(() -> Folds.deal(4, settings(5, true, 1L), 5))
        .has(Failures.code("cv.splits"))
        .hasMessageContaining("n_splits: found 5 for 4 rows, allowed is 2..4");
  }

  @Test
  void theMessage_comesBack_andIsRefusedIfItDoesNotFit() {
    Folds folds = Folds.deal(8, settings(3, true, 1L), 5);
    assertThat(Folds.decode(folds.encode(), GUEST, 8, 3).ofRow()).isEqualTo(folds.ofRow());
    assertThatThrownBy(() -> Folds.decode(folds.encode(), GUEST, 7, 3))
        .has(Failures.code("cv.message"));
    assertThatThrownBy(() -> Folds.decode(folds.encode(), GUEST, 8, 2))
        .has(Failures.code("cv.message"));
    assertThatThrownBy(() -> Folds.decode(Payload.ofLongs(0, 0, 2), GUEST, 3, 3))
        .has(Failures.code("cv.message"))
        .hasMessageContaining("a fold without rows");
  }
}

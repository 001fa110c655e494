package io.fedflow.components.stepwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.stepwise.StepRules.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepSearchTest {

  private static StepRules rules(Direction direction, int steps, int least, int most) {
    return new StepRules(false, direction, steps, least, most);
  }

  /** {@code 10|11}: the first of two columns of the host, both of the guest. */
  private static Subset subset(String mask) {
    String[] sides = mask.split("\\|");
    return new Subset(side(sides[0]), side(sides[1]));
  }

  private static List<Boolean> side(String mask) {
    return mask.chars().mapToObj(c -> c == '1').toList();
  }

  @Test
  void backward_dropsOneColumn_andLeavesEachSideItsLast() {
    StepSearch search = new StepSearch(rules(Direction.BACKWARD, 9, 2, 0), 1, 3);
    assertThat(search.candidates()).containsExactly(subset("1|111"));
    assertThat(search.advance(subset("1|111"))).isFalse();
    assertThat(search.candidates())
        .containsExactly(subset("1|111"), subset("1|011"), subset("1|101"), subset("1|110"));
    assertThat(search.advance(subset("1|101"))).isFalse();
    assertThat(search.candidates())
        .containsExactly(subset("1|101"), subset("1|001"), subset("1|100"));
    // With 2 columns it ends.
    assertThat(search.advance(subset("1|100"))).isTrue();
  }

  @Test
  void forward_beginsWithOneOfEachSide_andAddsOne() {
    StepSearch search = new StepSearch(rules(Direction.FORWARD, 9, 2, 3), 2, 2);
    assertThat(search.empty()).isTrue();
    assertThat(search.candidates()).isEmpty();
    search.begin();
    assertThat(search.empty()).isFalse();
    assertThat(search.candidates())
        .containsExactly(subset("10|10"), subset("10|01"), subset("01|10"), subset("01|01"));
    assertThat(search.advance(subset("01|10"))).isFalse();
    assertThat(search.candidates())
        .containsExactly(subset("01|10"), subset("11|10"), subset("01|11"));
    // With 3 columns it ends.
    assertThat(search.advance(subset("11|10"))).isTrue();
  }

  @Test
  void both_dropsAndAdds_untilNothingIsBetter() {
    StepSearch search = new StepSearch(rules(Direction.BOTH, 9, 2, 0), 2, 2);
    search.advance(subset("11|11"));
    search.advance(subset("01|11"));
    assertThat(search.candidates())
        .containsExactly(subset("01|11"), subset("01|01"), subset("01|10"), subset("11|11"));
    assertThat(search.advance(subset("01|11"))).isTrue();
  }

  @Test
  void theLastStep_andAllColumns_endIt() {
    StepSearch one = new StepSearch(rules(Direction.BACKWARD, 1, 2, 0), 3, 3);
    assertThat(one.advance(subset("111|111"))).isFalse();
    assertThat(one.advance(subset("011|111"))).isTrue();
    StepSearch all = new StepSearch(rules(Direction.FORWARD, 9, 2, 0), 1, 1);
    all.begin();
    assertThat(all.advance(subset("1|1"))).isTrue();
  }

  @Test
  void theCriteria_weighColumnsByTwo_orByTheLogarithmOfRows() {
    assertThat(rules(Direction.BOTH, 9, 2, 0).criterion(100, 3, 7)).isEqualTo(13);
    assertThat(new StepRules(true, Direction.BOTH, 9, 2, 0).criterion(100, 3, 7))
        .isEqualTo(3 * Math.log(100) + 7);
  }
}

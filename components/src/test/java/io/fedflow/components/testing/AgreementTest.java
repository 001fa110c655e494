package io.fedflow.components.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.linear.BinaryPredictions;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Otherwise two runs that differ would be found to agree. */
class AgreementTest {

  private static final Table ROWS = Tables.ofIds("a", "b");

  private static Table predictions(double score) {
    return BinaryPredictions.of(ROWS, new double[] {0.25, score}, 0.5, "train");
  }

  @Test
  void whatIsWithinTheTolerance_agrees() {
    Agreement.assertSame(predictions(0.75), predictions(0.75 + 1e-10), 1e-9, Set.of());
    Agreement.assertSame(Map.of("a", Double.NaN), Map.of("a", Double.NaN), 0);
  }

  @Test
  void otherNumbers_alsoInTexts_doNot() {
    differ(predictions(0.75), predictions(0.75001), Set.of());
    // Only the details are compared here, which are texts.
    differ(
        predictions(0.75),
        predictions(0.75001),
        Set.of("predict_score", "label", "predict_result"));
    assertThatThrownBy(() -> Agreement.assertSame(Map.of("a", 1.0), Map.of("a", 1.1), 1e-9))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Agreement.assertSame(Map.of("a", 1.0), Map.of("a", Double.NaN), 1e-9))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void otherIdsColumnsAndKeys_doNot() {
    differ(ROWS, Tables.ofIds("a", "c"), Set.of());
    differ(ROWS, predictions(0.75), Set.of());
    assertThatThrownBy(() -> Agreement.assertSame(Map.of("a", 1.0), Map.of("b", 1.0), 1))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void numbersOfATree_areNamedByWhereTheyStand() {
    assertThat(Agreement.numbers(Map.of("a", List.of(1, true), "b", List.of("y", "x"))))
        .isEqualTo(Map.of("/a/0", 1.0, "/a/1", 1.0, "/b=x", 0.0, "/b=y", 0.0));
  }

  private static void differ(Table one, Table other, Set<String> except) {
    assertThatThrownBy(() -> Agreement.assertSame(one, other, 1e-9, except))
        .isInstanceOf(AssertionError.class);
  }
}

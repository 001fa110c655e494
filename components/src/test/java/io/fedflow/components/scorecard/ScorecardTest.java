package io.fedflow.components.scorecard;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.linear.BinaryPredictions;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScorecardTest {

  private static Table predictions(double... scores) {
    Table rows = Tables.instances(GUEST, null, Map.of("a", new double[scores.length]));
    return BinaryPredictions.of(rows, scores, 0.5, "predict");
  }

  private static ComponentHarness harness(Map<String, ?> params, double... scores) {
    return Pair.harness(new Scorecard(), params).inputs(GUEST, Tables.asData(predictions(scores)));
  }

  private static double[] credit(Result result) {
    return result.of(GUEST).data().get(0).numbers("credit_score");
  }

  @Test
  void theScoreFollowsTheOdds_withinItsLimits() {
    Result result = harness(Map.of(), 0.5, 0.2, 0.75, 0, 1, 1.5, Double.NaN).run().succeeded();
    // 500 + 20 log2(4) = 540; 500 - 20 log2(3) = 468.30.
    assertThat(credit(result)).containsExactly(500, 540, 468.3, 1500, 0, -1, -1);
    assertThat(result.of(GUEST).data().get(0).schema().columns())
        .extracting(c -> c.name())
        .containsExactly("label", "predict_result", "predict_score", "credit_score");
    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING 2 rows"));
    assertThat(result.of(HOST).data()).isEmpty();
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void parametersShapeTheScore() {
    Result result =
        harness(
                Map.of(
                    "offset",
                    100,
                    "factor",
                    10,
                    "factor_base",
                    10,
                    "upper_limit_ratio",
                    1.1,
                    "lower_limit_value",
                    95),
                0.5,
                1 / 11.0,
                0.0001,
                0.99)
            .run()
            .succeeded();
    assertThat(credit(result)).containsExactly(100, 110, 110, 95);
  }

  @Test
  void badInput_isNamed() {
    assertThat(
            harness(Map.of(), 0.5)
                .inputs(GUEST, Tables.asData(Tables.ofIds("1")))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("inputs.kind"))
        .hasMessageContaining("predict_score");
    assertThat(Pair.refused(new Scorecard(), Map.of("factor_base", 1)))
        .containsExactly("p/factor_base");
    assertThat(Pair.refused(new Scorecard(), Map.of("factor_base", 0)))
        .containsExactly("p/factor_base");
    assertThat(Pair.refused(new Scorecard(), Map.of("lower_limit_value", 5000)))
        .containsExactly("p/lower_limit_value");
    assertThat(Pair.refused(new Scorecard(), Map.of("method", "debit")))
        .containsExactly("p/method");
  }
}

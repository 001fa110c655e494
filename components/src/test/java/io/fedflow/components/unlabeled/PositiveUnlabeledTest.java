package io.fedflow.components.unlabeled;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.linear.BinaryPredictions;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositiveUnlabeledTest {

  private static final double[] LABELS = {0, 1, 0, 0, 1, 0};
  private static final double[] SCORES = {0.9, 0.95, 0.2, 0.8, 0.1, 0.91};

  private static TaskInputs inputs(Table... tables) {
    List<DataInput> all = new ArrayList<>();
    for (int i = 0; i < tables.length; i++) {
      all.add(new DataInput("from_" + i + ".data", tables[i]));
    }
    return new TaskInputs(Map.of("data", all), Optional.empty(), List.of());
  }

  private static Table instances(double[] labels) {
    return Tables.instances(GUEST, labels, Map.of("a", SCORES));
  }

  private static ComponentHarness harness(Map<String, ?> params) {
    Table instances = instances(LABELS);
    Table predictions = BinaryPredictions.of(instances, SCORES, 0.5, "train");
    return Pair.harness(new PositiveUnlabeled(), params)
        .inputs(GUEST, inputs(predictions, instances.select(new int[] {5, 4, 3, 2, 1, 0})))
        .inputs(HOST, inputs(Tables.instances(HOST, null, Map.of("h", SCORES))));
  }

  /** By score: row 1 (1), row 5, row 0, row 3, row 2, row 4 (1). */
  @ParameterizedTest
  @CsvSource({
    "probability, 0.9, '1,1,0,0,1,1', 2",
    "probability, 0.95, '0,1,0,0,1,0', 0",
    "quantity, 3, '1,1,0,1,1,1', 3",
    "quantity, 100, '1,1,1,1,1,1', 4",
    "proportion, 0.5, '1,1,0,0,1,1', 2",
    "proportion, 0.17, '0,1,0,0,1,0', 0",
    // floor(4 / 6 * 4) = 2 ranks, of which the first is labelled already.
    "distribution, 4, '0,1,0,0,1,1', 1",
  })
  void highScoresBecomePositive(String strategy, double threshold, String expected, int count) {
    Result result = harness(Map.of("strategy", strategy, "threshold", threshold)).run().succeeded();
    Table table = result.of(GUEST).data().get(0);
    StringBuilder labels = new StringBuilder();
    for (int row = table.rowCount() - 1; row >= 0; row--) {
      labels.append(labels.isEmpty() ? "" : ",").append((int) table.label()[row]);
    }
    assertThat(labels).hasToString(expected);
    assertThat(result.trackers().get(GUEST).summary())
        .isEqualTo(Map.of("count of converted unlabeled", count));
    assertThat(
            result
                .trackers()
                .get(GUEST)
                .value("train", "positive_unlabeled", "count of converted unlabeled"))
        .isEqualTo(count);
    assertThat(table.numbers("a")[5]).isEqualTo(SCORES[0]);
    assertThat(result.of(HOST).data().get(0).numbers("h")).isEqualTo(SCORES);
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void badInput_isNamed() {
    assertThat(
            harness(Map.of()).inputs(GUEST, inputs(instances(LABELS))).run().failures().get(GUEST))
        .has(Failures.code("unlabeled.inputs"))
        .hasMessageContaining("predictions");
    Table three = instances(new double[] {0, 1, 2, 0, 0, 0});
    assertThat(
            harness(Map.of())
                .inputs(GUEST, inputs(three, BinaryPredictions.of(three, SCORES, 0.5, "train")))
                .run()
                .failures()
                .get(GUEST))
        .has(Failures.code("unlabeled.labels"));
    assertThat(Pair.refused(new PositiveUnlabeled(), Map.of("threshold", 1.5)))
        .containsExactly("p/threshold");
    assertThat(
            Pair.refused(new PositiveUnlabeled(), Map.of("strategy", "quantity", "threshold", 1.5)))
        .containsExactly("p/threshold");
    assertThat(Pair.refused(new PositiveUnlabeled(), Map.of("strategy", "luck")))
        .containsExactly("p/strategy");
  }
}

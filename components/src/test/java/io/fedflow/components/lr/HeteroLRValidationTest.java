package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.ARBITER;
import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.THREE;
import static io.fedflow.components.lr.LrFixture.param;
import static io.fedflow.components.lr.LrFixture.params;
import static io.fedflow.components.lr.LrFixture.weight;
import static io.fedflow.components.testing.TrainingInputs.trainAndValidate;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.evaluation.Evaluation;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.party.Party;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Validation while HeteroLR trains, and its early end. Runs repeat: full batches from zeros. */
class HeteroLRValidationTest {

  private static final Table GUEST_ROWS = BreastData.guest(GUEST).sortedById();
  private static final Table HOST_ROWS = BreastData.host(HOST).sortedById();

  private static Table part(Table table, int from, int to) {
    return table.select(IntStream.range(from, to).toArray());
  }

  private static Table invertedLabels(Table table) {
    return BreastData.withColumn(
        table,
        table.schema().indexOf(ColumnSpec.Use.LABEL),
        Arrays.stream(table.label()).map(label -> 1 - label).toArray());
  }

  private static ComponentHarness harness(Table guestValidates, Map<String, Object> params) {
    return new ComponentHarness(new HeteroLR(CryptoSuite.standard()), THREE)
        .params(params)
        .inputs(GUEST, trainAndValidate(part(GUEST_ROWS, 0, 160), guestValidates))
        .inputs(
            HOST,
            trainAndValidate(
                part(HOST_ROWS, 0, 160),
                guestValidates == null ? null : part(HOST_ROWS, 160, 260)));
  }

  private static Table validateRows() {
    return part(GUEST_ROWS, 160, 260);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, List<Double>>> history(Result result) {
    return (Map<String, Map<String, List<Double>>>)
        result.trackers().get(GUEST).summary().get("validation_metrics");
  }

  /** What Evaluation says of the predictions of a training that ended after some iterations. */
  private static Map<?, ?> evaluated(Table validate, int iterations) {
    Result trained = harness(validate, params("max_iter", iterations)).run().succeeded();
    Result measured =
        new ComponentHarness(new Evaluation(), THREE)
            .params(Map.of("metrics", List.of("auc", "ks")))
            .inputs(GUEST, Tables.as("data", trained.of(GUEST).data().get(0)))
            .run()
            .succeeded();
    return (Map<?, ?>) measured.trackers().get(GUEST).summary().values().iterator().next();
  }

  @Test
  void metricsOfAnIteration_areThoseThatEvaluationGives() {
    Result result =
        harness(validateRows(), params("max_iter", 3, "validation_freqs", 2)).run().succeeded();

    Map<?, ?> expected = evaluated(validateRows(), 2);
    for (String rowType : List.of("train", "validate")) {
      for (String metric : List.of("auc", "ks")) {
        Object value = ((Map<?, ?>) expected.get(rowType)).get(metric);
        assertThat(value).isInstanceOf(Double.class);
        assertThat(history(result).get(rowType).get(metric))
            .as(rowType)
            .containsExactly((Double) value);
        assertThat(result.trackers().get(GUEST).value(rowType, "iteration_1", metric))
            .isEqualTo(value);
      }
      assertThat(result.trackers().get(GUEST).meta(rowType, "iteration_1"))
          .containsEntry("metric_type", "EVALUATION_SUMMARY");
    }
    assertThat(result.trackers().get(GUEST).names())
        .noneMatch(name -> name.contains("iteration_0") || name.contains("iteration_2"));
    assertThat(param(result, GUEST).number("best_iteration")).isEqualTo(-1);
    assertThat(param(result, GUEST).number("iters")).isEqualTo(3);
    assertThat(result.trackers().get(HOST).names()).isEmpty();
  }

  @Test
  void withoutValidateData_trainRowsAloneAreMeasured() {
    Result result =
        harness(
                null,
                params(
                    "max_iter",
                    2,
                    "callback_param",
                    Map.of(
                        "callbacks",
                        List.of("PerformanceEvaluate"),
                        "validation_freqs",
                        List.of(1),
                        "metrics",
                        List.of("auc", "roc"))))
            .run()
            .succeeded();
    assertThat(history(result)).containsOnlyKeys("train");
    assertThat(history(result).get("train")).containsOnlyKeys("auc");
    assertThat(history(result).get("train").get("auc"))
        .containsExactly((Double) ((Map<?, ?>) evaluated(null, 2).get("train")).get("auc"));
    assertThat(result.trackers().get(GUEST).names()).contains("train/iteration_1_roc");
  }

  @Test
  void trainingThatMakesValidationWorse_endsEarly_andGoesBack() {
    Table validate = invertedLabels(validateRows());
    int limit = 8;
    Result result =
        harness(
                validate,
                params("max_iter", limit, "validation_freqs", 1, "early_stopping_rounds", 2))
            .run()
            .succeeded();

    List<List<Double>> values =
        List.of(
            history(result).get("validate").get("auc"), history(result).get("validate").get("ks"));
    int run = values.get(0).size();
    assertThat(run).as("iterations run").isLessThan(limit);
    int best = bestOfTheFirstThatEnds(values, 2);
    assertThat(best).isEqualTo(run - 3);

    Result straight = harness(validate, params("max_iter", best + 1)).run().succeeded();
    for (Party party : List.of(GUEST, HOST)) {
      assertThat(weight(result, party, "x3")).isEqualTo(weight(straight, party, "x3"));
    }
    for (Party party : List.of(GUEST, HOST, ARBITER)) {
      assertThat(param(result, party).number("best_iteration")).isEqualTo(best);
      assertThat(param(result, party).number("iters")).isEqualTo(best + 1);
      assertThat(param(result, party).bool("is_converged")).isFalse();
    }
    assertThat(result.of(GUEST).data().get(0).numbers("predict_score"))
        .isEqualTo(straight.of(GUEST).data().get(0).numbers("predict_score"));
    Map<String, Object> summary = result.trackers().get(ARBITER).summary();
    assertThat((List<?>) summary.get("loss_history")).hasSize(run);
    assertThat(summary.get("best_iter_loss"))
        .isEqualTo(((List<?>) summary.get("loss_history")).get(best));
  }

  /** Said in another way than the code does: looks at every metric's whole history. */
  private static int bestOfTheFirstThatEnds(List<List<Double>> values, int rounds) {
    for (List<Double> history : values) {
      double highest = history.stream().mapToDouble(v -> v).max().orElseThrow();
      int first = history.indexOf(highest);
      if (history.size() - 1 - first >= rounds) {
        return first;
      }
    }
    throw new AssertionError("no metric ended the training: " + values);
  }

  @Test
  void earlyStoppingWithoutValidateData_isRefused() {
    Result result = harness(null, params("validation_freqs", 1, "early_stopping_rounds", 1)).run();
    assertThat(result.rootFailure())
        .has(Failures.code("lr.early_stopping"))
        .hasMessageContaining("validate_data");
  }

  @Test
  void validationRowsOfOneLabel_cannotEndATraining() {
    int[] ones =
        IntStream.range(160, 400).filter(row -> GUEST_ROWS.label()[row] == 1).limit(60).toArray();
    Result result =
        new ComponentHarness(new HeteroLR(CryptoSuite.standard()), THREE)
            .params(params("validation_freqs", 1, "early_stopping_rounds", 1))
            .inputs(GUEST, trainAndValidate(part(GUEST_ROWS, 0, 160), GUEST_ROWS.select(ones)))
            .inputs(HOST, trainAndValidate(part(HOST_ROWS, 0, 160), HOST_ROWS.select(ones)))
            .run();
    assertThat(result.rootFailure())
        .has(Failures.code("validation.undefined"))
        .hasMessageContaining("several labels");
  }

  @Test
  void hostOfAnotherConf_tellsNoScores() {
    Result result =
        harness(validateRows(), params("max_iter", 1, "validation_freqs", 1))
            .params(HOST, Map.of("validation_freqs", 5))
            .run();
    assertThat(result.rootFailure()).has(Failures.code("lr.validation"));
    assertThat(result.messages()).noneMatch(m -> m.tag().name().contains("scores"));
  }

  @Test
  void moreScoresThanColumns_areWarnedOf() {
    Result result =
        new ComponentHarness(new HeteroLR(CryptoSuite.standard()), THREE)
            .params(params("max_iter", 3, "validation_freqs", 1))
            .inputs(GUEST, trainAndValidate(part(GUEST_ROWS, 0, 100), null))
            .inputs(
                HOST,
                trainAndValidate(part(BreastData.host(HOST, 0, 4).sortedById(), 0, 100), null))
            .run()
            .succeeded();
    assertThat(result.trackers().get(HOST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("4 scores of each row"));
  }
}

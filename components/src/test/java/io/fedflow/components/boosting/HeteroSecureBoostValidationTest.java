package io.fedflow.components.boosting;

import static io.fedflow.components.boosting.BoostFixture.GUEST;
import static io.fedflow.components.boosting.BoostFixture.HOST;
import static io.fedflow.components.boosting.BoostFixture.TWO;
import static io.fedflow.components.boosting.BoostFixture.guest;
import static io.fedflow.components.boosting.BoostFixture.host;
import static io.fedflow.components.boosting.BoostFixture.losses;
import static io.fedflow.components.boosting.BoostFixture.model;
import static io.fedflow.components.boosting.BoostFixture.param;
import static io.fedflow.components.boosting.BoostFixture.params;
import static io.fedflow.components.boosting.BoostFixture.trees;
import static io.fedflow.components.testing.TrainingInputs.trainAndValidate;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.evaluation.Evaluation;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Party;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Validation while trees grow, the early end, and going on from a stored model. */
class HeteroSecureBoostValidationTest {

  private static Table part(Table table, int from, int to) {
    return table.select(IntStream.range(from, to).toArray());
  }

  private static ComponentHarness harness(Table guestValidates, Map<String, Object> params) {
    return new ComponentHarness(new HeteroSecureBoost(CryptoSuite.standard()), TWO)
        .params(params)
        .inputs(GUEST, trainAndValidate(part(guest(), 0, 130), guestValidates))
        .inputs(HOST, trainAndValidate(part(host(), 0, 130), part(host(), 130, 190)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, List<Double>>> history(Result result) {
    return (Map<String, Map<String, List<Double>>>)
        result.trackers().get(GUEST).summary().get("validation_metrics");
  }

  @Test
  void metricsOfTheLastRound_areThoseThatEvaluationGives() {
    Result result =
        harness(part(guest(), 130, 190), params("validation_freqs", 1)).run().succeeded();
    Result measured =
        new ComponentHarness(new Evaluation(), TWO)
            .params(Map.of("metrics", List.of("auc", "ks")))
            .inputs(GUEST, Tables.as("data", result.of(GUEST).data().get(0)))
            .run()
            .succeeded();
    Map<?, ?> expected =
        (Map<?, ?>) measured.trackers().get(GUEST).summary().values().iterator().next();
    for (String rowType : List.of("train", "validate")) {
      for (String metric : List.of("auc", "ks")) {
        Object value = ((Map<?, ?>) expected.get(rowType)).get(metric);
        assertThat(history(result).get(rowType).get(metric)).hasSize(3);
        assertThat(history(result).get(rowType).get(metric).get(2)).isEqualTo(value);
        assertThat(result.trackers().get(GUEST).value(rowType, "iteration_2", metric))
            .isEqualTo(value);
      }
    }
    assertThat(((Column.Texts) result.of(GUEST).data().get(0).column(4)).values())
        .containsOnly("train", "validate")
        .hasSize(190);
  }

  @Test
  void aMetricThatGainsNothing_endsTrainingAtTheBestRoundEverywhere() {
    Table inverted =
        BoostFixture.withLabels(
            part(guest(), 130, 190),
            Arrays.stream(part(guest(), 130, 190).label()).map(label -> 1 - label).toArray());
    Map<String, Object> settings =
        params(
            "num_trees",
            12,
            "callback_param",
            Map.of(
                "callbacks",
                List.of("EarlyStopping"),
                "validation_freqs",
                1,
                "early_stopping_rounds",
                2,
                "metrics",
                List.of("auc")));
    Result result = harness(inverted, settings).run().succeeded();
    int best = (int) param(result, GUEST).number("best_iteration");
    List<Double> auc = history(result).get("validate").get("auc");
    assertThat(auc).hasSize(best + 3);
    assertThat(auc.get(best)).isEqualTo(auc.stream().mapToDouble(v -> v).max().getAsDouble());
    assertThat(trees(result, GUEST).trees()).hasSize(best + 1);
    assertThat(trees(result, HOST).trees()).hasSize(best + 1);
    assertThat(param(result, HOST).number("best_iteration")).isEqualTo(best);
    assertThat(losses(result)).hasSize(best + 3);
    Result short_ = harness(inverted, params("num_trees", best + 1)).run().succeeded();
    assertThat(result.of(GUEST).data().get(0).numbers("predict_score"))
        .isEqualTo(short_.of(GUEST).data().get(0).numbers("predict_score"));
  }

  @Test
  void errorsOfValues_countAsBetterWhenTheyFall() {
    Map<String, Object> settings =
        params(
            "task_type",
            "regression",
            "objective_param",
            Map.of("objective", "lse"),
            "num_trees",
            6,
            "validation_freqs",
            1,
            "early_stopping_rounds",
            3,
            "metrics",
            List.of("rmse"));
    Result result = harness(part(guest(), 130, 190), settings).run().succeeded();
    List<Double> errors = history(result).get("validate").get("root_mean_squared_error");
    assertThat(errors).hasSize(6);
    assertThat(errors.get(5)).isLessThan(errors.get(0));
    int best = (int) param(result, GUEST).number("best_iteration");
    assertThat(errors.get(best)).isEqualTo(errors.stream().mapToDouble(v -> v).min().getAsDouble());
  }

  @Test
  void aWarmStart_goesOnAsIfTrainingHadNotStopped() {
    Result whole = harness(null, params("num_trees", 4), null, null).run().succeeded();
    Result first = harness(null, params("num_trees", 1), null, null).run().succeeded();
    Result rest =
        harness(null, params("num_trees", 3), model(first, GUEST), model(first, HOST))
            .run()
            .succeeded();
    for (Party party : List.of(GUEST, HOST)) {
      assertThat(trees(rest, party).trees()).isEqualTo(trees(whole, party).trees());
    }
    assertThat(trees(rest, GUEST).losses()).isEqualTo(trees(whole, GUEST).losses());
    assertThat(importances(rest)).isEqualTo(importances(whole)).hasSizeGreaterThan(3);
    assertThat(rest.of(GUEST).data().get(0).numbers("predict_score"))
        .isEqualTo(whole.of(GUEST).data().get(0).numbers("predict_score"));
    assertThat(rest.trackers().get(GUEST).points("train", "init_iter").get(0).value()).isEqualTo(1);
  }

  private static Map<?, ?> importances(Result result) {
    return (Map<?, ?>) result.trackers().get(GUEST).summary().get("feature_importance");
  }

  private static ComponentHarness harness(
      Table validate, Map<String, Object> params, ComponentModel guest, ComponentModel host) {
    return new ComponentHarness(new HeteroSecureBoost(CryptoSuite.standard()), TWO)
        .params(params)
        .inputs(
            GUEST, trainAndValidate(part(guest(), 0, 130), validate, Optional.ofNullable(guest)))
        .inputs(HOST, trainAndValidate(part(host(), 0, 130), null, Optional.ofNullable(host)));
  }

  @Test
  void metricsOfAnotherKind_areRefused() {
    double[] three = IntStream.range(0, 130).mapToDouble(row -> row % 3).toArray();
    Result result =
        new ComponentHarness(new HeteroSecureBoost(CryptoSuite.standard()), TWO)
            .params(params("validation_freqs", 1, "metrics", List.of("auc")))
            .inputs(
                GUEST,
                trainAndValidate(BoostFixture.withLabels(part(guest(), 0, 130), three), null))
            .inputs(HOST, trainAndValidate(part(host(), 0, 130), null))
            .run();
    assertThat(result.rootFailure())
        .has(Failures.code("validation.metrics"))
        .hasMessageContaining("auc")
        .hasMessageContaining("accuracy");
  }

  @Test
  void earlyStoppingWithoutRowsForIt_isRefused() {
    Result result =
        BoostFixture.harness(
                guest(),
                host(),
                params("validation_freqs", 1, "early_stopping_rounds", 1, "num_trees", 2))
            .run();
    assertThat(result.rootFailure()).has(Failures.code("boost.early_stopping"));
  }

  @Test
  void aHostWhoseConfValidatesOtherwise_takesNoPart() {
    Result result =
        BoostFixture.harness(guest(), host(), params())
            .params(HOST, Map.of("validation_freqs", 1))
            .run();
    assertThat(result.rootFailure()).has(Failures.code("boost.validation"));
  }
}

package io.fedflow.components.boosting;

import static io.fedflow.components.boosting.BoostFixture.GUEST;
import static io.fedflow.components.boosting.BoostFixture.HOST;
import static io.fedflow.components.boosting.BoostFixture.TWO;
import static io.fedflow.components.testing.TrainingInputs.trainAndValidate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.crossvalidation.Folds;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.Failures;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Trees that are grown once per fold. */
class BoostCrossValidationTest {

  private static final Table GUEST_ROWS = BoostFixture.guest();
  private static final Table HOST_ROWS = BoostFixture.host();
  private static final int SPLITS = 2;

  @Test
  void everyFold_isATrainingOnItsRows() {
    Result result = run(GUEST_ROWS, "num_trees", 2);
    Folds folds =
        Folds.deal(GUEST_ROWS.rowCount(), new FoldSettings(SPLITS, true, 7L, true, false), 0);

    Table history = result.of(GUEST).data().get(0);
    assertThat(history.rowCount()).isEqualTo(SPLITS * GUEST_ROWS.rowCount());
    Map<String, Double> scores = scores(history, "");
    for (int fold = 0; fold < SPLITS; fold++) {
      Map<String, Double> alone = scores(trained(folds, fold), "#fold" + fold + '#');
      assertThat(alone).hasSize(GUEST_ROWS.rowCount());
      alone.forEach((id, score) -> assertThat(scores.get(id)).isCloseTo(score, within(1e-9)));
    }
    assertThat(scores(history, "").values().stream().distinct().count()).isGreaterThan(8);
    assertThat(result.trackers().get(GUEST).value("validate", "validate_fold_1", "auc"))
        .isGreaterThan(0.8);
    assertThat(result.trackers().get(GUEST).summary())
        .containsEntry("fold_num", SPLITS)
        .containsKeys("fold_0", "fold_1");
    for (var party : List.of(GUEST, HOST)) {
      assertThat(result.of(party).model()).isEmpty();
    }
    Table numbers = result.of(HOST).data().get(0);
    assertThat(numbers.ids()).isEqualTo(history.ids());
    assertThat(numbers.schema().header()).containsExactly("fold_num");
  }

  @Test
  void severalClasses_areMeasuredAsSuch() {
    double[] labels = new double[GUEST_ROWS.rowCount()];
    Arrays.setAll(labels, i -> GUEST_ROWS.label()[i] == 0 ? 0 : 1 + i % 2);
    Result result = run(BoostFixture.withLabels(GUEST_ROWS, labels), "num_trees", 1);

    assertThat(result.trackers().get(GUEST).value("validate", "validate_fold_0", "accuracy"))
        .isGreaterThan(0.5);
  }

  @Test
  void foldsThatAreNone_andInputsThatAreMore_areRefused() {
    assertThat(
            harness(GUEST_ROWS, "num_trees", 1)
                .tamper(
                    e ->
                        e.tag().name().equals("sbt_folds")
                            ? new Envelope(
                                e.task(), e.from(), e.to(), e.tag(), Payload.ofLongs(0, 1, 5))
                            : e)
                .run()
                .rootFailure())
        .is(Failures.code("cv.message"));
    TaskInputs both = trainAndValidate(GUEST_ROWS, GUEST_ROWS);
    assertThat(harness(GUEST_ROWS, "num_trees", 1).inputs(GUEST, both).run().rootFailure())
        .is(Failures.code("inputs.mixed"))
        .hasMessageContaining("need_cv");
  }

  private static Table trained(Folds folds, int fold) {
    ComponentHarness harness =
        new ComponentHarness(new HeteroSecureBoost(CryptoSuite.standard()), TWO)
            .params(BoostFixture.params("num_trees", 2));
    Map.of(GUEST, GUEST_ROWS, HOST, HOST_ROWS)
        .forEach(
            (party, rows) ->
                harness.inputs(
                    party,
                    new TaskInputs(
                        Map.of(
                            "train_data",
                            List.of(new DataInput("f.train", rows.select(folds.train(fold)))),
                            "validate_data",
                            List.of(
                                new DataInput("f.validate", rows.select(folds.validate(fold))))),
                        Optional.empty(),
                        List.of())));
    return harness.run().succeeded().of(GUEST).data().get(0);
  }

  /** Scores by the id that a fold gives a row. */
  private static Map<String, Double> scores(Table predictions, String fold) {
    int type = predictions.schema().indexOf("type");
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int row = 0; row < predictions.rowCount(); row++) {
      String end = fold.isEmpty() ? "" : fold + predictions.column(type).textAt(row);
      scores.put(predictions.ids()[row] + end, predictions.numbers("predict_score")[row]);
    }
    return scores;
  }

  private static Result run(Table guest, Object... more) {
    return harness(guest, more).run().succeeded();
  }

  private static ComponentHarness harness(Table guest, Object... more) {
    Map<String, Object> params = new HashMap<>(BoostFixture.params(more));
    params.put("cv_param", Map.of("need_cv", true, "n_splits", SPLITS, "random_seed", 7));
    return BoostFixture.harness(guest, HOST_ROWS, params);
  }
}

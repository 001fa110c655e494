package io.fedflow.components.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.RecordedTracker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");
  private static final Party ARBITER = new Party(Role.ARBITER, "1");

  // The example of scikit-learn's documentation of roc_curve.
  private static final Table SMALL =
      predictions("train", new double[] {0, 0, 1, 1}, new double[] {0.1, 0.4, 0.35, 0.8});

  @Test
  void binary_ofTheTextbookExample_givesItsValues() {
    RecordedTracker tracker = evaluate(Map.of(), SMALL);

    assertThat(tracker.value("train", "lr_0", "auc")).isEqualTo(0.75);
    assertThat(tracker.value("train", "lr_0", "ks")).isEqualTo(0.5);
    assertThat(tracker.meta("train", "lr_0")).containsEntry("metric_type", "EVALUATION_SUMMARY");
    assertThat(tracker.points("train", "lr_0_roc"))
        .containsExactly(
            new MetricPoint(0.0, 0.0),
            new MetricPoint(0.0, 0.5),
            new MetricPoint(0.5, 0.5),
            new MetricPoint(0.5, 1.0),
            new MetricPoint(1.0, 1.0));
    assertThat(tracker.meta("train", "lr_0_roc"))
        .containsEntry("metric_type", "ROC_EVALUATION")
        .containsEntry("unit_name", "fpr")
        .containsEntry("ordinate_name", "tpr")
        .containsEntry("curve_name", "lr_0")
        .containsEntry("thresholds", List.of(1.8, 0.8, 0.4, 0.35, 0.1));
    assertThat(tracker.summary())
        .isEqualTo(Map.of("lr_0", Map.of("train", Map.of("auc", 0.75, "ks", 0.5))));
  }

  @Test
  void binary_reportsEveryMetricOfTheTable() {
    RecordedTracker tracker = evaluate(Map.of(), SMALL);
    Map<String, String> types = new HashMap<>();
    tracker
        .names()
        .forEach(
            name ->
                types.put(
                    name, tracker.meta("train", name.substring(6)).get("metric_type").toString()));

    assertThat(types)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("train/lr_0", "EVALUATION_SUMMARY"),
                Map.entry("train/lr_0_roc", "ROC_EVALUATION"),
                Map.entry("train/lr_0_ks_fpr", "KS_EVALUATION"),
                Map.entry("train/lr_0_ks_tpr", "KS_EVALUATION"),
                Map.entry("train/lr_0_lift", "LIFT_EVALUATION"),
                Map.entry("train/lr_0_gain", "GAIN_EVALUATION"),
                Map.entry("train/lr_0_accuracy", "ACCURACY_EVALUATION"),
                Map.entry("train/lr_0_precision", "PRECISION_BINARY_EVALUATION"),
                Map.entry("train/lr_0_recall", "RECALL_BINARY_EVALUATION"),
                Map.entry("train/lr_0_confusion_mat", "CONFUSION_MAT"),
                Map.entry("train/lr_0_f1_score", "F1_SCORE"),
                Map.entry("train/lr_0_quantile_pr", "QUANTILE_PR")));
  }

  @Test
  void binary_curvesHaveTheSpecifiedShapes() {
    RecordedTracker tracker = evaluate(Map.of(), SMALL);

    assertThat(tracker.points("train", "lr_0_ks_fpr")).hasSize(101);
    assertThat(tracker.points("train", "lr_0_ks_tpr").get(100))
        .isEqualTo(new MetricPoint(1.0, 1.0));
    assertThat(tracker.meta("train", "lr_0_ks_tpr"))
        .containsEntry("curve_name", "lr_0_tpr")
        .containsEntry("pair_type", "lr_0");
    assertThat(tracker.points("train", "lr_0_accuracy")).hasSize(100);
    assertThat(tracker.points("train", "lr_0_lift")).hasSize(101);
    // Above 0.4 lies one row, a positive one: precision 1 against a share of a half.
    assertThat(tracker.points("train", "lr_0_lift").get(25)).isEqualTo(new MetricPoint(0.25, 2.0));
    assertThat(tracker.points("train", "lr_0_gain").get(25)).isEqualTo(new MetricPoint(0.25, 0.5));
    assertThat(tracker.points("train", "lr_0_lift").get(100)).isEqualTo(new MetricPoint(1.0, 1.0));
    assertThat(tracker.points("train", "lr_0_accuracy").get(25))
        .isEqualTo(new MetricPoint(0.25, 0.75));
  }

  @Test
  void binary_precisionKeepsTheBestOfEqualRecall() {
    RecordedTracker tracker = evaluate(Map.of("metrics", List.of("recall")), SMALL);

    assertThat(tracker.points("train", "lr_0_recall"))
        .containsExactly(
            new MetricPoint(0.0, 0.0), new MetricPoint(0.25, 0.5), new MetricPoint(0.75, 1.0));
    assertThat(tracker.points("train", "lr_0_precision"))
        .containsExactly(
            new MetricPoint(0.0, 1.0), new MetricPoint(0.25, 1.0), new MetricPoint(0.75, 0.666667));
    assertThat(tracker.meta("train", "lr_0_precision"))
        .containsEntry("thresholds", List.of(0.8, 0.4, 0.1));
    assertThat(tracker.names())
        .containsExactlyInAnyOrder("train/lr_0_precision", "train/lr_0_recall");
  }

  @Test
  void binary_confusionAndF1AreAtFixedThresholds() {
    RecordedTracker tracker = evaluate(Map.of(), SMALL);
    Map<String, Object> confusion = tracker.meta("train", "lr_0_confusion_mat");

    // At 0.36 the rows of 0.4 and 0.8 are predicted positive.
    assertThat(at(confusion, "tp", 36)).isEqualTo(1);
    assertThat(at(confusion, "fp", 36)).isEqualTo(1);
    assertThat(at(confusion, "fn", 36)).isEqualTo(1);
    assertThat(at(confusion, "tn", 36)).isEqualTo(1);
    assertThat(at(confusion, "thresholds", 99)).isEqualTo(0.99);
    assertThat(at(tracker.meta("train", "lr_0_f1_score"), "f1_scores", 36)).isEqualTo(0.5);
    Map<String, Object> quantiles = tracker.meta("train", "lr_0_quantile_pr");
    assertThat(at(quantiles, "thresholds", 0)).isEqualTo(0.8);
    assertThat(at(quantiles, "thresholds", 20)).isEqualTo(0.1);
    assertThat(at(quantiles, "p_scores", 20)).isEqualTo(List.of(0.0, 0.666667));
  }

  @Test
  void binary_ofTrainAndValidateRows_evaluatesEachAndPsi() {
    Table both =
        append(
            predictions("train", new double[] {0, 1, 0, 1}, new double[] {0.1, 0.2, 0.3, 0.4}),
            predictions("validate", new double[] {1, 1, 0, 0}, new double[] {0.1, 0.15, 0.3, 0.4}));
    RecordedTracker tracker = evaluate(Map.of(), both);

    assertThat(tracker.value("train", "lr_0", "auc")).isEqualTo(0.75);
    assertThat(tracker.value("validate", "lr_0", "auc")).isEqualTo(0);
    Map<String, Object> psi = tracker.meta("validate", "lr_0_psi");
    assertThat(psi)
        .containsEntry("metric_type", "PSI")
        .containsEntry("intervals", List.of("[0.1,0.2)", "[0.2,0.3)", "[0.3,0.4]"))
        .containsEntry("expected_interval", List.of(1.0, 1.0, 2.0))
        .containsEntry("actual_interval", List.of(2.0, 0.000001, 2.0))
        .containsEntry("train_pos_perc", List.of(0.0, 1.0, 0.5))
        .containsEntry("validate_pos_perc", List.of(1.0, 0.0, 0.0));
    double expected = 0.25 * Math.log(2) + (0.25e-6 - 0.25) * Math.log(1e-6);
    assertThat((double) psi.get("total_psi"))
        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void binary_withTextLabels_comparesWithPosLabel() {
    Table texts = labelled(new Column.Texts(new String[] {"bad", "bad", "good", "good"}));

    RecordedTracker tracker = evaluate(Map.of("pos_label", "good"), texts);

    assertThat(tracker.value("train", "lr_0", "auc")).isEqualTo(0.75);
  }

  @Test
  void binary_withAnotherNumberAsPosLabel_comparesValues() {
    Table labels = labelled(new Column.Numbers(new double[] {-1, -1, 2, 2}));

    assertThat(evaluate(Map.of("pos_label", 2), labels).value("train", "lr_0", "auc"))
        .isEqualTo(0.75);
    assertThat(evaluate(Map.of("pos_label", -1.0), labels).value("train", "lr_0", "auc"))
        .isEqualTo(0.25);
  }

  @Test
  void binary_ofOneLabel_leavesRankMetricsOutWithAWarning() {
    ComponentHarness.Result result =
        guestAlone(Map.of(), predictions("train", new double[] {1, 1}, new double[] {0.1, 0.2}))
            .run()
            .succeeded();

    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING auc") && line.contains("both labels"));
    assertThat(result.trackers().get(GUEST).names()).contains("train/lr_0_accuracy");
  }

  @Test
  void regression_ofTheTextbookExample_givesItsValues() {
    RecordedTracker tracker =
        evaluate(
            Map.of("eval_type", "regression"),
            predictions("predict", new double[] {3, -0.5, 2, 7}, new double[] {2.5, 0.0, 2, 8}));

    assertThat(tracker.value("predict", "lr_0", "mean_absolute_error")).isEqualTo(0.5);
    assertThat(tracker.value("predict", "lr_0", "median_absolute_error")).isEqualTo(0.5);
    assertThat(tracker.value("predict", "lr_0", "mean_squared_error")).isEqualTo(0.375);
    assertThat(tracker.value("predict", "lr_0", "root_mean_squared_error")).isEqualTo(0.612372);
    assertThat(tracker.value("predict", "lr_0", "r2_score")).isEqualTo(0.948608);
    assertThat(tracker.value("predict", "lr_0", "explained_variance")).isEqualTo(0.957173);
  }

  @Test
  void multi_ofTheTextbookExample_givesItsValues() {
    Table table =
        table(
            "train",
            new Column.Numbers(new double[] {0, 1, 2, 0, 1, 10}),
            new Column.Numbers(new double[] {0, 10, 1, 0, 0, 1}),
            new double[6]);
    RecordedTracker tracker = evaluate(Map.of("eval_type", "multi"), table);

    assertThat(tracker.value("train", "lr_0", "accuracy")).isEqualTo(0.333333);
    assertThat(tracker.value("train", "lr_0", "precision")).isEqualTo(0.166667);
    assertThat(tracker.value("train", "lr_0", "recall")).isEqualTo(0.25);
    assertThat(tracker.meta("train", "lr_0_recall"))
        .containsEntry("metric_type", "RECALL_MULTI_EVALUATION")
        .containsEntry("classes", List.of("0", "1", "2", "10"));
    assertThat(tracker.points("train", "lr_0_precision").get(0))
        .isEqualTo(new MetricPoint(0.0, 0.666667));
  }

  @Test
  void run_ofSeveralInputs_namesEachByItsComponent() {
    TaskInputs inputs =
        new TaskInputs(
            Map.of(
                "data",
                List.of(new DataInput("lr_0.train", SMALL), new DataInput("lr_1.train", SMALL))),
            Optional.empty(),
            List.of());
    ComponentHarness.Result result =
        new ComponentHarness(new Evaluation(), new Parties(Map.of(Role.GUEST, List.of("9999"))))
            .inputs(GUEST, inputs)
            .run()
            .succeeded();

    assertThat(result.trackers().get(GUEST).names()).contains("train/lr_0", "train/lr_1");
    assertThat(result.trackers().get(GUEST).summary()).containsOnlyKeys("lr_0", "lr_1");
    assertThat(result.of(GUEST).data()).isEmpty();
  }

  @Test
  void run_atPartiesWithoutPredictions_doesNothing() {
    Map<Role, List<String>> byRole =
        Map.of(
            Role.GUEST, List.of("9999"), Role.HOST, List.of("10000"), Role.ARBITER, List.of("1"));
    ComponentHarness.Result result =
        new ComponentHarness(new Evaluation(), new Parties(byRole))
            .inputs(GUEST, as(SMALL))
            .run()
            .succeeded();

    assertThat(result.trackers().get(HOST).names()).isEmpty();
    assertThat(result.trackers().get(ARBITER).names()).isEmpty();
    assertThat(result.messages()).isEmpty();
  }

  @Test
  void run_withNeedRunFalse_measuresNothing() {
    assertThat(evaluate(Map.of("need_run", false), SMALL).names()).isEmpty();
  }

  @Test
  void run_ofWrongTables_isRefused() {
    assertRefused(Tables.ofIds("a"), "cross-validation");
    assertRefused(
        predictions("other", new double[] {1}, new double[] {1}), "[train, validate, predict]");
    assertRefused(
        predictions("train", new double[] {Double.NaN}, new double[] {1}), "column label");
    assertRefused(
        predictions("train", new double[] {1}, new double[] {Double.NaN}), "predict_score");
  }

  @ParameterizedTest
  @CsvSource({"rmse,true", "MAE,true", "r2,true", "auc,false", "msle,false", "nonsense,false"})
  void params_ofRegressionMetrics_knowAliases(String metric, boolean legal) {
    Map<String, Object> params =
        Map.of("eval_type", "regression", "metrics", List.of("r2_score", metric));
    ComponentHarness harness = guestAlone(params, SMALL);

    if (legal) {
      assertThat(harness.run().succeeded().trackers().get(GUEST).names()).isNotEmpty();
    } else {
      assertThatThrownBy(harness::run)
          .hasMessageContaining("params/metrics/1")
          .hasMessageContaining("mean_absolute_error");
    }
  }

  @Test
  void params_ofUnsupportedKinds_areRefused() {
    assertThatThrownBy(() -> evaluate(Map.of("eval_type", "ranking"), SMALL))
        .hasMessageContaining("eval_type");
    assertThatThrownBy(() -> evaluate(Map.of("unfold_multi_result", true), SMALL))
        .hasMessageContaining("unfold_multi_result");
  }

  private static Object at(Map<String, Object> facts, String key, int index) {
    return ((List<?>) facts.get(key)).get(index);
  }

  private static void assertRefused(Table table, String why) {
    assertThat(guestAlone(Map.of(), table).run().rootFailure())
        .is(Failures.code("evaluation.input"))
        .hasMessageContaining("lr_0")
        .hasMessageContaining(why);
  }

  private static RecordedTracker evaluate(Map<String, Object> params, Table table) {
    return guestAlone(params, table).run().succeeded().trackers().get(GUEST);
  }

  private static ComponentHarness guestAlone(Map<String, Object> params, Table table) {
    return new ComponentHarness(new Evaluation(), new Parties(Map.of(Role.GUEST, List.of("9999"))))
        .params(params)
        .inputs(GUEST, as(table));
  }

  private static TaskInputs as(Table table) {
    return new TaskInputs(
        Map.of("data", List.of(new DataInput("lr_0.data", table))), Optional.empty(), List.of());
  }

  private static Table labelled(Column labels) {
    return table(
        "train",
        labels,
        new Column.Numbers(new double[labels.size()]),
        new double[] {0.1, 0.4, 0.35, 0.8});
  }

  private static Table predictions(String type, double[] labels, double[] scores) {
    return table(type, new Column.Numbers(labels), new Column.Numbers(scores), scores);
  }

  private static Table table(String type, Column labels, Column results, double[] scores) {
    String[] ids = new String[labels.size()];
    String[] details = new String[ids.length];
    String[] types = new String[ids.length];
    Arrays.setAll(ids, i -> type + i);
    Arrays.fill(details, "{}");
    Arrays.fill(types, type);
    return new Table(
        new TableSchema(
            TableKind.PREDICTION,
            "id",
            List.of(
                column("label", labels),
                column("predict_result", results),
                ColumnSpec.feature("predict_score", ""),
                ColumnSpec.text("predict_detail"),
                ColumnSpec.text("type")),
            ","),
        ids,
        List.of(
            labels,
            results,
            new Column.Numbers(scores),
            new Column.Texts(details),
            new Column.Texts(types)));
  }

  private static ColumnSpec column(String name, Column column) {
    return column instanceof Column.Texts ? ColumnSpec.text(name) : ColumnSpec.feature(name, "");
  }

  private static Table append(Table first, Table second) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < first.columns().size(); i++) {
      columns.add(concat(first.column(i), second.column(i)));
    }
    return new Table(first.schema(), concat(first.ids(), second.ids()), columns);
  }

  private static Column concat(Column first, Column second) {
    if (first instanceof Column.Texts a && second instanceof Column.Texts b) {
      return new Column.Texts(concat(a.values(), b.values()));
    }
    double[] a = ((Column.Numbers) first).values();
    double[] b = ((Column.Numbers) second).values();
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return new Column.Numbers(both);
  }

  private static String[] concat(String[] a, String[] b) {
    String[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}

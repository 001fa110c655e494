package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.ARBITER;
import static io.fedflow.components.lr.LrFixture.FOUR;
import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.SECOND;
import static io.fedflow.components.lr.LrFixture.params;
import static io.fedflow.components.testing.TrainingInputs.trainAndValidate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.Component;
import io.fedflow.component.TaskInputs;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.crossvalidation.Folds;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.evaluation.Evaluation;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Ranking;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.failure.Problems;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LrCrossValidationTest {

  private static final CryptoSuite SUITE = CryptoSuite.standard();
  private static final int ROWS = 200;
  private static final Table GUEST_ROWS = LrFixture.fewGuestRows();
  private static final Table HOST_ROWS = LrFixture.fewHostRows(HOST, 0, 8);

  private static Map<String, Object> folds(int splits, Object... more) {
    Map<String, Object> folds = new LinkedHashMap<>();
    folds.put("need_cv", true);
    folds.put("n_splits", splits);
    folds.put("random_seed", 103);
    for (int i = 0; i < more.length; i += 2) {
      folds.put((String) more[i], more[i + 1]);
    }
    return folds;
  }

  private static ComponentHarness harness(Table guest, Table host, Map<String, ?> params) {
    return LrFixture.harness(guest, host, params);
  }

  private static ComponentHarness harness(Map<String, ?> params) {
    return harness(GUEST_ROWS, HOST_ROWS, params);
  }

  private static Folds dealt(int splits) {
    return Folds.deal(ROWS, new FoldSettings(splits, true, 103L, true, false), 0);
  }

  private static Table output(Result result) {
    return result.of(GUEST).data().get(0);
  }

  private static double[] at(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  private static double[][] at(double[][] columns, int[] rows) {
    return Arrays.stream(columns).map(column -> at(column, rows)).toArray(double[][]::new);
  }

  /** The rows of one fold and type, by the ids of the history. */
  private static Table rows(Table history, int fold, String type) {
    String end = "#fold" + fold + '#' + type;
    return history.select(
        IntStream.range(0, history.rowCount())
            .filter(row -> history.ids()[row].endsWith(end))
            .toArray());
  }

  @Test
  void everyFold_isACentralTrainingOnItsRows() {
    Table guest = GUEST_ROWS;
    Table host = HOST_ROWS;
    Result result = harness(params("cv_param", folds(3), "max_iter", 4)).run().succeeded();

    double[][] all = ValueFixture.joined(guest, host);
    for (int fold = 0; fold < 3; fold++) {
      int[] train = dealt(3).train(fold);
      int[] validate = dealt(3).validate(fold);
      CentralTaylor central =
          new CentralTaylor(at(all, train), at(guest.label(), train), null, 0.15, 0.01, false, 4);
      for (String type : List.of("train", "validate")) {
        int[] positions = type.equals("train") ? train : validate;
        Table found = rows(output(result), fold, type);
        assertThat(found.rowCount()).isEqualTo(positions.length);
        double[] scores = found.numbers("predict_score");
        for (int i = 0; i < positions.length; i++) {
          assertThat(found.ids()[i]).startsWith(guest.ids()[positions[i]] + "#fold");
          double z = central.intercept;
          for (int c = 0; c < all.length; c++) {
            z += central.weights[c] * all[c][positions[i]];
          }
          assertThat(scores[i]).isCloseTo(1 / (1 + Math.exp(-z)), within(1e-6));
        }
        double auc = Ranking.auc(found.numbers("label"), scores);
        assertThat(result.trackers().get(GUEST).value(type, type + "_fold_" + fold, "auc"))
            .isCloseTo(auc, within(1e-6));
      }
      assertThat(
              result.trackers().get(ARBITER).points("train", "loss." + fold).stream()
                  .map(point -> ((Number) point.value()).doubleValue())
                  .toList())
          .hasSize(4)
          .last()
          .satisfies(loss -> assertThat(loss).isCloseTo(central.losses.get(3), within(1e-6)));
    }
  }

  @Test
  void whatIsHandedOn_isTheRowsOfAllFolds_andNoModel() {
    Result result = harness(params("cv_param", folds(2), "max_iter", 1)).run().succeeded();
    assertThat(output(result).rowCount()).isEqualTo(2 * ROWS);
    assertThat(output(result).ids()).doesNotHaveDuplicates();
    Table numbers = result.of(HOST).data().get(0);
    assertThat(numbers.ids()).isEqualTo(output(result).ids());
    assertThat(numbers.schema().header()).containsExactly("fold_num");
    for (int row = 0; row < numbers.rowCount(); row++) {
      assertThat(numbers.ids()[row]).contains("#fold" + (int) numbers.numbers("fold_num")[row]);
    }
    for (var party : List.of(GUEST, HOST, ARBITER)) {
      assertThat(result.of(party).model()).isEmpty();
      assertThat(result.trackers().get(party).summary())
          .containsEntry("fold_num", 2)
          .containsKeys("fold_0", "fold_1");
    }
    assertThat(result.of(ARBITER).data()).isEmpty();
    Map<?, ?> ofFold = (Map<?, ?>) result.trackers().get(GUEST).summary().get("fold_1");
    assertThat(ofFold.keySet().stream().map(String::valueOf))
        .contains("coef", "intercept", "train");
    assertThat(ofFold.get("validate").toString()).contains("auc=");

    // The rows of all folds are predictions that can be measured, at the guest.
    Result measured =
        new ComponentHarness(new Evaluation(), LrFixture.THREE)
            .inputs(GUEST, Tables.asData(output(result)))
            .inputs(HOST, Tables.asData(numbers))
            .run()
            .succeeded();
    assertThat(measured.trackers().get(GUEST).value("validate", "upstream_0", "auc"))
        .isGreaterThan(0.9);
    assertThat(measured.trackers().get(HOST).names()).isEmpty();
  }

  @Test
  void instances_orTheInput_areHandedOnWhereTheConfSaysSo() {
    Result instances =
        harness(params("cv_param", folds(2, "history_value_type", "instance"), "max_iter", 1))
            .run()
            .succeeded();
    Table history = output(instances);
    assertThat(history.schema()).isEqualTo(GUEST_ROWS.schema());
    assertThat(rows(history, 1, "train").numbers("x3"))
        .isEqualTo(at(GUEST_ROWS.numbers("x3"), dealt(2).train(1)));
    assertThat(instances.of(HOST).data().get(0).schema().header()).hasSize(8);

    Result input =
        harness(params("cv_param", folds(2, "output_fold_history", false), "max_iter", 1))
            .run()
            .succeeded();
    assertThat(output(input).ids()).isEqualTo(GUEST_ROWS.ids());
    assertThat(input.of(HOST).data().get(0).rowCount()).isEqualTo(ROWS);
  }

  @Test
  void theSameSeed_givesTheSameBytes_andTwoHostsTheSameAsOne() {
    Map<String, Object> settings =
        params("cv_param", folds(2), "max_iter", 2, "early_stop", "weight_diff");
    Table one = output(harness(settings).run().succeeded());
    Table again = output(harness(settings).run().succeeded());
    Table split =
        output(
            new ComponentHarness(new HeteroLR(SUITE), FOUR)
                .params(settings)
                .inputs(GUEST, Tables.as("train_data", GUEST_ROWS))
                .inputs(HOST, Tables.as("train_data", LrFixture.fewHostRows(HOST, 0, 3)))
                .inputs(SECOND, Tables.as("train_data", LrFixture.fewHostRows(SECOND, 3, 8)))
                .run()
                .succeeded());
    assertThat(again.ids()).isEqualTo(one.ids()).isEqualTo(split.ids());
    assertThat(again.columns()).usingRecursiveComparison().isEqualTo(one.columns());
    double[] scores = one.numbers("predict_score");
    for (int row = 0; row < scores.length; row++) {
      assertThat(split.numbers("predict_score")[row]).isCloseTo(scores[row], within(1e-7));
    }
  }

  @Test
  void values_andCounts_areCrossValidatedToo() {
    Table host = HOST_ROWS;
    double[] x3 = ValueFixture.host().numbers("x3");
    Table values = LrFixture.few(ValueFixture.guest(row -> 2 * x3[row] + row % 3));
    Table counts =
        LrFixture.few(ValueFixture.guest(row -> Math.floor(Math.exp(0.4 * x3[row])) + row % 3));
    assertFolds(
        new HeteroLinR(SUITE),
        values,
        host,
        (x, y) -> new CentralValues(x, y).squares(ones(y.length), 0.05, 0.01, 3),
        false);
    assertFolds(
        new HeteroPoisson(SUITE),
        counts,
        host,
        (x, y) -> new CentralValues(x, y).counts(ones(y.length), 0.05, 0.01, 3),
        true);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void assertFolds(
      Component component,
      Table guest,
      Table host,
      BiFunction<double[][], double[], CentralValues> training,
      boolean exponents) {
    Result result =
        ValueFixture.harness(
                component,
                guest,
                host,
                params("cv_param", folds(2), "max_iter", 3, "learning_rate", 0.05))
            .run()
            .succeeded();
    double[][] all = ValueFixture.joined(guest, host);
    for (int fold = 0; fold < 2; fold++) {
      int[] train = dealt(2).train(fold);
      int[] validate = dealt(2).validate(fold);
      CentralValues central = training.apply(at(all, train), at(guest.label(), train));
      Table found = rows(output(result), fold, "validate");
      double squares = 0;
      for (int i = 0; i < validate.length; i++) {
        double z = central.intercept;
        for (int c = 0; c < all.length; c++) {
          z += central.weights[c] * all[c][validate[i]];
        }
        double expected = exponents ? Math.exp(z) : z;
        assertThat(found.numbers("predict_score")[i]).isCloseTo(expected, within(1e-4));
        squares += Math.pow(expected - guest.label()[validate[i]], 2) / validate.length;
      }
      assertThat(
              result
                  .trackers()
                  .get(GUEST)
                  .value("validate", "validate_fold_" + fold, "root_mean_squared_error"))
          .isCloseTo(Math.sqrt(squares), within(1e-3));
    }
  }

  @Test
  void validationWhileAFoldTrains_hasTheFoldInItsName_andMayEndIt() {
    Result result =
        harness(
                params(
                    "cv_param",
                    folds(2),
                    "max_iter",
                    6,
                    "callback_param",
                    Map.of(
                        "callbacks",
                        List.of("EarlyStopping", "ModelCheckpoint"),
                        "validation_freqs",
                        1,
                        "early_stopping_rounds",
                        1,
                        "metrics",
                        List.of("ks"))))
            .run()
            .succeeded();
    assertThat(result.trackers().get(GUEST).names())
        .contains("validate/fold_0.iteration_0", "validate/fold_1.iteration_0")
        .contains("validate/validate_fold_1")
        .noneMatch(name -> name.startsWith("validate/iteration"));
    assertThat(result.models().get(GUEST)).isEmpty();
  }

  @Test
  void partiesThatDoNotAgree_endTheJobByName() {
    Result other =
        harness(params("cv_param", folds(3), "max_iter", 1))
            .params(HOST, params("cv_param", folds(2), "max_iter", 1))
            .run();
    assertThat(other.failures().get(HOST))
        .has(Failures.code("lr.work"))
        .hasMessageContaining("with 3 folds")
        .hasMessageContaining("with 2 folds");
    Result none =
        harness(params("cv_param", folds(3), "max_iter", 1)).params(ARBITER, plain()).run();
    assertThat(none.failures().get(ARBITER))
        .has(Failures.code("lr.work"))
        .hasMessageContaining("asks for one training");
  }

  private static Map<String, Object> plain() {
    return params("cv_param", Map.of("need_cv", false));
  }

  @Test
  void whatCannotBeCutIntoFolds_isRefusedByName() {
    Table guest = GUEST_ROWS;
    TaskInputs both = trainAndValidate(guest, guest);
    assertThat(harness(params("cv_param", folds(2))).inputs(GUEST, both).run().rootFailure())
        .has(Failures.code("inputs.mixed"))
        .hasMessageContaining("cv_param.need_cv");
    assertThat(harness(params("cv_param", folds(201))).run().rootFailure())
        .has(Failures.code("cv.splits"))
        .hasMessageContaining("found 201 for 200 rows");
    Problems problems = new Problems();
    new HeteroPoisson(SUITE)
        .descriptor()
        .resolve(
            Map.of("cv_param", Map.of("need_cv", true, "n_splits", 1, "random_seed", 0)),
            "params",
            problems);
    assertThat(problems.errors())
        .extracting(problem -> problem.pointer())
        .containsExactlyInAnyOrder("params/cv_param/n_splits", "params/cv_param/random_seed");
  }

  @Test
  void messages_holdNothingOfARow_andOnlyWhatIsNamedDependsOnLabels() {
    Table guest = GUEST_ROWS;
    Table host = HOST_ROWS;
    var settings = params("cv_param", folds(2), "max_iter", 1);
    var one = harness(guest, host, settings).run().succeeded().messages();
    var other =
        harness(BreastData.withShuffledLabels(guest, 3), host, settings)
            .run()
            .succeeded()
            .messages();
    Wire.assertNoTraceOf(one, guest);
    Wire.assertNoTraceOf(one, host);
    Wire.assertSameBut(
        new HeteroLR(SUITE).descriptor(),
        one,
        other,
        Set.of("lr_step", "lr_stop", "lr_host_scores"));
    assertThat(one)
        .filteredOn(message -> message.tag().name().equals("lr_folds"))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.to()).isEqualTo(HOST);
              assertThat(message.payload().asLongs())
                  .isEqualTo(Arrays.stream(dealt(2).ofRow()).asLongStream().toArray());
            });
  }

  @Test
  void classes_areToldApartInEveryFold() {
    Table guest = ThreeClasses.guest();
    Result result =
        harness(guest, HOST_ROWS, params("cv_param", folds(2), "max_iter", 3)).run().succeeded();
    Table found = rows(output(result), 1, "validate");
    double right = 0;
    for (int row = 0; row < found.rowCount(); row++) {
      right +=
          ((Column.Numbers) found.column(0)).values()[row]
                  == ((Column.Numbers) found.column(1)).values()[row]
              ? 1
              : 0;
    }
    assertThat(result.trackers().get(GUEST).value("validate", "validate_fold_1", "accuracy"))
        .isCloseTo(right / found.rowCount(), within(1e-6))
        .isGreaterThan(0.6);
    List<String> losses = new ArrayList<>(result.trackers().get(ARBITER).names());
    assertThat(losses).contains("train/loss_0.0", "train/loss_2.1");
  }
}

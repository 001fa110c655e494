package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.ARBITER;
import static io.fedflow.components.lr.LrFixture.FOUR;
import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.SECOND;
import static io.fedflow.components.lr.LrFixture.harness;
import static io.fedflow.components.lr.LrFixture.losses;
import static io.fedflow.components.lr.LrFixture.param;
import static io.fedflow.components.lr.LrFixture.params;
import static io.fedflow.components.lr.LrFixture.weight;
import static io.fedflow.components.testing.TrainingInputs.trainAndValidate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Ranking;
import io.fedflow.components.testing.Tables;
import io.fedflow.failure.Problems;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Party;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeteroLRTest {

  /** Guest columns, then host columns, rows in the order that parties agree on. */
  private static double[][] joined() {
    double[][] guest = BreastData.guest(GUEST).sortedById().features();
    double[][] host = BreastData.host(HOST).sortedById().features();
    double[][] all = new double[guest.length + host.length][];
    System.arraycopy(guest, 0, all, 0, guest.length);
    System.arraycopy(host, 0, all, guest.length, host.length);
    return all;
  }

  private static double[] labels() {
    return BreastData.guest(GUEST).sortedById().label();
  }

  private static void assertSameWeights(
      Result result, CentralTaylor central, double percent, double floor) {
    for (int i = 0; i < central.weights.length; i++) {
      double found = i < 10 ? weight(result, GUEST, "x" + i) : weight(result, HOST, "x" + (i - 10));
      assertThat(found)
          .as("column %d", i)
          .isCloseTo(
              central.weights[i],
              offset(Math.max(floor, Math.abs(central.weights[i]) * percent / 100)));
    }
    assertThat(param(result, GUEST).number("intercept"))
        .isCloseTo(central.intercept, withinPercentage(percent));
  }

  @Test
  void sgd_fullBatch_matchesTheReference() {
    Result result = harness(params("max_iter", 30)).run().succeeded();
    double[] losses = losses(result);
    assertThat(losses).hasSize(30);
    assertThat(losses[0]).isCloseTo(0.69314718, within(1e-6));
    assertThat(losses[1]).isCloseTo(0.46428233, within(1e-6));
    assertThat(losses[29]).isCloseTo(0.34970028, within(1e-6));
    assertThat(weight(result, GUEST, "x0")).isCloseTo(-0.1379074, within(1e-5));
    assertThat(weight(result, GUEST, "x1")).isCloseTo(-0.11750616, within(1e-5));
    assertThat(weight(result, GUEST, "x2")).isCloseTo(-0.13265401, within(1e-5));
    assertThat(param(result, GUEST).number("intercept")).isCloseTo(0.15489809, within(1e-5));
    Table predictions = result.of(GUEST).data().get(0);
    assertThat(Ranking.auc(predictions.numbers("label"), predictions.numbers("predict_score")))
        .isCloseTo(0.992376, within(1e-4));

    CentralTaylor central = new CentralTaylor(joined(), labels(), null, 0.15, 0.01, false, 30);
    // One part in a million, or what rounding features to 2^-23 moves in 30 steps.
    assertSameWeights(result, central, 1e-4, 2e-8);
  }

  @Test
  void rmsprop_fullBatch_matchesTheReference() {
    Result result = harness(params("max_iter", 30, "optimizer", "rmsprop")).run().succeeded();
    double[] losses = losses(result);
    assertThat(losses[1]).isCloseTo(78.87555382, within(1e-4));
    assertThat(losses[29]).isCloseTo(0.35456439, within(1e-4));
    assertThat(weight(result, GUEST, "x0")).isCloseTo(-0.0341868, within(1e-4));
    assertThat(weight(result, GUEST, "x1")).isCloseTo(-0.16344467, within(1e-4));
    assertThat(param(result, GUEST).number("intercept")).isCloseTo(0.50966606, within(1e-4));
  }

  @Test
  void usersJob_inMaskedBatches_ranksLikeTheReference() {
    Result result =
        harness(params("max_iter", 12, "optimizer", "rmsprop", "batch_size", 320))
            .run()
            .succeeded();
    Table predictions = result.of(GUEST).data().get(0);
    // Which rows are real is secret, so the batches differ from run to run: over 20 simulated runs
    // the AUC after 12 iterations lay between 0.958 and 0.993 (deviation 0.01).
    assertThat(Ranking.auc(predictions.numbers("label"), predictions.numbers("predict_score")))
        .isGreaterThan(0.93);
    double[] scores = predictions.numbers("predict_score");
    double right = 0;
    for (int i = 0; i < scores.length; i++) {
      assertThat(predictions.numbers("predict_result")[i]).isEqualTo(scores[i] > 0.5 ? 1 : 0);
      right += predictions.numbers("predict_result")[i] == predictions.numbers("label")[i] ? 1 : 0;
    }
    assertThat(right / scores.length).isGreaterThan(0.85);
  }

  @Test
  void fullMaskedBatches_withOneRealBatchPerIteration_stillMoveTheRealRowsOnly() {
    // One random batch of 300 rows hidden among 450: the loss of the first iteration is ln 2
    // whatever the rows, the second differs from a full batch's.
    Result result =
        harness(
                params(
                    "batch_size",
                    300,
                    "batch_strategy",
                    "random",
                    "masked_rate",
                    0.5,
                    "max_iter",
                    2))
            .run()
            .succeeded();
    assertThat(losses(result)[0]).isCloseTo(Math.log(2), within(1e-9));
    assertThat(losses(result)[1]).isBetween(0.40, 0.55);
  }

  @Test
  void sampleWeights_scaledToMeanOne_matchTheCentralTraining() {
    Table guest = BreastData.guest(GUEST);
    double[] raw = new double[guest.rowCount()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = 1 + i % 4;
    }
    Result result =
        harness(withWeights(guest, raw), BreastData.host(HOST), params()).run().succeeded();

    double[] weights = withWeights(guest, raw).sortedById().weight().clone();
    double mean = java.util.Arrays.stream(weights).average().orElseThrow();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= mean;
    }
    CentralTaylor central = new CentralTaylor(joined(), labels(), weights, 0.15, 0.01, false, 5);
    assertSameWeights(result, central, 1e-4, 2e-8);
    assertThat(losses(result)[4]).isCloseTo(central.losses.get(4), within(1e-7));
  }

  @Test
  void oneHost_andTheSameColumnsAtTwoHosts_giveTheSameWeights() {
    Map<String, Object> settings =
        params("early_stop", "weight_diff", "optimizer", "adam", "max_iter", 3);
    Result one = harness(settings).run().succeeded();
    Result two =
        new ComponentHarness(new HeteroLR(CryptoSuite.standard()), FOUR)
            .params(settings)
            .inputs(GUEST, Tables.as("train_data", BreastData.guest(GUEST)))
            .inputs(HOST, Tables.as("train_data", BreastData.host(HOST, 0, 8)))
            .inputs(SECOND, Tables.as("train_data", BreastData.host(SECOND, 8, 20)))
            .run()
            .succeeded();
    for (int i = 0; i < 20; i++) {
      assertThat(weight(two, i < 8 ? HOST : SECOND, "x" + i))
          .isCloseTo(weight(one, HOST, "x" + i), within(1e-6));
    }
    assertThat(weight(two, GUEST, "x3")).isCloseTo(weight(one, GUEST, "x3"), within(1e-6));
    assertThat(losses(two)).isEmpty();
  }

  @Test
  void severalHosts_withARuleThatNeedsLosses_areRefused() {
    Result result =
        new ComponentHarness(new HeteroLR(CryptoSuite.standard()), FOUR)
            .params(params())
            .inputs(GUEST, Tables.as("train_data", BreastData.guest(GUEST)))
            .inputs(HOST, Tables.as("train_data", BreastData.host(HOST, 0, 8)))
            .inputs(SECOND, Tables.as("train_data", BreastData.host(SECOND, 8, 20)))
            .run();
    assertThat(result.rootFailure())
        .has(Failures.code("lr.early_stop"))
        .hasMessageContaining("weight_diff");
  }

  @Test
  void tolerance_endsTrainingAtAllPartiesAtOnce() {
    Result result = harness(params("tol", 0.1, "max_iter", 30)).run().succeeded();
    assertThat(losses(result)).hasSizeLessThan(6);
    for (var party : List.of(GUEST, HOST, ARBITER)) {
      assertThat(param(result, party).bool("is_converged")).isTrue();
      assertThat(param(result, party).number("iters")).isEqualTo(losses(result).length);
    }
    assertThat(param(result, ARBITER).list("loss_history")).hasSize(losses(result).length);
    assertThat(param(result, HOST).map("weight")).hasSize(20);
    assertThat(param(result, ARBITER).map("weight")).isEmpty();
    assertThat(result.trackers().get(ARBITER).meta("train", "loss"))
        .containsEntry("metric_type", "LOSS")
        .containsEntry("unit_name", "iters");
    assertThat(result.trackers().get(ARBITER).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("1024"));
  }

  @Test
  void validationAndPrediction_useTheTrainedWeights() {
    Table guest = BreastData.guest(GUEST).sortedById();
    Table host = BreastData.host(HOST).sortedById();
    int[] head = rows(0, 400);
    int[] tail = rows(350, 569);
    Result trained =
        harness(params())
            .inputs(GUEST, trainAndValidate(guest.select(head), guest.select(tail)))
            .inputs(HOST, trainAndValidate(host.select(head), host.select(tail)))
            .run()
            .succeeded();
    Table table = trained.of(GUEST).data().get(0);
    assertThat(trained.of(HOST).data()).isEmpty();
    assertThat(table.rowCount()).isEqualTo(569);
    String[] types = ((Column.Texts) table.column(4)).values();
    assertThat(types[399]).isEqualTo("train");
    assertThat(types[400]).isEqualTo("validate");

    Result predicted =
        harness(params())
            .inputs(GUEST, predictInputs(guest.select(tail), trained, GUEST))
            .inputs(HOST, predictInputs(host.select(tail), trained, HOST))
            .run()
            .succeeded();
    Table again = predicted.of(GUEST).data().get(0);
    assertThat(again.rowCount()).isEqualTo(219);
    assertThat(again.numbers("predict_score")[100]).isEqualTo(table.numbers("predict_score")[450]);
    assertThat(predicted.messages()).noneMatch(m -> m.from().equals(ARBITER));
  }

  @Test
  void warmStart_goesOnWhereTheStoredModelEnded() {
    Result straight = harness(params("max_iter", 3)).run().succeeded();
    Result first = harness(params("max_iter", 1)).run().succeeded();
    Result second =
        harness(params("max_iter", 3))
            .inputs(GUEST, withModel(BreastData.guest(GUEST), first, GUEST))
            .inputs(HOST, withModel(BreastData.host(HOST), first, HOST))
            .inputs(ARBITER, new TaskInputs(Map.of(), first.of(ARBITER).model(), List.of()))
            .run()
            .succeeded();
    assertThat(weight(second, HOST, "x5")).isCloseTo(weight(straight, HOST, "x5"), within(1e-8));
    assertThat(param(second, ARBITER).list("loss_history")).hasSize(3);
    assertThat(second.trackers().get(ARBITER).value("train", "init_iter", "init_iter"))
        .isEqualTo(1);
  }

  @Test
  void modelsAreKeptAtSteps_andTrainingGoesOnFromThem() {
    Map<String, Object> callback = Map.of("callbacks", List.of("ModelCheckpoint"), "save_freq", 2);
    Result straight = harness(params("max_iter", 5, "callback_param", callback)).run().succeeded();
    Result first = harness(params("max_iter", 3)).run().succeeded();
    for (Party party : List.of(GUEST, HOST, ARBITER)) {
      Map<Integer, ComponentModel> kept = straight.models().get(party);
      assertThat(kept).containsOnlyKeys(0, 2, 4);
      // What was kept after the third iteration is what three iterations give.
      assertThat(kept.get(2).param().number("iters")).isEqualTo(3);
      assertThat(kept.get(2).param().<Double>map("weight").keySet())
          .isEqualTo(param(first, party).<Double>map("weight").keySet());
      param(first, party)
          .<Double>map("weight")
          .forEach(
              (column, weight) ->
                  assertThat(kept.get(2).param().<Double>map("weight").get(column))
                      .as(column)
                      .isCloseTo(weight, within(1e-8)));
      assertThat(first.models().get(party)).isEmpty();
    }
    assertThat(straight.models().get(ARBITER).get(2).param().list("loss_history")).hasSize(3);
    Result second =
        harness(params("max_iter", 5))
            .inputs(GUEST, withStep(BreastData.guest(GUEST), straight, GUEST))
            .inputs(HOST, withStep(BreastData.host(HOST), straight, HOST))
            .inputs(
                ARBITER,
                new TaskInputs(
                    Map.of(), Optional.of(straight.models().get(ARBITER).get(2)), List.of()))
            .run()
            .succeeded();
    assertThat(weight(second, HOST, "x5")).isCloseTo(weight(straight, HOST, "x5"), within(1e-8));
    assertThat(param(second, ARBITER).list("loss_history")).hasSize(5);
  }

  private static TaskInputs withStep(Table table, Result result, Party party) {
    return new TaskInputs(
        Map.of("train_data", List.of(new DataInput("a_0.train", table))),
        Optional.of(result.models().get(party).get(2)),
        List.of());
  }

  @Test
  void l1_shrinksWeakWeightsToZero() {
    Result result = harness(params("penalty", "L1", "alpha", 0.5, "max_iter", 3)).run().succeeded();
    assertThat(param(result, HOST).<Double>map("weight").values()).contains(0.0);
    assertThat(param(result, GUEST).number("intercept")).isNotZero();
  }

  @Test
  void randomStart_repeatsWithTheSeed_andDiffersWithoutIt() {
    Map<String, Object> settings =
        params("init_param", Map.of("init_method", "random_uniform"), "max_iter", 1);
    Result one = harness(settings).seed(1).run().succeeded();
    Result same = harness(settings).seed(1).run().succeeded();
    Result other = harness(settings).seed(2).run().succeeded();
    assertThat(param(one, HOST).<Double>map("weight"))
        .isEqualTo(param(same, HOST).<Double>map("weight"))
        .isNotEqualTo(param(other, HOST).<Double>map("weight"));
  }

  @Test
  void badData_isRefusedNamingTheColumn() {
    Table guest = BreastData.guest(GUEST);
    Table host = BreastData.host(HOST);
    double[] huge = host.numbers("x4").clone();
    huge[7] = 2e8;
    double[] hole = guest.numbers("x2").clone();
    hole[3] = Double.NaN;
    double[] labels = guest.label().clone();
    labels[0] = 2.5;
    int label = guest.schema().indexOf(ColumnSpec.Use.LABEL);

    assertThat(harness(guest, BreastData.withColumn(host, 4, huge), params()).run().rootFailure())
        .has(Failures.code("features.range"))
        .hasMessageContaining("x4");
    assertThat(
            harness(
                    BreastData.withColumn(guest, guest.schema().indexOf("x2"), hole),
                    host,
                    params())
                .run()
                .rootFailure())
        .has(Failures.code("features.missing"))
        .hasMessageContaining("x2");
    assertThat(
            harness(BreastData.withColumn(guest, label, labels), host, params())
                .run()
                .rootFailure())
        .has(Failures.code("label.classes"))
        .hasMessageContaining("y");
  }

  @Test
  void batchesOfFewerRowsThanAHostHasColumns_areRefused() {
    Result result = harness(params("batch_size", 15, "masked_rate", 0)).run();
    assertThat(result.rootFailure())
        .has(Failures.code("lr.batch"))
        .hasMessageContaining("20 feature columns");
  }

  @Test
  void whatIsNotSupported_isRefusedBeforeTheRun() {
    Problems problems = new Problems();
    new HeteroLR(CryptoSuite.standard())
        .descriptor()
        .resolve(
            Map.of(
                "cv_param", Map.of("need_cv", true, "n_splits", 1),
                "stepwise_param", Map.of("need_stepwise", true, "nvmin", 1),
                "max_iter", 1001,
                "callback_param", Map.of("callbacks", List.of("ModelCheckpoint"))),
            "params",
            problems);
    assertThat(problems.errors())
        .extracting(p -> p.pointer())
        .containsExactlyInAnyOrder(
            "params/cv_param/n_splits",
            "params/stepwise_param/nvmin",
            "params/stepwise_param/need_stepwise",
            "params/callback_param/save_freq");
  }

  private static Table withWeights(Table table, double[] weights) {
    List<ColumnSpec> specs = new ArrayList<>(table.schema().columns());
    List<Column> columns = new ArrayList<>(table.columns());
    specs.add(new ColumnSpec("w", ColumnSpec.Type.NUMBER, ColumnSpec.Use.WEIGHT, ""));
    columns.add(new Column.Numbers(weights));
    return table.withColumns(specs, columns);
  }

  private static int[] rows(int from, int to) {
    return java.util.stream.IntStream.range(from, to).toArray();
  }

  private static TaskInputs predictInputs(
      Table table, Result trained, io.fedflow.party.Party party) {
    return new TaskInputs(
        Map.of("test_data", List.of(new DataInput("a_0.test", table))),
        trained.of(party).model(),
        List.of());
  }

  private static TaskInputs withModel(Table table, Result trained, io.fedflow.party.Party party) {
    return new TaskInputs(
        Map.of("train_data", List.of(new DataInput("a_0.train", table))),
        trained.of(party).model(),
        List.of());
  }
}

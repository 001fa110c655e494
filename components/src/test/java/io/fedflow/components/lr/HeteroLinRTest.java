package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.FOUR;
import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.SECOND;
import static io.fedflow.components.lr.LrFixture.params;
import static io.fedflow.components.lr.LrFixture.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.failure.Problems;
import io.fedflow.table.ColumnSpec.Use;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeteroLinRTest {

  private static final HeteroLinR COMPONENT = new HeteroLinR(CryptoSuite.standard());
  private static final Table HOST_ROWS = ValueFixture.host();

  /** Follows columns of both parties, and a rest that no column explains. */
  private static Table guest() {
    double[] x0 = BreastData.guest(GUEST).sortedById().numbers("x0");
    double[] x3 = HOST_ROWS.numbers("x3");
    return ValueFixture.guest(row -> 2 + 0.5 * x0[row] - 0.3 * x3[row] + 0.1 * (row % 7));
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void fullBatches_giveTheWeightsAndLossesOfACentralTraining() {
    Table guest = guest();
    Result result =
        ValueFixture.harness(COMPONENT, guest, HOST_ROWS, params("max_iter", 6)).run().succeeded();
    CentralValues central =
        new CentralValues(ValueFixture.joined(guest, HOST_ROWS), guest.label())
            .squares(ones(guest.rowCount()), 0.15, 0.01, 6);
    ValueFixture.assertSame(result, central, 10, 1e-6);
    Table predictions = result.of(GUEST).data().get(0);
    double[] predicted = predictions.numbers("predict_score");
    assertThat(predicted[17]).isCloseTo(central.score(17), within(1e-5));
    assertThat(predictions.numbers("predict_result")).isEqualTo(predicted);
    assertThat(result.of(HOST).data()).isEmpty();
  }

  @Test
  void sampleWeights_countAsInACentralTraining() {
    Table plain = guest();
    double[] raw = new double[plain.rowCount()];
    Arrays.setAll(raw, row -> 1 + row % 3);
    Table guest = ValueFixture.with(plain, "w", Use.WEIGHT, raw);
    Result result =
        ValueFixture.harness(COMPONENT, guest, HOST_ROWS, params("max_iter", 4)).run().succeeded();
    double mean = Arrays.stream(raw).average().orElseThrow();
    CentralValues central =
        new CentralValues(ValueFixture.joined(guest, HOST_ROWS), guest.label())
            .squares(Arrays.stream(raw).map(w -> w / mean).toArray(), 0.15, 0.01, 4);
    ValueFixture.assertSame(result, central, 10, 1e-6);
  }

  @Test
  void theSameColumnsAtTwoHosts_giveTheSameWeights() {
    Map<String, Object> settings = params("early_stop", "weight_diff", "max_iter", 3);
    Result one = ValueFixture.harness(COMPONENT, guest(), HOST_ROWS, settings).run().succeeded();
    Result two =
        new ComponentHarness(COMPONENT, FOUR)
            .params(settings)
            .inputs(GUEST, Tables.as("train_data", guest()))
            .inputs(HOST, Tables.as("train_data", BreastData.host(HOST, 0, 8)))
            .inputs(SECOND, Tables.as("train_data", BreastData.host(SECOND, 8, 20)))
            .run()
            .succeeded();
    for (int i = 0; i < 20; i++) {
      assertThat(weight(two, i < 8 ? HOST : SECOND, "x" + i))
          .isCloseTo(weight(one, HOST, "x" + i), within(1e-6));
    }
    assertThat(weight(two, GUEST, "x3")).isCloseTo(weight(one, GUEST, "x3"), within(1e-6));
  }

  @Test
  void smallBatches_fallFurtherThanAFullOne() {
    Map<String, Object> settings = params("max_iter", 2);
    Result full = ValueFixture.harness(COMPONENT, guest(), HOST_ROWS, settings).run().succeeded();
    settings.put("batch_size", 200);
    Result small = ValueFixture.harness(COMPONENT, guest(), HOST_ROWS, settings).run().succeeded();
    assertThat(LrFixture.losses(small)[1]).isLessThan(LrFixture.losses(full)[1]);
  }

  @Test
  void aPredictionOfTheTrainingRows_isTheTrainingsOwn() {
    Table guest = guest();
    Result trained =
        ValueFixture.harness(COMPONENT, guest, HOST_ROWS, params("max_iter", 2)).run().succeeded();
    Result predicted =
        new ComponentHarness(COMPONENT, LrFixture.THREE)
            .params(params())
            .inputs(GUEST, ValueFixture.predict(guest, trained, GUEST))
            .inputs(HOST, ValueFixture.predict(HOST_ROWS, trained, HOST))
            .run()
            .succeeded();
    assertThat(predicted.of(GUEST).data().get(0).numbers("predict_score"))
        .isEqualTo(trained.of(GUEST).data().get(0).numbers("predict_score"));
    assertThat(trained.of(GUEST).model().orElseThrow().messages().keySet())
        .containsExactly("HeteroLinearRegressionMeta", "HeteroLinearRegressionParam");
  }

  @Test
  void validationWhileTraining_measuresValues() {
    Map<String, Object> settings =
        params(
            "max_iter",
            2,
            "callback_param",
            Map.of("callbacks", List.of("PerformanceEvaluate"), "validation_freqs", 1));
    Result result = ValueFixture.harness(COMPONENT, guest(), HOST_ROWS, settings).run().succeeded();
    assertThat(result.trackers().get(GUEST).summary().toString())
        .contains("validation_metrics", "root_mean_squared_error");
  }

  @Test
  void messages_holdNothingOfARow_andOnlyWhatIsNamedDependsOnLabels() {
    Table guest = guest();
    Map<String, Object> settings = params("max_iter", 2, "tol", 1e-12);
    Result one = ValueFixture.harness(COMPONENT, guest, HOST_ROWS, settings).run().succeeded();
    Wire.assertNoTraceOf(one.messages(), guest);
    Wire.assertNoTraceOf(one.messages(), HOST_ROWS);
    Result other =
        ValueFixture.harness(
                COMPONENT, BreastData.withShuffledLabels(guest, 3), HOST_ROWS, settings)
            .run()
            .succeeded();
    Wire.assertSameBut(
        COMPONENT.descriptor(),
        one.messages(),
        other.messages(),
        Set.of("lr_step", "lr_stop", "lr_host_scores"));
  }

  @Test
  void labelsThatAreNoNumbers_areRefusedByName() {
    Result result =
        ValueFixture.harness(
                COMPONENT,
                ValueFixture.guest(row -> row == 3 ? Double.NaN : 1),
                HOST_ROWS,
                params())
            .run();
    assertThat(result.rootFailure())
        .has(Failures.code("label.range"))
        .hasMessageContaining("label y");
    Problems problems = new Problems();
    COMPONENT
        .descriptor()
        .resolve(
            Map.of("optimizer", "nesterov_momentum_sgd", "cv_param", Map.of("need_cv", true)),
            "params",
            problems);
    assertThat(problems.errors()).extracting(p -> p.pointer()).contains("params/optimizer");
  }
}

package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.FOUR;
import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.SECOND;
import static io.fedflow.components.lr.LrFixture.param;
import static io.fedflow.components.lr.LrFixture.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.table.ColumnSpec.Use;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeteroPoissonTest {

  private static final HeteroPoisson COMPONENT = new HeteroPoisson(CryptoSuite.standard());
  private static final Table HOST_ROWS = ValueFixture.host();

  /** Counts that grow with a column of the host. */
  private static Table guest() {
    double[] x3 = HOST_ROWS.numbers("x3");
    return ValueFixture.guest(row -> Math.floor(Math.exp(0.4 * x3[row])) + row % 3);
  }

  private static double[] exposure() {
    double[] exposure = new double[HOST_ROWS.rowCount()];
    Arrays.setAll(exposure, row -> 0.5 + row % 4);
    return exposure;
  }

  private static Map<String, Object> settings(Object... more) {
    Map<String, Object> settings = params("learning_rate", 0.05, "max_iter", 5);
    for (int i = 0; i < more.length; i += 2) {
      settings.put((String) more[i], more[i + 1]);
    }
    return settings;
  }

  @Test
  void countsWithoutExposure_giveTheWeightsAndLossesOfACentralTraining() {
    Table guest = guest();
    Result result = ValueFixture.harness(COMPONENT, guest, HOST_ROWS, settings()).run().succeeded();
    double[] once = new double[guest.rowCount()];
    Arrays.fill(once, 1);
    CentralValues central =
        new CentralValues(ValueFixture.joined(guest, HOST_ROWS), guest.label())
            .counts(once, 0.05, 0.01, 5);
    ValueFixture.assertSame(result, central, 10, 1e-6);
    assertThat(result.of(GUEST).data().get(0).numbers("predict_score")[11])
        .isCloseTo(Math.exp(central.score(11)), within(1e-5));
  }

  @Test
  void exposure_isNoFeature_andMultipliesWhatIsExpected() {
    Table plain = guest();
    Table guest = ValueFixture.with(plain, "watched", Use.FEATURE, exposure());
    Result result =
        ValueFixture.harness(COMPONENT, guest, HOST_ROWS, settings("exposure_colname", "watched"))
            .run()
            .succeeded();
    CentralValues central =
        new CentralValues(ValueFixture.joined(plain, HOST_ROWS), plain.label())
            .counts(exposure(), 0.05, 0.01, 5);
    ValueFixture.assertSame(result, central, 10, 1e-6);
    assertThat(param(result, GUEST).list("header")).doesNotContain("watched").hasSize(10);
    double expected = exposure()[11] * Math.exp(central.score(11));
    Table own = result.of(GUEST).data().get(0);
    assertThat(own.numbers("predict_score")[11]).isCloseTo(expected, within(1e-5));

    Result predicted =
        new ComponentHarness(COMPONENT, LrFixture.THREE)
            .params(settings("exposure_colname", "watched"))
            .inputs(GUEST, ValueFixture.predict(guest, result, GUEST))
            .inputs(HOST, ValueFixture.predict(HOST_ROWS, result, HOST))
            .run()
            .succeeded();
    assertThat(predicted.of(GUEST).data().get(0).numbers("predict_score"))
        .isEqualTo(own.numbers("predict_score"));
  }

  @Test
  void hiddenBatches_countRealRowsOnly() {
    Result result =
        ValueFixture.harness(
                COMPONENT,
                guest(),
                HOST_ROWS,
                settings("batch_size", 200, "masked_rate", 1, "max_iter", 3, "learning_rate", 0.01))
            .run()
            .succeeded();
    double[] losses = LrFixture.losses(result);
    assertThat(losses).hasSize(3);
    // With zero weights every row is expected to count 1 before the first batch moves them; rows
    // that only hide others would lower the mean of the labels, and with it what is learned.
    assertThat(losses[2]).isLessThan(losses[0]);
    assertThat(losses[0]).isBetween(-2.0, 1.0);
  }

  @Test
  void messages_holdNothingOfARow_andOnlyWhatIsNamedDependsOnLabels() {
    Table guest = guest();
    Result one =
        ValueFixture.harness(COMPONENT, guest, HOST_ROWS, settings("max_iter", 2))
            .run()
            .succeeded();
    Wire.assertNoTraceOf(one.messages(), guest);
    Wire.assertNoTraceOf(one.messages(), HOST_ROWS);
    Result other =
        ValueFixture.harness(
                COMPONENT,
                BreastData.withShuffledLabels(guest, 3),
                HOST_ROWS,
                settings("max_iter", 2))
            .run()
            .succeeded();
    Wire.assertSameBut(
        COMPONENT.descriptor(),
        one.messages(),
        other.messages(),
        Set.of("lr_step", "lr_stop", "lr_host_scores"));
  }

  @Test
  void withoutTheColumnOfExposures_everyRowHasOne_andTheLogSaysSo() {
    Map<String, Object> named = settings("exposure_colname", "none", "max_iter", 2);
    ComponentHarness.Result without =
        ValueFixture.harness(COMPONENT, guest(), HOST_ROWS, named).run().succeeded();
    ComponentHarness.Result plain =
        ValueFixture.harness(COMPONENT, guest(), HOST_ROWS, settings("max_iter", 2))
            .run()
            .succeeded();

    assertThat(without.of(GUEST).data().get(0).numbers("predict_score"))
        .containsExactly(plain.of(GUEST).data().get(0).numbers("predict_score"));
    assertThat(without.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("found none"));
  }

  @Test
  void whatCannotBeCounted_isRefusedByName() {
    assertThat(
            ValueFixture.harness(
                    COMPONENT, ValueFixture.guest(row -> row - 1), HOST_ROWS, settings())
                .run()
                .rootFailure())
        .has(Failures.code("label.range"))
        .hasMessageContaining("label y");
    assertThat(
            ValueFixture.harness(COMPONENT, guest(), HOST_ROWS, settings("exposure_colname", "y"))
                .run()
                .rootFailure())
        .has(Failures.code("poisson.exposure"))
        .hasMessageContaining("exposure_colname: found y");
    double[] negative = exposure();
    negative[5] = -1;
    assertThat(
            ValueFixture.harness(
                    COMPONENT,
                    ValueFixture.with(guest(), "watched", Use.FEATURE, negative),
                    HOST_ROWS,
                    settings("exposure_colname", "watched"))
                .run()
                .rootFailure())
        .has(Failures.code("poisson.exposure"));
    assertThat(
            new ComponentHarness(COMPONENT, FOUR)
                .params(settings("early_stop", "weight_diff"))
                .inputs(GUEST, Tables.as("train_data", guest()))
                .inputs(HOST, Tables.as("train_data", BreastData.host(HOST, 0, 8)))
                .inputs(SECOND, Tables.as("train_data", BreastData.host(SECOND, 8, 20)))
                .run()
                .rootFailure())
        .has(Failures.code("parties.roles"))
        .hasMessageContaining("2 hosts, allowed is one");
  }
}

package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.ARBITER;
import static io.fedflow.components.lr.LrFixture.FOUR;
import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.SECOND;
import static io.fedflow.components.lr.LrFixture.harness;
import static io.fedflow.components.lr.LrFixture.param;
import static io.fedflow.components.lr.LrFixture.params;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LrStepwiseTest {

  private static final CryptoSuite SUITE = CryptoSuite.standard();
  private static final Table HOST_ROWS = LrFixture.fewHostRows(HOST, 0, 3);
  private static final Table GUEST_ROWS = guest();

  /** Three columns, the last of which tells nothing. */
  private static Table guest() {
    Table rows =
        LrFixture.fewGuestRows().keepFeatures(name -> List.of("x0", "x1", "x4").contains(name));
    Random random = new Random(5);
    double[] noise = new double[rows.rowCount()];
    Arrays.setAll(noise, row -> random.nextGaussian());
    return BreastData.withColumn(rows, rows.schema().indexOf("x4"), noise);
  }

  private static Map<String, Object> steps(Object... more) {
    Map<String, Object> steps = new LinkedHashMap<>();
    steps.put("need_stepwise", true);
    steps.put("direction", "backward");
    for (int i = 0; i < more.length; i += 2) {
      steps.put((String) more[i], more[i + 1]);
    }
    return steps;
  }

  /** One central training: its columns and its criterion. */
  private record Central(List<String> columns, CentralTaylor model, double aic) {}

  private static double[] column(String name) {
    return (name.startsWith("g.") ? GUEST_ROWS : HOST_ROWS).numbers(name.substring(2));
  }

  private static Central central(List<String> columns) {
    double[][] x = columns.stream().map(LrStepwiseTest::column).toArray(double[][]::new);
    CentralTaylor model = new CentralTaylor(x, GUEST_ROWS.label(), null, 0.15, 0, false, 3);
    return new Central(columns, model, 2 * (columns.size() + 1) + 2 * 200 * model.losses.get(2));
  }

  /** Every set of columns that lacks one of these, if both sides keep one. */
  private static List<List<String>> withOneLess(List<String> columns) {
    List<List<String>> less = new ArrayList<>();
    for (String dropped : columns) {
      List<String> left = columns.stream().filter(name -> !name.equals(dropped)).toList();
      if (left.stream().anyMatch(name -> name.startsWith("g."))
          && left.stream().anyMatch(name -> name.startsWith("h."))) {
        less.add(left);
      }
    }
    return less;
  }

  private static Central centralSearch(int steps) {
    Central best = central(List.of("h.x0", "h.x1", "h.x2", "g.x0", "g.x1", "g.x4"));
    for (int step = 0; step < steps; step++) {
      Central before = best;
      for (List<String> columns : withOneLess(before.columns())) {
        Central tried = central(columns);
        best = tried.aic() < best.aic() ? tried : best;
      }
      if (best == before) {
        break;
      }
    }
    return best;
  }

  private static Map<String, Object> settings(Map<String, Object> steps) {
    return params("penalty", "NONE", "stepwise_param", steps, "tol", 1e-12, "max_iter", 3);
  }

  @Test
  void backward_findsWhatACentralSearchFinds() {
    Result result =
        harness(GUEST_ROWS, HOST_ROWS, settings(steps("max_step", 2))).run().succeeded();
    Central expected = centralSearch(2);
    assertThat(expected.columns().size()).as("the test drops something").isLessThan(6);
    List<String> found = new ArrayList<>();
    param(result, HOST).<String>list("header").forEach(name -> found.add("h." + name));
    param(result, GUEST).<String>list("header").forEach(name -> found.add("g." + name));
    assertThat(found).isEqualTo(expected.columns());
    for (int i = 0; i < found.size(); i++) {
      var party = found.get(i).startsWith("g.") ? GUEST : HOST;
      assertThat(param(result, party).<Double>map("weight").get(found.get(i).substring(2)))
          .isCloseTo(expected.model().weights[i], within(1e-6));
    }
    Table predicted = result.of(GUEST).data().get(0);
    for (int row = 0; row < 200; row++) {
      double z = expected.model().intercept;
      for (int i = 0; i < found.size(); i++) {
        z += expected.model().weights[i] * column(found.get(i))[row];
      }
      assertThat(predicted.numbers("predict_score")[row])
          .isCloseTo(1 / (1 + Math.exp(-z)), within(1e-6));
    }
    assertThat(((io.fedflow.table.Column.Texts) predicted.column(4)).values())
        .containsOnly("train");

    var arbiter = result.trackers().get(ARBITER);
    int last = 6 - expected.columns().size();
    assertThat((Double) arbiter.meta("train", "stepwise_" + last).get("current_ic_val"))
        .isCloseTo(expected.aic(), within(1e-3));
    assertThat(arbiter.meta("train", "stepwise_0"))
        .containsEntry("metric_type", "STEPWISE")
        .containsEntry("number_in", 6)
        .containsEntry("host_features_anonym", HOST_ROWS.schema().anonymousHeader());
    assertThat(arbiter.names()).noneMatch(name -> name.startsWith("train/loss"));
    assertThat(result.trackers().get(GUEST).summary()).containsKeys("step_0", "step_1", "coef");

    // The model that was found predicts like any other, from tables that have all columns.
    Result again =
        new ComponentHarness(new HeteroLR(SUITE), LrFixture.THREE)
            .params(settings(steps()))
            .params(Map.of("stepwise_param", Map.of("need_stepwise", false)))
            .inputs(GUEST, ValueFixture.predict(GUEST_ROWS, result, GUEST))
            .inputs(HOST, ValueFixture.predict(HOST_ROWS, result, HOST))
            .run()
            .succeeded();
    assertThat(again.of(GUEST).data().get(0).numbers("predict_score"))
        .isEqualTo(predicted.numbers("predict_score"));
  }

  @Test
  void forward_beginsWithOneColumnOfEachSide() {
    Result aic =
        harness(GUEST_ROWS, HOST_ROWS, settings(steps("direction", "forward", "max_step", 1)))
            .run()
            .succeeded();
    var guest = aic.trackers().get(GUEST);
    assertThat(guest.meta("train", "stepwise_0")).containsEntry("number_in", 0);
    assertThat(guest.meta("train", "stepwise_1")).containsEntry("number_in", 2);
    Central best = null;
    for (String host : List.of("h.x0", "h.x1", "h.x2")) {
      for (String own : List.of("g.x0", "g.x1", "g.x4")) {
        Central tried = central(List.of(host, own));
        best = best == null || tried.aic() < best.aic() ? tried : best;
      }
    }
    assertThat(
            (Double) aic.trackers().get(ARBITER).meta("train", "stepwise_1").get("current_ic_val"))
        .isCloseTo(best.aic(), within(1e-3));
    assertThat((List<?>) guest.meta("train", "stepwise_1").get("header"))
        .isEqualTo(List.of(best.columns().get(1).substring(2)));
  }

  @Test
  void values_andCounts_areSearchedToo_andAnExposureIsNoCandidate() {
    double[] x1 = ValueFixture.host().numbers("x1");
    Table values = narrow(ValueFixture.guest(row -> 2 * x1[row] + row % 3));
    Map<String, Object> few = settings(steps("max_step", 1));
    few.put("max_iter", 1);
    Result linear =
        ValueFixture.harness(new HeteroLinR(SUITE), values, HOST_ROWS, few).run().succeeded();
    double loss = (Double) linear.trackers().get(ARBITER).meta("train", "stepwise_0").get("loss");
    assertThat(
            (Double)
                linear.trackers().get(ARBITER).meta("train", "stepwise_0").get("current_ic_val"))
        .isCloseTo(2 * 6 + 200 * Math.log(2 * loss), within(1e-6));

    double[] exposure = new double[200];
    Arrays.setAll(exposure, row -> 0.5 + row % 4);
    Table counts =
        ValueFixture.with(
            narrow(ValueFixture.guest(row -> row % 4)), "watched", Use.FEATURE, exposure);
    Map<String, Object> poisson = settings(steps("max_step", 1, "nvmin", 4));
    poisson.put("learning_rate", 0.01);
    poisson.put("max_iter", 1);
    poisson.put("exposure_colname", "watched");
    Result result =
        ValueFixture.harness(new HeteroPoisson(SUITE), counts, HOST_ROWS, poisson)
            .run()
            .succeeded();
    assertThat(result.trackers().get(GUEST).meta("train", "stepwise_0"))
        .containsEntry("number_in", 5)
        .containsEntry("all_features", List.of("x0", "x1"));
    assertThat(param(result, GUEST).<String>list("header")).doesNotContain("watched");
  }

  /** Rows of two of the guest's columns. */
  private static Table narrow(Table guest) {
    return LrFixture.few(guest).keepFeatures(name -> List.of("x0", "x1").contains(name));
  }

  @Test
  void messages_tellTheHostsScoresOnce_andNothingOfARow() {
    Table few = HOST_ROWS.keepFeatures(name -> !name.equals("x2"));
    var settings = settings(steps("max_step", 1));
    settings.put("max_iter", 1);
    Result one = harness(GUEST_ROWS, few, settings).run().succeeded();
    Result again = harness(GUEST_ROWS, few, settings).run().succeeded();
    assertThat(again.of(GUEST).model()).isEqualTo(one.of(GUEST).model());
    assertThat(again.of(HOST).model()).isEqualTo(one.of(HOST).model());
    Wire.assertNoTraceOf(one.messages(), GUEST_ROWS);
    Wire.assertNoTraceOf(one.messages(), few);
    assertThat(one.messages())
        .filteredOn(message -> message.tag().name().equals("lr_host_scores"))
        .singleElement()
        .satisfies(message -> assertThat(message.payload().asDoubles()).hasSize(200));
    for (Table own : List.of(GUEST_ROWS, few)) {
      assertThat(one.messages())
          .filteredOn(message -> message.tag().name().equals("lr_columns"))
          .flatExtracting(message -> message.payload().asTexts())
          .doesNotContainAnyElementsOf(own.schema().header());
    }
    Result other =
        harness(BreastData.withShuffledLabels(GUEST_ROWS, 3), few, settings).run().succeeded();
    Wire.assertSameBut(
        new HeteroLR(SUITE).descriptor(),
        one.messages(),
        other.messages(),
        Set.of("lr_step", "lr_stop", "lr_host_scores", "lr_best"));
  }

  @Test
  void whatCannotBeSearched_isRefusedByName() {
    Map<String, Object> settings = settings(steps());
    settings.put("early_stop", "weight_diff");
    assertThat(
            new ComponentHarness(new HeteroLR(SUITE), FOUR)
                .params(settings)
                .inputs(GUEST, Tables.as("train_data", GUEST_ROWS))
                .inputs(HOST, Tables.as("train_data", HOST_ROWS))
                .inputs(SECOND, Tables.as("train_data", LrFixture.fewHostRows(SECOND, 3, 8)))
                .run()
                .rootFailure())
        .has(Failures.code("lr.stepwise"))
        .hasMessageContaining("found 2 hosts, allowed is one");
    assertThat(harness(ThreeClasses.guest(), HOST_ROWS, settings(steps())).run().rootFailure())
        .has(Failures.code("label.classes"))
        .hasMessageContaining("found 3 classes");
    assertThat(
            harness(GUEST_ROWS, HOST_ROWS, settings(steps()))
                .params(HOST, Map.of("stepwise_param", steps("max_step", 2)))
                .run()
                .failures()
                .get(HOST))
        .has(Failures.code("lr.work"))
        .hasMessageContaining("stepwise selection");
    Problems problems = new Problems();
    new HeteroLinR(SUITE)
        .descriptor()
        .resolve(
            Map.of(
                "stepwise_param", steps("nvmin", 3, "nvmax", 2),
                "cv_param", Map.of("need_cv", true)),
            "params",
            problems);
    assertThat(problems.errors())
        .extracting(problem -> problem.pointer())
        .contains("params/stepwise_param/nvmax", "params/stepwise_param/need_stepwise");
    Problems validation = new Problems();
    new HeteroLR(SUITE)
        .descriptor()
        .resolve(Map.of("stepwise_param", steps(), "validation_freqs", 1), "params", validation);
    assertThat(validation.errors())
        .extracting(problem -> problem.pointer())
        .containsExactly("params/stepwise_param/need_stepwise");
  }
}

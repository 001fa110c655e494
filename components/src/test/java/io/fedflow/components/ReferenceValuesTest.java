package io.fedflow.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.fedflow.component.Component;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.homolr.HomoLR;
import io.fedflow.components.lr.HeteroLinR;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.HomoData;
import io.fedflow.components.testing.Ranking;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whole trainings on FATE's example data, which does not come along, against values of the same
 * formulas in one place: {@code -Dfedflow.fate} names the folder {@code examples} of FATE 1.11.
 */
@EnabledIfSystemProperty(named = "fedflow.fate", matches = ".+")
class ReferenceValuesTest {

  private static final Party GUEST = HomoData.GUEST;
  private static final Party HOST = HomoData.HOST;
  private static final Party ARBITER = HomoData.ARBITER;

  private static Table read(String file, Party party, String label) {
    Path data = Path.of(System.getProperty("fedflow.fate"), "data", file);
    return BreastData.read(data, party, label).sortedById();
  }

  private static double[] losses(Result result) {
    return result.trackers().get(ARBITER).points("train", "loss").stream()
        .mapToDouble(point -> ((Number) point.value()).doubleValue())
        .toArray();
  }

  private static ModelMessage param(Result result, Party party) {
    return result.of(party).model().orElseThrow().param();
  }

  private static ComponentHarness harness(Component component, Map<String, ?> params) {
    return new ComponentHarness(component, HomoData.parties(1)).params(params);
  }

  @Test
  void linearRegression_onMotorData_hasTheWeightsAndLossesOfTheReference() {
    Table guest = read("motor_hetero_guest.csv", GUEST, "motor_speed");
    Result result =
        harness(
                new HeteroLinR(CryptoSuite.standard()),
                Map.of(
                    "optimizer",
                    "sgd",
                    "learning_rate",
                    0.15,
                    "alpha",
                    0.01,
                    "decay",
                    0.0,
                    "max_iter",
                    20,
                    "tol",
                    1e-3,
                    "early_stop",
                    "weight_diff",
                    "init_param",
                    Map.of("init_method", "zeros")))
            .inputs(GUEST, Tables.as("train_data", guest))
            .inputs(HOST, Tables.as("train_data", read("motor_hetero_host.csv", HOST, "no label")))
            .run()
            .succeeded();

    double[] losses = losses(result);
    assertThat(losses).hasSize(20);
    assertThat(losses[0]).isCloseTo(0.50983329, within(1e-4));
    assertThat(losses[1]).isCloseTo(0.32527764, within(1e-4));
    assertThat(losses[19]).isCloseTo(0.05530977, within(1e-4));
    assertWeights(
        result,
        GUEST,
        Map.of(
            "pm", 0.11813468,
            "stator_yoke", -0.04423512,
            "stator_tooth", 0.0192555,
            "stator_winding", 0.02429057));
    assertWeights(
        result,
        HOST,
        Map.of(
            "ambient", -0.00555317,
            "coolant", -0.06059091,
            "u_d", -0.14928068,
            "u_q", 0.58106292,
            "torque", -0.08921035,
            "i_d", -0.53397957,
            "i_q", -0.10291438));
    assertThat(param(result, GUEST).number("intercept")).isCloseTo(0.01279552, within(1e-4));

    double[] label = guest.label();
    double[] predicted = result.of(GUEST).data().get(0).sortedById().numbers("predict_score");
    double mean = Arrays.stream(label).average().orElseThrow();
    double missed = 0;
    double spread = 0;
    for (int row = 0; row < label.length; row++) {
      missed += Math.pow(label[row] - predicted[row], 2);
      spread += Math.pow(label[row] - mean, 2);
    }
    assertThat(1 - missed / spread).isCloseTo(0.899092, within(1e-4));
  }

  private static void assertWeights(Result result, Party party, Map<String, Double> expected) {
    Map<String, Double> found = param(result, party).map("weight");
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, weight) -> assertThat(found.get(name)).as(name).isCloseTo(weight, within(1e-4)));
  }

  /** The reference begins with random weights, so only what ranks can be compared. */
  @Test
  void homoLogisticRegression_onBreastData_ranksUnseenRowsLikeTheReference() {
    Map<String, Object> params =
        Map.of(
            "optimizer",
            "sgd",
            "learning_rate",
            0.15,
            "alpha",
            0.01,
            "batch_size",
            -1,
            "max_iter",
            30,
            "init_param",
            Map.of("init_method", "zeros"));
    HomoLR component = new HomoLR();
    Result trained =
        harness(component, params)
            .inputs(GUEST, Tables.as("train_data", read("breast_homo_guest.csv", GUEST, "y")))
            .inputs(HOST, Tables.as("train_data", read("breast_homo_host.csv", HOST, "y")))
            .run()
            .succeeded();
    Result predicted =
        harness(component, params)
            .inputs(GUEST, unseen(trained, GUEST))
            .inputs(HOST, unseen(trained, HOST))
            .run()
            .succeeded();
    Table scores = predicted.of(GUEST).data().get(0);
    assertThat(Ranking.auc(scores.numbers("label"), scores.numbers("predict_score")))
        .isCloseTo(0.98344, withinPercentage(1.0));
  }

  private static TaskInputs unseen(Result trained, Party party) {
    Table rows = read("breast_homo_test.csv", party, "y");
    return new TaskInputs(
        Map.of("test_data", List.of(new DataInput("reader_0.data", rows))),
        trained.of(party).model(),
        List.of());
  }
}

package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.ARBITER;
import static io.fedflow.components.lr.LrFixture.FOUR;
import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.SECOND;
import static io.fedflow.components.lr.LrFixture.harness;
import static io.fedflow.components.lr.LrFixture.param;
import static io.fedflow.components.lr.LrFixture.params;
import static io.fedflow.components.testing.TrainingInputs.trainAndValidate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LrOneVsRestTest {

  private static final List<Integer> CLASSES = List.of(0, 1, 5);

  private static Table host() {
    return LrFixture.fewHostRows(HOST, 0, 8);
  }

  private static Table output(Result result) {
    return result.of(GUEST).data().get(0);
  }

  private static double[] results(Table predictions) {
    return ((Column.Numbers) predictions.column(1)).values();
  }

  private static ModelMessage many(Result result, io.fedflow.party.Party party) {
    return param(result, party).message("one_vs_rest_result");
  }

  @Test
  void everyClass_hasTheModelOfACentralTrainingAgainstTheRest() {
    Table guest = ThreeClasses.guest();
    Result result = harness(guest, host(), params("max_iter", 5)).run().succeeded();
    assertThat(param(result, GUEST).bool("need_one_vs_rest")).isTrue();
    assertThat(result.of(GUEST).model().orElseThrow().meta().bool("need_one_vs_rest")).isTrue();
    assertThat(many(result, GUEST).<String>list("one_vs_rest_classes"))
        .containsExactly("0", "1", "5");
    // Labels are the guest's.
    assertThat(many(result, HOST).<String>list("one_vs_rest_classes"))
        .containsExactly("0", "1", "2");

    double[][] all = ValueFixture.joined(guest, host());
    double[][] probabilities = new double[3][guest.rowCount()];
    for (int k = 0; k < 3; k++) {
      int label = CLASSES.get(k);
      double[] labels = Arrays.stream(guest.label()).map(l -> l == label ? 1 : 0).toArray();
      CentralTaylor central = new CentralTaylor(all, labels, null, 0.15, 0.01, false, 5);
      for (int c = 0; c < all.length; c++) {
        ModelMessage single =
            many(result, c < 10 ? GUEST : HOST).<ModelMessage>list("completed_models").get(k);
        assertThat(single.<Double>map("weight").get("x" + (c < 10 ? c : c - 10)))
            .as("class %d, column %d", label, c)
            .isCloseTo(central.weights[c], within(1e-6));
      }
      assertThat(result.trackers().get(ARBITER).points("train", "loss_" + k)).hasSize(5);
      for (int row = 0; row < guest.rowCount(); row++) {
        double z = central.intercept;
        for (int c = 0; c < all.length; c++) {
          z += central.weights[c] * all[c][row];
        }
        probabilities[k][row] = 1 / (1 + Math.exp(-z));
      }
    }
    Table found = output(result);
    double right = 0;
    for (int row = 0; row < guest.rowCount(); row++) {
      int r = row;
      int best =
          IntStream.range(0, 3)
              .boxed()
              .max((a, b) -> Double.compare(probabilities[a][r], probabilities[b][r]))
              .orElseThrow();
      assertThat(results(found)[row]).isEqualTo(CLASSES.get(best).doubleValue());
      assertThat(found.numbers("predict_score")[row])
          .isCloseTo(probabilities[best][row], within(1e-6));
      right += results(found)[row] == guest.label()[row] ? 1 : 0;
    }
    assertThat(((Column.Numbers) found.column(0)).values()).isEqualTo(guest.label());
    assertThat(((Column.Texts) found.column(3)).values()[0])
        .matches("\\{\"0\": [0-9.E-]+, \"1\": [0-9.E-]+, \"5\": [0-9.E-]+\\}");
    assertThat(right / guest.rowCount()).isGreaterThan(0.6);
    assertThat(result.trackers().get(GUEST).summary())
        .containsEntry("one_vs_rest", true)
        .containsKeys("0", "1", "5");
    assertThat(result.trackers().get(ARBITER).summary()).containsOnlyKeys("0", "1", "2");
  }

  @Test
  void predictingTheTrainingRows_givesTheTrainingsOutput_withOneHostAsWithTwo() {
    Table guest = ThreeClasses.guest();
    Map<String, Object> settings = params("max_iter", 2, "early_stop", "weight_diff");
    Result one = harness(guest, host(), settings).run().succeeded();
    Result predicted =
        new ComponentHarness(new HeteroLR(CryptoSuite.standard()), LrFixture.THREE)
            .params(settings)
            .inputs(GUEST, ValueFixture.predict(guest, one, GUEST))
            .inputs(HOST, ValueFixture.predict(host(), one, HOST))
            .inputs(ARBITER, new TaskInputs(Map.of(), one.of(ARBITER).model(), List.of()))
            .run()
            .succeeded();
    assertThat(output(predicted).numbers("predict_score"))
        .isEqualTo(output(one).numbers("predict_score"));
    assertThat(results(output(predicted))).isEqualTo(results(output(one)));
    assertThat(((Column.Texts) output(predicted).column(3)).values())
        .isEqualTo(((Column.Texts) output(one).column(3)).values());

    Result two =
        new ComponentHarness(new HeteroLR(CryptoSuite.standard()), FOUR)
            .params(settings)
            .inputs(GUEST, Tables.as("train_data", guest))
            .inputs(HOST, Tables.as("train_data", LrFixture.fewHostRows(HOST, 0, 3)))
            .inputs(SECOND, Tables.as("train_data", LrFixture.fewHostRows(SECOND, 3, 8)))
            .run()
            .succeeded();
    double[] scores = output(one).numbers("predict_score");
    for (int row = 0; row < scores.length; row++) {
      assertThat(output(two).numbers("predict_score")[row]).isCloseTo(scores[row], within(1e-7));
    }
    // Nothing is left to chance: the same seed gives the same model.
    Result again = harness(guest, host(), settings).run().succeeded();
    for (var party : List.of(GUEST, HOST, ARBITER)) {
      assertThat(again.of(party).model()).isEqualTo(one.of(party).model());
    }
  }

  @Test
  void aTrainingThatIsGivenAModel_goesOnWithEveryClass() {
    Table guest = ThreeClasses.guest();
    Result whole = harness(guest, host(), params("max_iter", 4)).run().succeeded();
    Result half = harness(guest, host(), params("max_iter", 2)).run().succeeded();
    ComponentHarness rest = harness(guest, host(), params("max_iter", 4));
    rest.inputs(GUEST, warm(guest, half, GUEST));
    rest.inputs(HOST, warm(host(), half, HOST));
    rest.inputs(ARBITER, new TaskInputs(Map.of(), half.of(ARBITER).model(), List.of()));
    Result joined = rest.run().succeeded();
    double[] scores = output(whole).numbers("predict_score");
    for (int row = 0; row < scores.length; row++) {
      assertThat(output(joined).numbers("predict_score")[row]).isCloseTo(scores[row], within(1e-7));
    }
    assertThat(
            many(joined, ARBITER)
                .<ModelMessage>list("completed_models")
                .get(2)
                .<Double>list("loss_history"))
        .hasSize(4);

    // Another number of classes than the model has.
    ComponentHarness other = harness(LrFixture.fewGuestRows(), host(), params("max_iter", 4));
    other.inputs(GUEST, warm(LrFixture.fewGuestRows(), half, GUEST));
    other.inputs(HOST, warm(host(), half, HOST));
    assertThat(other.run().rootFailure())
        .has(Failures.code("label.classes"))
        .hasMessageContaining("the given model has [0, 1, 5]");
  }

  private static TaskInputs warm(Table table, Result trained, io.fedflow.party.Party party) {
    return new TaskInputs(
        Map.of("train_data", List.of(new DataInput("a_0.train", table))),
        trained.of(party).model(),
        List.of());
  }

  @Test
  void validation_isMeasuredForEveryModel_andForAll() {
    Table guest = ThreeClasses.guest();
    Table host = host().sortedById();
    int[] train = IntStream.range(0, 140).toArray();
    int[] rest = IntStream.range(140, 200).toArray();
    Result result =
        harness(
                params(
                    "max_iter",
                    2,
                    "callback_param",
                    Map.of("callbacks", List.of("PerformanceEvaluate"), "validation_freqs", 1)))
            .inputs(GUEST, trainAndValidate(guest.select(train), guest.select(rest)))
            .inputs(HOST, trainAndValidate(host.select(train), host.select(rest)))
            .run()
            .succeeded();
    assertThat(output(result).rowCount()).isEqualTo(200);
    assertThat(result.trackers().get(GUEST).names())
        .contains("validate/model_0.iteration_1", "validate/model_2.iteration_0");
    assertThat(result.trackers().get(GUEST).value("validate", "model_2.iteration_1", "auc"))
        .isGreaterThan(0.8);
    assertThat((Map<?, ?>) result.trackers().get(GUEST).summary().get("validation_metrics"))
        .extracting(Object::toString)
        .asString()
        .contains("model_0", "model_1", "model_2");
  }

  @Test
  void labelsThatAreNoClasses_areRefused() {
    Table halves = LrFixture.few(ValueFixture.guest(row -> row % 3 / 2.0));
    assertThat(harness(halves, host(), params()).run().rootFailure())
        .has(Failures.code("label.classes"))
        .hasMessageContaining("label y: found 0.5 among 3 values");
    Table noise = LrFixture.few(ValueFixture.guest(row -> row % 5 == 0 ? Double.NaN : row % 3));
    assertThat(harness(noise, host(), params()).run().rootFailure())
        .has(Failures.code("label.classes"))
        .hasMessageContaining("NaN");
  }

  @Test
  void messages_holdNothingOfARow_andOnlyWhatIsNamedDependsOnLabels() {
    Table guest = ThreeClasses.guest();
    var one = harness(guest, host(), params("max_iter", 1)).run().succeeded().messages();
    var other =
        harness(BreastData.withShuffledLabels(guest, 3), host(), params("max_iter", 1))
            .run()
            .succeeded()
            .messages();
    Wire.assertNoTraceOf(one, guest);
    Wire.assertNoTraceOf(one, host());
    Wire.assertSameBut(
        new HeteroLR(CryptoSuite.standard()).descriptor(),
        one,
        other,
        Set.of("lr_step", "lr_stop", "lr_host_scores"));
    assertThat(one)
        .filteredOn(message -> message.tag().name().equals("lr_work"))
        .hasSize(2)
        .allSatisfy(message -> assertThat(message.payload().asLongs()).containsExactly(0, 3));
  }
}

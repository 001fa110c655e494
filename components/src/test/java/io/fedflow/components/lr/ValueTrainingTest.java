package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.ARBITER;
import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.THREE;
import static io.fedflow.components.lr.LrFixture.param;
import static io.fedflow.components.lr.LrFixture.params;
import static io.fedflow.components.testing.TrainingInputs.trainAndValidate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.Component;
import io.fedflow.component.TaskInputs;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What linear and Poisson regression share with HeteroLR while they train. */
class ValueTrainingTest {

  private static final Table HOST_ROWS = LrFixture.fewHostRows(HOST, 0, 8);

  static List<Component> models() {
    return List.of(
        new HeteroLinR(CryptoSuite.standard()), new HeteroPoisson(CryptoSuite.standard()));
  }

  /** Counts that grow with a column of the host. */
  private static Table guest() {
    double[] x3 = ValueFixture.host().numbers("x3");
    return LrFixture.few(ValueFixture.guest(row -> Math.floor(Math.exp(0.4 * x3[row])) + row % 3));
  }

  private static Table part(Table table, int from, int to) {
    return table.select(IntStream.range(from, to).toArray());
  }

  @ParameterizedTest
  @MethodSource("models")
  void aTrainingThatIsGivenAKeptModel_endsLikeOneWithoutABreak(Component component) {
    Map<String, Object> settings = params("max_iter", 4, "learning_rate", 0.05);
    Map<String, Object> keeping = new HashMap<>(settings);
    keeping.put("callback_param", Map.of("callbacks", List.of("ModelCheckpoint")));
    Result whole = ValueFixture.harness(component, guest(), HOST_ROWS, keeping).run().succeeded();
    for (Party party : List.of(GUEST, HOST, ARBITER)) {
      assertThat(whole.models().get(party).keySet()).containsExactly(0, 1, 2, 3);
    }
    Result rest =
        new ComponentHarness(component, THREE)
            .params(settings)
            .inputs(GUEST, trainAndValidate(guest(), null, kept(whole, GUEST)))
            .inputs(HOST, trainAndValidate(HOST_ROWS, null, kept(whole, HOST)))
            .inputs(ARBITER, new TaskInputs(Map.of(), kept(whole, ARBITER), List.of()))
            .run()
            .succeeded();
    for (Party party : List.of(GUEST, HOST)) {
      Map<String, Double> weights = param(whole, party).map("weight");
      param(rest, party)
          .<Double>map("weight")
          .forEach((name, value) -> assertThat(value).isCloseTo(weights.get(name), within(1e-9)));
    }
    assertThat(param(rest, ARBITER).<Double>list("loss_history"))
        .isEqualTo(param(whole, ARBITER).<Double>list("loss_history"));
    assertThat(rest.trackers().get(ARBITER).value("train", "init_iter", "init_iter")).isEqualTo(2);
  }

  private static Optional<ComponentModel> kept(Result whole, Party party) {
    return Optional.of(whole.models().get(party).get(1));
  }

  /** Labels of the validation are 0: whatever is learned of greater ones makes them worse. */
  @ParameterizedTest
  @MethodSource("models")
  void errorsThatGrow_endTheTraining_atTheSmallest(Component component) {
    Table validate = LrFixture.few(ValueFixture.guest(row -> 0));
    Result result =
        new ComponentHarness(component, THREE)
            .params(
                params(
                    "max_iter",
                    6,
                    "learning_rate",
                    0.05,
                    "callback_param",
                    Map.of(
                        "callbacks",
                        List.of("EarlyStopping"),
                        "validation_freqs",
                        1,
                        "early_stopping_rounds",
                        2,
                        "metrics",
                        List.of("rmse"))))
            .inputs(GUEST, trainAndValidate(part(guest(), 0, 140), part(validate, 140, 200)))
            .inputs(HOST, trainAndValidate(part(HOST_ROWS, 0, 140), part(HOST_ROWS, 140, 200)))
            .run()
            .succeeded();
    List<Double> errors =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    result.trackers().get(GUEST).points("validate", "iteration_" + i).stream()
                        .map(point -> ((Number) point.value()).doubleValue())
                        .findFirst())
            .flatMap(Optional::stream)
            .toList();
    int best = errors.indexOf(errors.stream().min(Double::compare).orElseThrow());
    assertThat(errors).as("iterations run").hasSizeLessThan(6).hasSize(best + 3);
    for (Party party : List.of(GUEST, HOST, ARBITER)) {
      assertThat(param(result, party).number("best_iteration")).isEqualTo(best);
      assertThat(param(result, party).number("iters")).isEqualTo(best + 1);
    }
  }
}

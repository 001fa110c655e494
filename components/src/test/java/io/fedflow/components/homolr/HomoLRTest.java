package io.fedflow.components.homolr;

import static io.fedflow.components.testing.Failures.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.TaskInputs;
import io.fedflow.components.crypto.aggregation.SumScale;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.failure.Problems;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HomoLRTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");
  private static final Party SECOND = new Party(Role.HOST, "10001");
  private static final Party ARBITER = new Party(Role.ARBITER, "10000");
  private static final List<Party> MEMBERS = List.of(GUEST, HOST, SECOND);

  private static final Parties PARTIES =
      new Parties(
          Map.of(
              Role.GUEST,
              List.of("9999"),
              Role.HOST,
              List.of("10000", "10001"),
              Role.ARBITER,
              List.of("10000")));

  /** The rows of the example's guest, whose number leaves one of three as remainder. */
  private static Table rows(int member) {
    Table all = BreastData.guest(GUEST);
    return all.select(
        IntStream.range(0, all.rowCount())
            .filter(i -> (i % 5 == 0 ? 0 : i % 5 < 3 ? 1 : 2) == member)
            .toArray());
  }

  /** Full batches from zeros, so that nothing is left to chance; what is given replaces them. */
  private static Map<String, Object> params(Object... more) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("optimizer", "sgd");
    params.put("learning_rate", 0.15);
    params.put("alpha", 0.01);
    params.put("max_iter", 8);
    params.put("init_param", Map.of("init_method", "const", "init_const", 0));
    for (int i = 0; i < more.length; i += 2) {
      params.put((String) more[i], more[i + 1]);
    }
    return params;
  }

  private static ComponentHarness harness(Map<String, ?> params) {
    ComponentHarness harness = new ComponentHarness(new HomoLR(), PARTIES).params(params);
    for (int i = 0; i < MEMBERS.size(); i++) {
      harness.inputs(MEMBERS.get(i), Tables.as("train_data", rows(i)));
    }
    return harness;
  }

  private static ModelMessage param(Result result, Party party) {
    return result.of(party).model().orElseThrow().param();
  }

  private static double[] losses(Result result) {
    return result.trackers().get(ARBITER).points("train", "loss").stream()
        .mapToDouble(point -> ((Number) point.value()).doubleValue())
        .toArray();
  }

  /** Gradient descent on all rows in one place: weights, the intercept last, then all losses. */
  private static double[][] central(int epochs, double[] slower) {
    Table all = BreastData.guest(GUEST);
    double[][] x = all.features();
    double[] y = all.label();
    double[] w = new double[x.length + 1];
    double[] losses = new double[epochs];
    for (int t = 0; t < epochs; t++) {
      double[] gradient = new double[w.length];
      for (int row = 0; row < y.length; row++) {
        double z = w[x.length];
        for (int j = 0; j < x.length; j++) {
          z += w[j] * x[j][row];
        }
        double p = 1 / (1 + Math.exp(-z));
        losses[t] -= (y[row] == 1 ? Math.log(p) : Math.log(1 - p)) / y.length;
        for (int j = 0; j < w.length; j++) {
          gradient[j] += (p - y[row]) * (j < x.length ? x[j][row] : 1) / y.length;
        }
      }
      for (int j = 0; j < w.length; j++) {
        w[j] -= 0.15 / slower[t] * (gradient[j] + 0.01 * w[j]);
      }
    }
    return new double[][] {w, losses};
  }

  @ParameterizedTest
  @CsvSource({"0,true", "1,true", "1,false"})
  void meansOfFullBatchSteps_areTheStepsOnAllRows(double decay, boolean root) {
    double[] slower =
        IntStream.range(0, 8)
            .mapToDouble(t -> root ? Math.sqrt(1 + decay * t) : 1 + decay * t)
            .toArray();
    double[][] expected = central(8, slower);
    Result result = harness(params("decay", decay, "decay_sqrt", root)).run().succeeded();

    assertThat(losses(result)).containsExactly(expected[1], within(1e-8));
    for (Party member : MEMBERS) {
      Map<String, Double> weight = param(result, member).map("weight");
      for (int j = 0; j < 10; j++) {
        assertThat(weight.get("x" + j)).isCloseTo(expected[0][j], within(1e-8));
      }
      assertThat(param(result, member).number("intercept"))
          .isCloseTo(expected[0][10], within(1e-8));
      assertThat(param(result, member).number("iters")).isEqualTo(8);
    }
  }

  @Test
  void everyPartyPredictsItsOwnRows_alone() {
    Result trained = harness(params()).run().succeeded();
    ComponentHarness again = new ComponentHarness(new HomoLR(), PARTIES).params(params());
    for (int i = 0; i < MEMBERS.size(); i++) {
      again.inputs(
          MEMBERS.get(i),
          Tables.withModel(
              Tables.as("test_data", rows(i)), trained.of(MEMBERS.get(i)).model().orElseThrow()));
    }
    Result predicted = again.run().succeeded();
    assertThat(predicted.messages())
        .extracting(message -> message.tag().name())
        .containsOnly("homo_lr_work", "homo_lr_join");
    for (int i = 0; i < MEMBERS.size(); i++) {
      Table rows = predicted.of(MEMBERS.get(i)).data().get(0);
      Table before = trained.of(MEMBERS.get(i)).data().get(0);
      assertThat(rows.ids()).isEqualTo(before.ids());
      assertThat(((Column.Numbers) rows.column(2)).values())
          .isEqualTo(((Column.Numbers) before.column(2)).values());
      double[] results = ((Column.Numbers) rows.column(1)).values();
      double[] labels = rows(i).label();
      long right = IntStream.range(0, labels.length).filter(r -> results[r] == labels[r]).count();
      assertThat(right).isGreaterThan(labels.length * 85L / 100);
    }
  }

  @Test
  void aTrainingThatIsGivenAModel_goesOnWhereThatEnded() {
    Result whole = harness(params("decay", 0)).run().succeeded();
    Result half = harness(params("decay", 0, "max_iter", 5)).run().succeeded();
    ComponentHarness rest = new ComponentHarness(new HomoLR(), PARTIES).params(params("decay", 0));
    for (int i = 0; i < MEMBERS.size(); i++) {
      rest.inputs(
          MEMBERS.get(i),
          Tables.withModel(
              Tables.as("train_data", rows(i)), half.of(MEMBERS.get(i)).model().orElseThrow()));
    }
    Result result = rest.run().succeeded();
    assertThat(losses(result))
        .containsExactly(Arrays.copyOfRange(losses(whole), 5, 8), within(1e-9));
    assertThat(param(result, SECOND).number("intercept"))
        .isCloseTo(param(whole, SECOND).number("intercept"), within(1e-9));
  }

  @Test
  void epochsBetweenMeans_areEachPartysOwn() {
    Result result = harness(params("aggregate_iters", 3, "early_stop", "weight_diff")).run();
    assertThat(losses(result.succeeded())).hasSize(3);
    assertThat(result.messages())
        .filteredOn(message -> message.tag().name().equals("secure_sum"))
        .hasSize(3 * (1 + 3));
    assertThat(param(result, HOST).map("weight")).isEqualTo(param(result, GUEST).map("weight"));
  }

  @Test
  void theSameSeed_givesTheSameBytes() {
    Map<String, Object> random =
        params("init_param", Map.of("init_method", "random_normal"), "batch_size", 50);
    Result one = harness(random).seed(7).run().succeeded();
    Result other = harness(random).seed(7).run().succeeded();
    for (Party party : List.of(GUEST, HOST, SECOND, ARBITER)) {
      ComponentModel model = one.of(party).model().orElseThrow();
      assertThat(model).isEqualTo(other.of(party).model().orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "nesterov_momentum_sgd", "rmsprop", "adam", "adagrad"})
  void everyOptimizer_learnsInBatches(String optimizer) {
    Result result =
        harness(
                params(
                    "optimizer",
                    optimizer,
                    "learning_rate",
                    optimizer.equals("sgd") ? 0.15 : 0.05,
                    "decay",
                    0,
                    "batch_size",
                    40,
                    "max_iter",
                    10,
                    "early_stop",
                    "weight_diff"))
            .run()
            .succeeded();
    double[] losses = losses(result);
    assertThat(losses).hasSize(10);
    assertThat(losses[9]).isLessThan(losses[0]).isLessThan(0.25);
  }

  @Test
  void training_endsWhenTheLossStandsStill() {
    Result result = harness(params("tol", 0.02, "max_iter", 100, "decay", 0)).run().succeeded();
    double[] losses = losses(result);
    int last = losses.length - 1;
    assertThat(losses).hasSizeBetween(3, 60);
    assertThat(losses[last - 1] - losses[last]).isLessThan(0.02);
    assertThat(losses[last - 2] - losses[last - 1]).isGreaterThanOrEqualTo(0.02);
    assertThat(param(result, HOST).bool("is_converged")).isTrue();
    assertThat(param(result, ARBITER).bool("is_converged")).isTrue();
  }

  /** Three heaps of rows; the guest has none of class 2. */
  private static Table heaps(Party party, int rows, int classes, long seed) {
    Random random = new Random(seed);
    double[] label = new double[rows];
    double[] a = new double[rows];
    double[] b = new double[rows];
    for (int i = 0; i < rows; i++) {
      label[i] = i % classes;
      a[i] = Math.cos(label[i] * 2.1) * 2 + random.nextGaussian() * 0.3;
      b[i] = Math.sin(label[i] * 2.1) * 2 + random.nextGaussian() * 0.3;
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("a", a);
    columns.put("b", b);
    return Tables.instances(party, label, columns);
  }

  private static ComponentHarness heapHarness(Map<String, ?> params) {
    return new ComponentHarness(new HomoLR(), PARTIES)
        .params(params)
        .inputs(GUEST, Tables.as("train_data", heaps(GUEST, 40, 2, 1)))
        .inputs(HOST, Tables.as("train_data", heaps(HOST, 60, 3, 2)))
        .inputs(SECOND, Tables.as("train_data", heaps(SECOND, 30, 3, 3)));
  }

  @Test
  void moreThanTwoClasses_getAModelEach_evenAtAPartyThatLacksOne() {
    Map<String, Object> params =
        params("max_iter", 30, "learning_rate", 0.5, "init_param", Map.of("init_method", "zeros"));
    Result result = heapHarness(params).run().succeeded();
    ModelMessage param = param(result, GUEST);
    assertThat(param.bool("need_one_vs_rest")).isTrue();
    ModelMessage many = param.message("one_vs_rest_result");
    assertThat(many.<String>list("one_vs_rest_classes")).containsExactly("0", "1", "2");
    assertThat(many.<ModelMessage>list("completed_models")).hasSize(3);
    Table rows = result.of(HOST).data().get(0);
    assertThat(((Column.Numbers) rows.column(1)).values())
        .isEqualTo(((Column.Numbers) rows.column(0)).values());

    Result predicted =
        new ComponentHarness(new HomoLR(), PARTIES)
            .params(params)
            .inputs(GUEST, stored(result, GUEST, heaps(GUEST, 9, 3, 4)))
            .inputs(HOST, stored(result, HOST, heaps(HOST, 9, 3, 5)))
            .inputs(SECOND, stored(result, SECOND, heaps(SECOND, 9, 3, 6)))
            .run()
            .succeeded();
    Table fresh = predicted.of(GUEST).data().get(0);
    assertThat(((Column.Numbers) fresh.column(1)).values())
        .isEqualTo(((Column.Numbers) fresh.column(0)).values());
  }

  @Test
  void crossValidation_foldsEveryPartysOwnRows() {
    Map<String, Object> params =
        params("max_iter", 6, "cv_param", Map.of("need_cv", true, "n_splits", 3));
    Result result = harness(params).run().succeeded();
    for (int i = 0; i < MEMBERS.size(); i++) {
      Table own = rows(i);
      Table history = result.of(MEMBERS.get(i)).data().get(0);
      assertThat(history.rowCount()).isEqualTo(3 * own.rowCount());
      assertThat(result.of(MEMBERS.get(i)).model()).isEmpty();
      // Every row is measured in one fold and trained on in the others.
      assertThat(
              Arrays.stream(history.ids())
                  .filter(id -> id.endsWith("#validate"))
                  .map(id -> id.substring(0, id.indexOf("#fold"))))
          .containsExactlyInAnyOrder(own.ids());
      assertThat(result.trackers().get(MEMBERS.get(i)).value("validate", "validate_fold_2", "auc"))
          .isGreaterThan(0.9);
      assertThat(result.trackers().get(MEMBERS.get(i)).summary())
          .containsEntry("fold_num", 3)
          .containsKey("fold_2");
    }
    assertThat(result.trackers().get(ARBITER).points("train", "loss.2")).hasSize(6);
    Table again = harness(params).run().succeeded().of(HOST).data().get(0);
    assertThat(again.numbers("predict_score"))
        .isEqualTo(result.of(HOST).data().get(0).numbers("predict_score"));

    Result other = harness(params).params(HOST, params("cv_param", Map.of("need_cv", false))).run();
    assertThat(other.failures().get(ARBITER))
        .has(code("homo.members"))
        .hasMessageContaining("cv_param: found 0 folds at host:10000 and 3 here");
  }

  @Test
  void crossValidationOfClasses_isMeasuredAsSuch() {
    Map<String, Object> params =
        params(
            "max_iter",
            20,
            "learning_rate",
            0.5,
            "cv_param",
            Map.of("need_cv", true, "n_splits", 2));
    Result result = heapHarness(params).run().succeeded();
    assertThat(result.trackers().get(HOST).value("validate", "validate_fold_1", "accuracy"))
        .isGreaterThan(0.95);
  }

  private static TaskInputs stored(Result trained, Party party, Table rows) {
    return Tables.withModel(Tables.as("test_data", rows), trained.of(party).model().orElseThrow());
  }

  @Test
  void validation_isEachPartysOwn() {
    Result result =
        harness(
                params(
                    "callback_param",
                    Map.of("callbacks", List.of("PerformanceEvaluate"), "validation_freqs", 4)))
            .run()
            .succeeded();
    for (Party member : MEMBERS) {
      Map<?, ?> history =
          (Map<?, ?>) result.trackers().get(member).summary().get("validation_metrics");
      assertThat((List<?>) ((Map<?, ?>) history.get("train")).get("auc")).hasSize(2);
    }
  }

  @Test
  void messages_holdNoValueAndNoPartOfASum() {
    Result result = harness(params("max_iter", 2)).run().succeeded();
    for (int i = 0; i < MEMBERS.size(); i++) {
      Wire.assertNoTraceOf(result.messages(), rows(i));
    }
    SumScale scale = SumScale.of(3, HomoLrMessages.MAGNITUDE_BITS);
    // Counts and weights of this job stay below 2^10.
    long unmasked = 1L << (scale.scaleBits() + 10);
    int parts = 0;
    for (Envelope message : result.messages()) {
      if (message.tag().name().equals("secure_sum_part")) {
        assertThat(message.to()).isEqualTo(ARBITER);
        ByteBuffer words =
            ByteBuffer.wrap(message.payload().as(Payload.Format.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(24);
        long small = 0;
        while (words.hasRemaining()) {
          small += Math.abs(words.getLong()) < unmasked ? 1 : 0;
        }
        // Without masks all of them would be; a mask is so small once in 2^18 times.
        assertThat(small).isLessThan(3);
        parts++;
      }
    }
    assertThat(parts).isEqualTo(3 * 3);
  }

  @Test
  void aPartThatWasChanged_endsTheJobByName() {
    Result result =
        harness(params())
            .tamper(
                message ->
                    message.tag().toString().equals("secure_sum_part#1")
                            && message.from().equals(HOST)
                        ? flipped(message)
                        : message)
            .run();
    assertThat(result.rootFailure()).is(code("crypto.wrong-key"));
  }

  private static Envelope flipped(Envelope message) {
    byte[] bytes = message.payload().as(Payload.Format.BYTES).clone();
    bytes[bytes.length - 1] ^= 1;
    return new Envelope(
        message.task(), message.from(), message.to(), message.tag(), Payload.ofBytes(bytes));
  }

  @Test
  void aKeyOfLowOrder_isRefusedWithItsParty() {
    Result result =
        harness(params())
            .tamper(
                message ->
                    message.tag().name().equals("secure_sum_key") && message.from().equals(SECOND)
                        ? new Envelope(
                            message.task(),
                            message.from(),
                            message.to(),
                            message.tag(),
                            Payload.ofBytes(new byte[32]))
                        : message)
            .run();
    assertThat(result.rootFailure())
        .is(code("crypto.invalid-point"))
        .hasMessageContaining(SECOND.toString());
  }

  @Test
  void membersThatDoNotFit_areRefusedByName() {
    Table other = heaps(HOST, 30, 2, 1);
    assertThat(harness(params()).inputs(HOST, Tables.as("train_data", other)).run().rootFailure())
        .is(code("homo.members"))
        .hasMessageContaining(HOST.toString())
        .hasMessageContaining("different feature columns");
    ComponentModel model = harness(params()).run().of(SECOND).model().orElseThrow();
    assertThat(
            harness(params())
                .inputs(SECOND, Tables.withModel(Tables.as("test_data", rows(2)), model))
                .run()
                .rootFailure())
        .is(code("homo.members"))
        .hasMessageContaining("one trains and the other predicts");
  }

  @Test
  void labelsThatAreNoClasses_areRefused() {
    Table one = heaps(GUEST, 20, 1, 1);
    assertThat(
            new ComponentHarness(new HomoLR(), PARTIES)
                .params(params())
                .inputs(GUEST, Tables.as("train_data", one))
                .inputs(HOST, Tables.as("train_data", one))
                .inputs(SECOND, Tables.as("train_data", one))
                .run()
                .rootFailure())
        .is(code("label.classes"))
        .hasMessageContaining("at least two classes");
    Table half = Tables.instances(GUEST, new double[] {0, 0.5}, Map.of("a", new double[] {1, 2}));
    assertThat(harness(params()).inputs(GUEST, Tables.as("train_data", half)).run().rootFailure())
        .is(code("label.classes"))
        .hasMessageContaining("0.5");
  }

  @Test
  void theThreshold_decidesWhatIsPredicted() {
    Result result = harness(params("predict_param", Map.of("threshold", 0.9))).run().succeeded();
    Table rows = result.of(GUEST).data().get(0);
    double[] scores = ((Column.Numbers) rows.column(2)).values();
    double[] results = ((Column.Numbers) rows.column(1)).values();
    for (int i = 0; i < scores.length; i++) {
      assertThat(results[i]).isEqualTo(scores[i] > 0.9 ? 1 : 0);
    }
  }

  @Test
  void encryptParam_mayNameNoScheme() {
    Map<String, Object> none = new LinkedHashMap<>();
    none.put("method", null);
    Result plain = harness(params("max_iter", 1, "encrypt_param", none)).run().succeeded();
    Result named =
        harness(params("max_iter", 1, "encrypt_param", Map.of("method", "Paillier"))).run();

    assertThat(plain.of(GUEST).model()).isPresent().isEqualTo(named.of(GUEST).model());
  }

  @Test
  void encryptParam_ofASchemeThatNothingIsEncryptedWith_isRefused() {
    Problems problems = new Problems();
    new HomoLR()
        .descriptor()
        .resolve(Map.of("encrypt_param", Map.of("method", "OkamotoUchiyama")), "params", problems);
    assertThat(problems.errors().toString())
        .contains("params/encrypt_param/method", "weights are summed under masks");
  }
}

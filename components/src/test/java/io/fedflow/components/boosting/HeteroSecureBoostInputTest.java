package io.fedflow.components.boosting;

import static io.fedflow.components.boosting.BoostFixture.GUEST;
import static io.fedflow.components.boosting.BoostFixture.HOST;
import static io.fedflow.components.boosting.BoostFixture.TWO;
import static io.fedflow.components.boosting.BoostFixture.guest;
import static io.fedflow.components.boosting.BoostFixture.harness;
import static io.fedflow.components.boosting.BoostFixture.host;
import static io.fedflow.components.boosting.BoostFixture.model;
import static io.fedflow.components.boosting.BoostFixture.params;
import static io.fedflow.components.boosting.BoostFixture.run;
import static io.fedflow.components.boosting.BoostFixture.withLabels;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Params;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with data, parameters or peers is named. */
class HeteroSecureBoostInputTest {

  private static void assertRefused(Table guest, Table host, String code, String... words) {
    Result result = harness(guest, host, params("num_trees", 1)).run();
    assertThat(result.rootFailure()).has(Failures.code(code));
    for (String word : words) {
      assertThat(result.rootFailure()).hasMessageContaining(word);
    }
  }

  @Test
  void labelsThatAreNoClasses_areRefused() {
    double[] labels = guest().label();
    assertRefused(
        guest()
            .withColumns(
                guest().schema().columns().subList(1, 11), guest().columns().subList(1, 11)),
        host(),
        "label.missing",
        "no label column");
    double[] same = new double[labels.length];
    assertRefused(withLabels(guest(), same), host(), "label.classes", "label y", "1 class");
    double[] halves = Arrays.stream(labels).map(label -> label / 2).toArray();
    assertRefused(
        withLabels(guest(), halves), host(), "label.classes", "label y", "0.5", "integers");
    double[] unknown = labels.clone();
    unknown[7] = Double.NaN;
    assertRefused(withLabels(guest(), unknown), host(), "label.classes", "NaN");
  }

  @Test
  void missingAndInfiniteValues_areRefusedAtEitherParty() {
    assertRefused(
        with(guest(), 3, Double.NaN), host(), "features.missing", "column x2", "use_missing");
    assertRefused(
        guest(), with(host(), 3, Double.NaN), "features.missing", "column x3", "use_missing");
    assertRefused(
        guest(), with(host(), 1, Double.POSITIVE_INFINITY), "features.range", "column x1");
  }

  private static Table with(Table table, int at, double value) {
    double[] values = ((Column.Numbers) table.column(at)).values().clone();
    values[5] = value;
    return BreastData.withColumn(table, at, values);
  }

  @Test
  void negativeLabels_areNoneOfTweedie() {
    double[] labels = guest().label().clone();
    labels[0] = -1;
    Result result =
        harness(
                withLabels(guest(), labels),
                host(),
                params(
                    "task_type",
                    "regression",
                    "objective_param",
                    Map.of("objective", "tweedie", "params", List.of(1.5))))
            .run();
    assertThat(result.rootFailure())
        .has(Failures.code("label.classes"))
        .hasMessageContaining("tweedie");
  }

  @Test
  void otherRows_areRefused() {
    assertRefused(
        guest(),
        host().select(java.util.stream.IntStream.range(1, 190).toArray()),
        "alignment.rows",
        "Intersection");
  }

  @Test
  void modelsOfDifferentTrainings_areRefused() {
    Result two = run(guest(), host(), params("num_trees", 2));
    Result one = run(guest(), host(), params("num_trees", 1));
    Result result =
        new ComponentHarness(new HeteroSecureBoost(CryptoSuite.standard()), TWO)
            .params(params())
            .inputs(GUEST, BoostFixture.predicting(guest(), model(two, GUEST)))
            .inputs(HOST, BoostFixture.predicting(host(), model(one, HOST)))
            .run();
    assertThat(result.rootFailure())
        .has(Failures.code("boost.model"))
        .hasMessageContaining("rounds");
  }

  @Test
  void aModelWithNodesOfAnotherParty_needsThatParty() {
    Result trained = run(small(), host(), params("num_trees", 1));
    ComponentHarness elsewhere =
        new ComponentHarness(
                new HeteroSecureBoost(CryptoSuite.standard()),
                new io.fedflow.party.Parties(
                    Map.of(
                        io.fedflow.party.Role.GUEST, List.of("9999"),
                        io.fedflow.party.Role.HOST, List.of("10001"))))
            .params(params())
            .inputs(GUEST, BoostFixture.predicting(small(), model(trained, GUEST)))
            .inputs(BoostFixture.SECOND, BoostFixture.predicting(host(), model(trained, HOST)));
    assertThat(elsewhere.run().rootFailure())
        .has(Failures.code("boost.parties"))
        .hasMessageContaining("host:10000");
  }

  /** A guest of two columns, so that the host splits the first tree, too. */
  private static Table small() {
    return guest()
        .withColumns(guest().schema().columns().subList(0, 3), guest().columns().subList(0, 3));
  }

  static Stream<Arguments> wrongWords() {
    return Stream.of(
        Arguments.of("sbt_plan", change(longs -> new long[] {1, 0})),
        Arguments.of("sbt_tree", change(longs -> new long[] {1, 1})),
        Arguments.of("sbt_rows", change(longs -> new long[] {5, 3})),
        Arguments.of("sbt_counts", change(longs -> Arrays.copyOf(longs, longs.length - 1))),
        Arguments.of("sbt_counts", change(longs -> set(longs, 1, 1_000_000))),
        Arguments.of("sbt_counts", change(longs -> set(longs, 0, 0))),
        Arguments.of("sbt_choice", change(longs -> set(longs, 0, 1_000_000))),
        Arguments.of("sbt_directions", change(longs -> new long[1])),
        Arguments.of("sbt_level", change(longs -> set(longs, 0, 6))),
        Arguments.of("sbt_skeleton", change(longs -> set(longs, 0, 77))),
        Arguments.of("sbt_stop", change(longs -> new long[] {9})),
        Arguments.of("sbt_splits", change(longs -> set(longs, 0, 1000))));
  }

  private static UnaryOperator<Payload> change(UnaryOperator<long[]> change) {
    return payload -> Payload.ofLongs(change.apply(payload.asLongs()));
  }

  private static long[] set(long[] longs, int at, long value) {
    longs[at] = value;
    return longs;
  }

  @ParameterizedTest
  @MethodSource("wrongWords")
  void aPeersWrongShape_isNamed(String message, UnaryOperator<Payload> change) {
    Result result =
        harness(small(), host(), params("num_trees", 1)).tamper(on(message, change)).run();
    assertThat(result.rootFailure())
        .isInstanceOfSatisfying(
            FedflowException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PEER));
  }

  private static UnaryOperator<Envelope> on(String message, UnaryOperator<Payload> change) {
    return envelope ->
        envelope.tag().name().equals(message)
            ? new Envelope(
                envelope.task(),
                envelope.from(),
                envelope.to(),
                envelope.tag(),
                change.apply(envelope.payload()))
            : envelope;
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {"sbt_gradients", "sbt_sums", "sbt_gains", "sbt_column_gains"})
  void ciphertextsOutsideTheGroup_areRefused(String message) {
    Result result =
        harness(small(), host(), params("num_trees", 1))
            .tamper(
                on(
                    message,
                    payload -> {
                      byte[] bytes = payload.bytes().clone();
                      // The last ciphertext becomes a number above n^2.
                      Arrays.fill(bytes, bytes.length - 200, bytes.length, (byte) 0xFF);
                      return Payload.ofCiphertexts(bytes);
                    }))
            .run();
    assertThat(result.rootFailure()).has(Failures.code("crypto.invalid-ciphertext"));
  }

  @Test
  void sumsThatNoRowsCanHave_areRefused() {
    Result result =
        harness(small(), host(), params("num_trees", 1))
            .tamper(
                on(
                    "sbt_counts",
                    payload -> {
                      long[] counts = payload.asLongs();
                      Arrays.fill(counts, 1, counts.length, 0);
                      return Payload.ofLongs(counts);
                    }))
            .run();
    assertThat(result.rootFailure())
        .has(Failures.code("boost.message"))
        .hasMessageContaining("host:10000");
  }

  static Stream<Arguments> refusedParameters() {
    return Stream.of(
        Arguments.of(Map.of("boosting_strategy", "fast"), "/boosting_strategy"),
        Arguments.of(Map.of("work_mode", "fast"), "/work_mode"),
        Arguments.of(Map.of("multi_mode", "multi_output"), "/multi_mode"),
        Arguments.of(Map.of("EINI_inference", true), "/EINI_inference"),
        Arguments.of(Map.of("EINI_random_mask", true), "/EINI_random_mask"),
        Arguments.of(
            Map.of("cv_param", Map.of("need_cv", true, "n_splits", 1)), "/cv_param/n_splits"),
        Arguments.of(Map.of("task_type", "regression"), "/objective_param/objective"),
        Arguments.of(
            Map.of("task_type", "regression", "objective_param", Map.of("objective", "huber")),
            "/objective_param/params"),
        Arguments.of(
            Map.of(
                "task_type",
                "regression",
                "objective_param",
                Map.of("objective", "tweedie", "params", List.of(2))),
            "/objective_param/params"),
        Arguments.of(Map.of("run_goss", true, "top_rate", 0.6, "other_rate", 0.4), "/top_rate"),
        Arguments.of(
            Map.of("tree_param", Map.of("criterion_params", List.of(-1))),
            "/tree_param/criterion_params"),
        Arguments.of(Map.of("tree_param", Map.of("max_depth", 0)), "/tree_param/max_depth"),
        Arguments.of(Map.of("bin_num", 1), "/bin_num"),
        Arguments.of(Map.of("complete_secure", -1), "/complete_secure"),
        Arguments.of(Map.of("subsample_feature_rate", 1.5), "/subsample_feature_rate"),
        Arguments.of(Map.of("validation_freqs", 1, "metrics", List.of("rmse")), "/metrics/0"),
        Arguments.of(Map.of("trees", 3), "/trees"));
  }

  @ParameterizedTest
  @MethodSource("refusedParameters")
  void whatIsNotBuiltOrOutOfRange_isRefusedByName(Map<String, ?> given, String pointer) {
    Problems problems = new Problems();
    new HeteroSecureBoost(CryptoSuite.standard()).descriptor().resolve(given, "p", problems);
    assertThat(problems.errors()).extracting(problem -> problem.pointer()).contains("p" + pointer);
  }

  @Test
  void defaults_areThoseOfFate() {
    Problems problems = new Problems();
    Params params =
        new HeteroSecureBoost(CryptoSuite.standard()).descriptor().resolve(Map.of(), "p", problems);
    assertThat(problems.errors()).isEmpty();
    Map<String, Object> tree = params.toTree();
    assertThat(tree)
        .containsEntry("num_trees", 5)
        .containsEntry("learning_rate", 0.3)
        .containsEntry("bin_num", 32)
        .containsEntry("random_seed", 100)
        .containsEntry("cipher_compress", true)
        .containsEntry("boosting_strategy", "std");
    assertThat((Map<?, ?>) tree.get("tree_param")).hasSize(14);
    assertThat(tree).hasSize(39);
  }
}

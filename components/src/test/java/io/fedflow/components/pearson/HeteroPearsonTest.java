package io.fedflow.components.pearson;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.PaillierPublicKey;
import io.fedflow.components.crypto.PlaintextBatch;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Correlation;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.federation.Protection;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeteroPearsonTest {

  private static final HeteroPearson COMPONENT = new HeteroPearson(CryptoSuite.standard());
  private static final Map<String, ?> ALL =
      Map.of("column_indexes", -1, "fixpoint_bit_length", 1024);

  private static ComponentHarness harness(Map<String, ?> params, Table guest, Table host) {
    return Pair.harness(COMPONENT, params)
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(host));
  }

  private static ModelMessage param(Result result, io.fedflow.party.Party party) {
    return result.of(party).model().orElseThrow().param();
  }

  /** The correlations and factors of FATE's example data, computed with numpy. */
  @Test
  void breastData_hasTheKnownCorrelations() {
    Result result =
        harness(ALL, BreastData.guest(GUEST), BreastData.host(HOST))
            .params(HOST, Map.of("column_indexes", List.of(0, 1, 2)))
            .run()
            .succeeded();
    ModelMessage guest = param(result, GUEST);
    List<Double> cross = guest.list("corr");
    assertThat(cross).hasSize(30);
    assertThat(cross.get(0)).isEqualTo(0.969539, within(1e-5));
    assertThat(cross.get(1)).isEqualTo(0.352573, within(1e-5));
    assertThat(cross.get(2)).isEqualTo(0.969476, within(1e-5));
    double[] inflation = {
      137.2402, 1.2452, 137.1440, 38.2426, 2.1820, 11.4717, 7.0522, 10.8103, 1.7316, 5.3482
    };
    List<Double> found = guest.list("local_vif");
    for (int i = 0; i < inflation.length; i++) {
      assertThat(found.get(i)).as("x%d", i).isEqualTo(inflation[i], within(1e-3));
    }
    assertThat(param(result, HOST).<Double>list("corr")).isEqualTo(cross);
    assertThat(param(result, HOST).<String>list("names")).containsExactly("x0", "x1", "x2");
    assertThat(guest.<String>list("parties")).containsExactly("(guest,9999)", "(host,10000)");
    assertThat(guest.<Integer>list("shapes")).containsExactly(10, 3);
    assertThat(guest.<ModelMessage>list("all_names").get(1).<String>list("names"))
        .containsExactly("host_10000_x0", "host_10000_x1", "host_10000_x2");
    assertThat(result.of(GUEST).data()).isEmpty();
    assertThat(result.trackers().get(HOST).summary()).containsEntry("num_remote_features", 10);
    assertThat(result.trackers().get(HOST).meta("statistic", "correlation"))
        .containsEntry("metric_type", "CORRELATION_GRAPH");
  }

  private static Table guest(double... second) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("a", new double[] {1, 2, 3, 4});
    columns.put("b", second);
    return Tables.instances(GUEST, null, columns);
  }

  private static Table host(double... values) {
    return Tables.instances(HOST, null, Map.of("h", values));
  }

  @Test
  void numbersByHand_andAConstantColumnHasNone() {
    Result result = harness(ALL, guest(7, 7, 7, 7), host(2, 4, 6, 9)).run().succeeded();
    List<Double> local = param(result, GUEST).list("local_corr");
    assertThat(local.get(0)).isEqualTo(1);
    assertThat(local.subList(1, 4)).allMatch(value -> value.isNaN());
    List<Double> vif = param(result, GUEST).list("local_vif");
    assertThat(vif.get(0)).isEqualTo(1, within(1e-12));
    assertThat(vif.get(1)).isNaN();
    // Products of distances: 1.5 * 3.25 + 0.5 * 1.25 + 0.5 * 0.75 + 1.5 * 3.75 = 11.5.
    double expected = 11.5 / Math.sqrt(5 * 26.75);
    List<Double> cross = param(result, GUEST).list("corr");
    assertThat(cross.get(0)).isEqualTo(expected, within(1e-8));
    assertThat(cross.get(1)).isZero();
    assertThat(((List<?>) result.trackers().get(GUEST).summary().get("local_corr")).get(1))
        .isEqualTo(java.util.Arrays.asList(null, null));
  }

  /** The third column is the sum of the others: its eigenvalue of zero is left out. */
  @Test
  void columnsThatSayTheSame_haveFiniteFactors() {
    double[][] correlations = {{1, 0.5}, {0.5, 1}};
    assertThat(VarianceInflation.of(correlations)[0]).isEqualTo(1 / 0.75, within(1e-12));
    double[][] same = {{1, 1, 0}, {1, 1, 0}, {0, 0, 1}};
    // Eigenvalues 0, 1, 2: the product without the zero is 2; minors without one are 1, 1 and 2.
    assertThat(VarianceInflation.of(same)[0]).isEqualTo(0.5, within(1e-9));
    assertThat(VarianceInflation.of(same)[2]).isEqualTo(1, within(1e-9));
    assertThat(VarianceInflation.eigenvalues(new double[][] {{2, 1}, {1, 2}}))
        .containsExactly(new double[] {1, 3}, within(1e-12));
  }

  private static Table random(io.fedflow.party.Party party, int columns, Random random) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (int c = 0; c < columns; c++) {
      double[] first = c == 0 ? null : values.get("x0");
      double[] column = new double[80];
      for (int row = 0; row < column.length; row++) {
        // Some constant, some far from zero, some like the first or its negative.
        double noise = random.nextGaussian();
        column[row] =
            switch (c % 4) {
              case 1 -> 5 - 2 * first[row] + noise / 10;
              case 2 -> 1e6 + noise;
              case 3 -> c % 8 == 3 ? 7 : first[row];
              default -> noise;
            };
      }
      values.put("x" + c, column);
    }
    return Tables.instances(party, null, values);
  }

  /** A ciphertext of 1024 bits carries 14 columns of 80 rows: the last one of 33 carries five. */
  @Test
  void manyColumns_inSeveralCiphertextsARow_agreeWithPlainArithmetic() {
    Table guest = random(GUEST, 33, new Random(5));
    Table host = random(HOST, 5, new Random(5));
    Result result = harness(ALL, guest, host).run().succeeded();
    List<Double> cross = param(result, GUEST).list("corr");
    for (int i = 0; i < 33; i++) {
      for (int j = 0; j < 5; j++) {
        double expected =
            Correlation.of(
                FeatureColumns.numbers(guest, "x" + i), FeatureColumns.numbers(host, "x" + j));
        assertThat(cross.get(i * 5 + j)).as("x%d, x%d", i, j).isEqualTo(expected, within(1e-8));
      }
    }
    assertThat(cross).anyMatch(value -> value > 0.9).anyMatch(value -> value < -0.9);
    assertThat(param(result, HOST).<Double>list("corr")).isEqualTo(cross);
    assertThat(tags(result, "pearson_packed_columns")).isEqualTo(3);
    assertThat(tags(result, "pearson_packed_products")).isEqualTo(3);
  }

  private static long tags(Result result, String name) {
    return result.messages().stream().filter(sent -> sent.tag().name().equals(name)).count();
  }

  /** A host cannot have the guest open what no columns have as their products. */
  @Test
  void productsBeyondCorrelations_areRefusedWithTheirSender() {
    AtomicReference<PaillierPublicKey> key = new AtomicReference<>();
    Result result =
        harness(ALL, guest(4, 3, 2, 1), host(1, 2, 4, 3))
            .tamper(
                sent -> {
                  if (sent.tag().name().equals("pearson_key")) {
                    key.set(PaillierPublicKey.decode(sent.payload().as(Payload.Format.BYTES)));
                  }
                  return sent.tag().name().equals("pearson_packed_products")
                      ? new Envelope(
                          sent.task(), sent.from(), sent.to(), sent.tag(), tooLarge(key.get()))
                      : sent;
                })
            .run();
    assertThat(result.failures().get(GUEST))
        .has(Failures.code("pearson.range"))
        .hasMessageContaining("host:10000")
        .hasMessageContaining("correlation");
    assertThat(tags(result, "pearson_correlations")).isZero();
  }

  /** The second column's product, as if it were 5 where 4 is the most. */
  private static Payload tooLarge(PaillierPublicKey key) {
    BigInteger product = BigInteger.valueOf(5).shiftLeft(60).shiftLeft(64);
    return Payload.ofCiphertexts(
        CryptoSuite.standard()
            .cipher(key, ComputePool.inline())
            .encrypt(PlaintextBatch.of(new BigInteger[] {product}, 60, product), new SecureRandom())
            .encode());
  }

  @Test
  void withoutCrossing_nothingIsSent() {
    Result result =
        harness(
                Map.of("column_indexes", -1, "cross_parties", false, "calc_local_vif", false),
                guest(4, 3, 2, 1),
                host(1, 2))
            .run()
            .succeeded();
    assertThat(result.messages()).isEmpty();
    assertThat(param(result, GUEST).<Double>list("corr")).isEmpty();
    assertThat(param(result, GUEST).<Double>list("local_vif")).isEmpty();
    assertThat(param(result, GUEST).<Double>list("local_corr").get(1)).isEqualTo(-1, within(1e-12));
  }

  @Test
  void onlyCiphertextsAndCorrelationsCross() {
    int[] rows = IntStream.range(0, 60).toArray();
    Table guest = BreastData.guest(GUEST).sortedById().select(rows);
    Table host = BreastData.host(HOST).sortedById().select(rows);
    Map<String, ?> few = Map.of("column_indexes", List.of(0, 3), "fixpoint_bit_length", 1024);
    Result one = harness(few, guest, host).run().succeeded();
    Result other = harness(few, guest, host).run().succeeded();
    Wire.assertNoTraceOf(one.messages(), guest);
    Wire.assertNoTraceOf(one.messages(), host);
    for (Envelope message : one.messages()) {
      Protection protection =
          COMPONENT.descriptor().message(message.tag().name()).orElseThrow().protection();
      if (protection == Protection.CIPHERTEXT) {
        assertThat(other.messages().stream().map(Envelope::payload))
            .doesNotContain(message.payload());
      }
      if (message.tag().name().equals("pearson_names")) {
        assertThat(message.payload().asTexts())
            .allMatch(name -> name.startsWith(message.from().role() + "_"));
      }
    }
    // The same numbers whatever the key: the models are the same.
    Pair.assertSameBytes(one.of(HOST).model().orElseThrow(), other.of(HOST).model().orElseThrow());
    Pair.assertSameBytes(
        one.of(GUEST).model().orElseThrow(), other.of(GUEST).model().orElseThrow());
  }

  @Test
  void badInput_isNamed() {
    assertThat(harness(Map.of(), guest(1, 2, 3, 4), host(1, 2, 3, 4)).run().rootFailure())
        .has(Failures.code("pearson.columns"))
        .hasMessageContaining("column_indexes");
    assertThat(harness(ALL, guest(1, Double.NaN, 3, 4), host(1, 2, 3, 4)).run().rootFailure())
        .has(Failures.code("features.missing"))
        .hasMessageContaining("column b");
    assertThat(harness(ALL, guest(1, 2, 3, 4), host(1, 2)).run().rootFailure())
        .has(Failures.code("alignment.rows"));
    Result cut =
        harness(ALL, guest(1, 2, 3, 4), host(1, 2, 3, 4))
            .tamper(HeteroPearsonTest::shortened)
            .run();
    assertThat(cut.failures().get(HOST))
        .has(Failures.code("pearson.shape"))
        .hasMessageContaining("guest:9999");
    assertThat(Pair.refused(COMPONENT, Map.of("fixpoint_bit_length", 512)))
        .containsExactly("p/fixpoint_bit_length");
  }

  private static Envelope shortened(Envelope sent) {
    return sent.tag().name().equals("pearson_correlations")
        ? new Envelope(sent.task(), sent.from(), sent.to(), sent.tag(), Payload.ofDoubles(0.5))
        : sent;
  }
}

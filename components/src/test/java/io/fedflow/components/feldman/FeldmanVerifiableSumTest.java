package io.fedflow.components.feldman;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.components.testing.Wire;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.federation.Protection;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeldmanVerifiableSumTest {

  private static final Party SECOND = new Party(Role.HOST, "10001");

  private static Table table(Party party, double[] first, double[] second) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put(party.id() + "_a", first);
    columns.put(party.id() + "_b", second);
    return Tables.instances(party, null, columns);
  }

  private static ComponentHarness harness(Map<String, ?> params) {
    return Pair.harness(new FeldmanVerifiableSum(), params)
        .inputs(
            GUEST,
            Tables.asData(table(GUEST, new double[] {1, -2, 0.1234567}, new double[] {9, 9, 9})))
        .inputs(
            HOST, Tables.asData(table(HOST, new double[] {10, -20, 1e9}, new double[] {1, 2, 3})));
  }

  @Test
  void theGuestLearnsTheSums_toSoManyDecimals() {
    Result result = harness(Map.of()).run().succeeded();
    Table sums = result.of(GUEST).data().get(0);
    assertThat(sums.schema().header()).containsExactly("9999_a", "9999_b");
    assertThat(sums.numbers("9999_a")).containsExactly(11, -22, 1000000000.123457);
    assertThat(sums.numbers("9999_b")).containsExactly(10, 11, 12);
    assertThat(result.of(HOST).data()).isEmpty();
    Table whole =
        harness(Map.of("q_n", 0, "sum_cols", List.of(0))).run().succeeded().of(GUEST).data().get(0);
    assertThat(whole.schema().header()).containsExactly("9999_a");
    assertThat(whole.numbers("9999_a")).containsExactly(11, -22, 1e9);
  }

  @Test
  void threeParties_addUp() {
    Parties three =
        new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000", "10001")));
    int[] rows = IntStream.range(0, 30).toArray();
    Table guest = BreastData.guest(GUEST).sortedById().select(rows);
    Table first = BreastData.host(HOST, 0, 10).sortedById().select(rows);
    Table second = BreastData.host(SECOND, 10, 20).sortedById().select(rows);
    Result result =
        new ComponentHarness(new FeldmanVerifiableSum(), three)
            .params(Map.of("sum_cols", List.of(2)))
            .inputs(GUEST, Tables.asData(guest))
            .inputs(HOST, Tables.asData(first))
            .inputs(SECOND, Tables.asData(second))
            .run()
            .succeeded();
    double[] sums = result.of(GUEST).data().get(0).numbers("x2");
    for (int row = 0; row < 30; row++) {
      double expected =
          guest.numbers("x2")[row] + first.numbers("x2")[row] + second.numbers("x12")[row];
      assertThat(sums[row]).isEqualTo(expected, org.assertj.core.api.Assertions.within(2e-6));
    }
    // Shares go between hosts, too.
    assertThat(result.messages())
        .filteredOn(m -> m.from().equals(HOST) && m.to().equals(SECOND))
        .extracting(m -> m.tag().name())
        .containsExactly("feldman_shares", "feldman_commitments");
  }

  @Test
  void whatCrossesIsRandom_andDiffersFromRunToRun() {
    int[] rows = IntStream.range(0, 50).toArray();
    Table guest = BreastData.guest(GUEST).sortedById().select(rows);
    Table host = BreastData.host(HOST, 0, 10).sortedById().select(rows);
    Result one = run(guest, host);
    Result other = run(guest, host);
    Wire.assertNoTraceOf(one.messages(), guest);
    Wire.assertNoTraceOf(one.messages(), host);
    for (int i = 0; i < one.messages().size(); i++) {
      Envelope message = one.messages().get(i);
      if (message.tag().name().startsWith("feldman_")) {
        assertThat(
                new FeldmanVerifiableSum()
                    .descriptor()
                    .message(message.tag().name())
                    .orElseThrow()
                    .protection())
            .isEqualTo(Protection.MASKED);
        assertThat(other.messages().stream().map(Envelope::payload))
            .doesNotContain(message.payload());
      }
    }
  }

  private static Result run(Table guest, Table host) {
    return Pair.harness(new FeldmanVerifiableSum(), Map.of("sum_cols", List.of(1)))
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(host))
        .run()
        .succeeded();
  }

  /** The value of a number of few is not told by trying them out. */
  @Test
  void commitmentsOfTheSameValue_differ() {
    BigInteger[] one = Dealing.of(BigInteger.ONE, 2, new SecureRandom()).commitments();
    BigInteger[] other = Dealing.of(BigInteger.ONE, 2, new SecureRandom()).commitments();
    assertThat(one[0]).isNotEqualTo(other[0]).isNotEqualTo(PrimeGroup.G);
  }

  @Test
  void theGroup_isOfPrimeOrder() {
    assertThat(PrimeGroup.P.isProbablePrime(50)).isTrue();
    assertThat(PrimeGroup.Q.isProbablePrime(50)).isTrue();
    assertThat(PrimeGroup.P.subtract(BigInteger.ONE).mod(PrimeGroup.Q)).isZero();
    assertThat(PrimeGroup.contains(PrimeGroup.G)).isTrue();
    assertThat(PrimeGroup.contains(PrimeGroup.H)).isTrue();
    assertThat(PrimeGroup.contains(PrimeGroup.P.subtract(BigInteger.ONE))).isFalse();
  }

  @Test
  void tooFewShares_giveSomethingElse() {
    BigInteger secret = BigInteger.valueOf(77);
    Polynomial polynomial = Polynomial.of(secret, 3, new SecureRandom());
    assertThat(
            Polynomial.secret(
                new BigInteger[] {polynomial.at(1), polynomial.at(2), polynomial.at(3)}))
        .isEqualTo(secret);
    assertThat(Polynomial.secret(new BigInteger[] {polynomial.at(1), polynomial.at(2)}))
        .isNotEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(strings = {"feldman_shares", "feldman_commitments", "feldman_sums"})
  void aPartyThatSharesWrongly_isNamed(String message) {
    Result result = harness(Map.of()).tamper(sent -> changed(sent, message)).run();
    assertThat(result.rootFailure())
        .has(Failures.code("feldman.share"))
        .hasMessageContaining("host:10000")
        .hasMessageContaining("row 1");
  }

  private static Envelope changed(Envelope sent, String message) {
    if (!sent.tag().name().equals(message) || !sent.from().equals(HOST)) {
      return sent;
    }
    byte[] bytes = sent.payload().bytes().clone();
    bytes[25] ^= 1;
    return new Envelope(sent.task(), sent.from(), sent.to(), sent.tag(), Payload.ofIntegers(bytes));
  }

  @Test
  void badInput_isNamed() {
    Table gap = table(HOST, new double[] {1, Double.NaN, 3}, new double[] {1, 2, 3});
    assertThat(harness(Map.of()).inputs(HOST, Tables.asData(gap)).run().rootFailure())
        .has(Failures.code("feldman.value"))
        .hasMessageContaining("column 10000_a, row 2");
    assertThat(harness(Map.of()).params(HOST, Map.of("sum_cols", List.of(0))).run().rootFailure())
        .has(Failures.code("feldman.message"))
        .hasMessageContaining("as many columns");
    assertThat(harness(Map.of("sum_cols", List.of(5))).run().rootFailure())
        .has(Failures.code("columns.unknown"))
        .hasMessageContaining("sum_cols");
    assertThat(harness(Map.of("sum_cols", List.of())).run().rootFailure())
        .has(Failures.code("feldman.size"));
    assertThat(Pair.refused(new FeldmanVerifiableSum(), Map.of("q_n", 17)))
        .containsExactly("p/q_n");
  }
}

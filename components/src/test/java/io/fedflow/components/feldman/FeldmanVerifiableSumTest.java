package io.fedflow.components.feldman;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeldmanVerifiableSumTest {

  private static final CryptoSuite SUITE = CryptoSuite.standard();
  private static final FeldmanVerifiableSum COMPONENT = new FeldmanVerifiableSum(SUITE);
  private static final Party SECOND = new Party(Role.HOST, "10001");

  private static Table table(Party party, double[] first, double[] second) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put(party.id() + "_a", first);
    columns.put(party.id() + "_b", second);
    return Tables.instances(party, null, columns);
  }

  private static ComponentHarness harness(Map<String, ?> params) {
    return Pair.harness(COMPONENT, params)
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
        new ComponentHarness(COMPONENT, three)
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
        assertThat(COMPONENT.descriptor().message(message.tag().name()).orElseThrow().protection())
            .isEqualTo(Protection.MASKED);
        assertThat(other.messages().stream().map(Envelope::payload))
            .doesNotContain(message.payload());
      }
    }
  }

  private static Result run(Table guest, Table host) {
    return Pair.harness(COMPONENT, Map.of("sum_cols", List.of(1)))
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(host))
        .run()
        .succeeded();
  }

  /** The value of a number of few is not told by trying them out. */
  @Test
  void commitmentsOfTheSameValue_differ() {
    BigInteger[] same = {BigInteger.ONE, BigInteger.ONE};
    BigInteger[] one = Dealing.of(same, 2, commitments(), new SecureRandom()).commitments();
    BigInteger[] other = Dealing.of(same, 2, commitments(), new SecureRandom()).commitments();
    assertThat(Set.of(one[0], one[2], other[0], other[2], PrimeGroup.G)).hasSize(5);
  }

  private static Commitments commitments() {
    return new Commitments(SUITE, ComputePool.inline());
  }

  @Test
  void commitments_arePowersOfBothBases() {
    SecureRandom random = new SecureRandom();
    BigInteger[] values = {BigInteger.ZERO, PrimeGroup.Q.subtract(BigInteger.ONE), null};
    BigInteger[] blindings = {BigInteger.ZERO, BigInteger.ONE, Polynomial.random(random)};
    values[2] = Polynomial.random(random);
    BigInteger[] committed = commitments().of(values, blindings);
    for (int i = 0; i < values.length; i++) {
      BigInteger expected =
          PrimeGroup.G.modPow(values[i], PrimeGroup.P)
              .multiply(PrimeGroup.H.modPow(blindings[i], PrimeGroup.P))
              .mod(PrimeGroup.P);
      assertThat(committed[i]).isEqualTo(expected);
    }
  }

  /** Every share of every party fits its commitments; one that is changed anywhere does not. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void shares_fitTheirCommitmentsOnly(int parties) {
    SecureRandom random = new SecureRandom();
    BigInteger[] values = new BigInteger[7];
    Arrays.setAll(values, v -> Polynomial.random(random));
    Dealing dealt = Dealing.of(values, parties, commitments(), random);
    for (int party = 1; party <= parties; party++) {
      Shares shares = dealt.shares().get(party - 1);
      boolean[] all = {true, true, true, true, true, true, true};
      assertThat(commitments().fit(shares, dealt.commitments(), party)).isEqualTo(all);
      for (BigInteger[] part : new BigInteger[][] {shares.values(), shares.blindings()}) {
        part[3] = part[3].add(BigInteger.ONE).mod(PrimeGroup.Q);
        assertThat(commitments().fit(shares, dealt.commitments(), party))
            .containsExactly(true, true, true, false, true, true, true);
        part[3] = part[3].subtract(BigInteger.ONE).mod(PrimeGroup.Q);
      }
      for (int coefficient = 0; coefficient < parties; coefficient++) {
        BigInteger[] changed = dealt.commitments().clone();
        changed[5 * parties + coefficient] = PrimeGroup.G;
        assertThat(commitments().fit(shares, changed, party))
            .containsExactly(true, true, true, true, true, false, true);
      }
    }
  }

  /** The negative of a commitment has an order of twice that of the subgroup. */
  @Test
  void commitmentsOutsideTheSubgroup_areRefused_thoughTheSharesFit() {
    Result result =
        harness(Map.of())
            .tamper(
                sent ->
                    sent.tag().name().equals("feldman_commitments") && sent.from().equals(HOST)
                        ? new Envelope(
                            sent.task(), sent.from(), sent.to(), sent.tag(), negatives(sent))
                        : sent)
            .run();
    assertThat(result.failures().get(GUEST))
        .has(Failures.code("feldman.share"))
        .hasMessageContaining("host:10000")
        .hasMessageContaining("row 2");
  }

  /** Both commitments of the second value negated: at point 1 their product is the same. */
  private static Payload negatives(Envelope sent) {
    BigInteger[] numbers = Numbers.read(sent.payload(), HOST, 12, PrimeGroup.P);
    numbers[2] = PrimeGroup.P.subtract(numbers[2]);
    numbers[3] = PrimeGroup.P.subtract(numbers[3]);
    return Numbers.payload(numbers, PrimeGroup.P);
  }

  @Test
  void theGroup_isOfPrimeOrder() {
    assertThat(PrimeGroup.P.isProbablePrime(50)).isTrue();
    assertThat(PrimeGroup.Q.isProbablePrime(50)).isTrue();
    assertThat(PrimeGroup.P.subtract(BigInteger.ONE).mod(PrimeGroup.Q)).isZero();
    assertThat(
            commitments()
                .inGroup(
                    new BigInteger[] {
                      PrimeGroup.G,
                      PrimeGroup.H,
                      BigInteger.ZERO,
                      BigInteger.ONE,
                      PrimeGroup.P.subtract(BigInteger.ONE),
                      PrimeGroup.P.subtract(PrimeGroup.G)
                    }))
        .containsExactly(true, true, false, false, false, false);
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
    assertThat(Pair.refused(COMPONENT, Map.of("q_n", 17))).containsExactly("p/q_n");
  }
}

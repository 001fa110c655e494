package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.ARBITER;
import static io.fedflow.components.lr.LrFixture.FOUR;
import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.SECOND;
import static io.fedflow.components.lr.LrFixture.harness;
import static io.fedflow.components.lr.LrFixture.losses;
import static io.fedflow.components.lr.LrFixture.param;
import static io.fedflow.components.lr.LrFixture.params;
import static io.fedflow.components.lr.LrFixture.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.Component;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.federation.Envelope;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both schemes compute on the same integers, so a model does not depend on which was chosen. */
class LrOkamotoUchiyamaTest {

  private static final Map<String, Object> PAILLIER = Map.of("key_length", 1024);
  private static final Map<String, Object> OKAMOTO_UCHIYAMA =
      Map.of("method", "OkamotoUchiyama", "key_length", 1024);

  @Test
  void logistic_givesTheModelAndTheLossesOfPaillier() {
    Result one = harness(params("encrypt_param", PAILLIER)).run().succeeded();
    Result other = harness(params("encrypt_param", OKAMOTO_UCHIYAMA)).run().succeeded();
    assertSameWeights(one, other, GUEST, 10);
    assertSameWeights(one, other, HOST, 20);
    assertThat(param(other, GUEST).number("intercept"))
        .isCloseTo(param(one, GUEST).number("intercept"), within(1e-9));
    assertThat(losses(other)).hasSize(5).containsExactly(losses(one), within(1e-9));
    // A ciphertext takes half the bytes.
    assertThat(bytes(other, LrMessages.GUEST_SIGNAL) * 10)
        .isBetween(
            bytes(one, LrMessages.GUEST_SIGNAL) * 4, bytes(one, LrMessages.GUEST_SIGNAL) * 6);
    for (Party party : List.of(GUEST, HOST, ARBITER)) {
      assertThat(cautions(other, party)).as("log of %s", party).isOne();
      assertThat(cautions(one, party)).as("log of %s", party).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoHosts_giveTheModelOfPaillier(boolean weighted) {
    Result one = twoHosts(PAILLIER, weighted);
    Result other = twoHosts(OKAMOTO_UCHIYAMA, weighted);
    assertSameWeights(one, other, GUEST, 10);
    assertSameWeights(one, other, HOST, 8);
    for (int i = 8; i < 20; i++) {
      assertThat(weight(other, SECOND, "x" + i))
          .isCloseTo(weight(one, SECOND, "x" + i), within(1e-9));
    }
  }

  private static Result twoHosts(Map<String, Object> encryption, boolean weighted) {
    Table guest = BreastData.guest(GUEST);
    if (weighted) {
      double[] weights = new double[guest.rowCount()];
      java.util.Arrays.setAll(weights, row -> 1 + row % 3);
      guest = ValueFixture.with(guest, "w", io.fedflow.table.ColumnSpec.Use.WEIGHT, weights);
    }
    return new ComponentHarness(new HeteroLR(CryptoSuite.standard()), FOUR)
        .params(params("early_stop", "weight_diff", "max_iter", 3, "encrypt_param", encryption))
        .inputs(GUEST, Tables.as("train_data", guest))
        .inputs(HOST, Tables.as("train_data", BreastData.host(HOST, 0, 8)))
        .inputs(SECOND, Tables.as("train_data", BreastData.host(SECOND, 8, 20)))
        .run()
        .succeeded();
  }

  @Test
  void batchesWithoutMask_giveTheModelOfPaillier() {
    Result one = batches(PAILLIER);
    Result other = batches(OKAMOTO_UCHIYAMA);
    assertSameWeights(one, other, GUEST, 10);
    assertSameWeights(one, other, HOST, 20);
  }

  private static Result batches(Map<String, Object> encryption) {
    return harness(
            params("batch_size", 200, "masked_rate", 0, "max_iter", 2, "encrypt_param", encryption))
        .seed(3)
        .run()
        .succeeded();
  }

  @Test
  void values_giveTheModelOfPaillier() {
    double[] x0 = BreastData.guest(GUEST).sortedById().numbers("x0");
    Table guest = ValueFixture.guest(row -> 2 + 0.5 * x0[row] + 0.1 * (row % 7));
    assertSameOfBoth(new HeteroLinR(CryptoSuite.standard()), guest);
  }

  @Test
  void counts_giveTheModelOfPaillier() {
    double[] x0 = BreastData.guest(GUEST).sortedById().numbers("x0");
    Table guest = ValueFixture.guest(row -> Math.floor(Math.exp(0.4 * x0[row])) + row % 3);
    assertSameOfBoth(new HeteroPoisson(CryptoSuite.standard()), guest);
  }

  private static void assertSameOfBoth(Component component, Table guest) {
    Map<String, Object> settings =
        params("learning_rate", 0.05, "max_iter", 3, "encrypt_param", PAILLIER);
    Result one = ValueFixture.harness(component, guest, ValueFixture.host(), settings).run();
    settings.put("encrypt_param", OKAMOTO_UCHIYAMA);
    Result other = ValueFixture.harness(component, guest, ValueFixture.host(), settings).run();
    assertSameWeights(one.succeeded(), other.succeeded(), GUEST, 10);
    assertSameWeights(one, other, HOST, 20);
    assertThat(losses(other)).isNotEmpty().containsExactly(losses(one), within(1e-9));
  }

  @Test
  void partiesThatNameOtherSchemes_areRefused() {
    Result result =
        harness(params("encrypt_param", PAILLIER))
            .params(ARBITER, Map.of("encrypt_param", OKAMOTO_UCHIYAMA))
            .run();
    assertThat(result.rootFailure())
        .has(Failures.code("crypto.wrong-key"))
        .hasMessageContaining("a key of Okamoto-Uchiyama, expected one of Paillier");
  }

  private static void assertSameWeights(Result one, Result other, Party party, int columns) {
    for (int i = 0; i < columns; i++) {
      assertThat(weight(other, party, "x" + i))
          .as("%s x%d", party, i)
          .isCloseTo(weight(one, party, "x" + i), within(1e-9))
          .isNotZero();
    }
  }

  private static long bytes(Result result, String message) {
    return result.messages().stream()
        .filter(envelope -> envelope.tag().name().equals(message))
        .map(Envelope::payload)
        .mapToLong(payload -> payload.bytes().length)
        .sum();
  }

  private static long cautions(Result result, Party party) {
    return result.trackers().get(party).logLines().stream()
        .filter(line -> line.contains("Okamoto-Uchiyama protects only among parties"))
        .count();
  }
}

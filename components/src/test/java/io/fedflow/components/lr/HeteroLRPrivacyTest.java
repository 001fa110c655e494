package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.ARBITER;
import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.harness;
import static io.fedflow.components.lr.LrFixture.params;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Ranking;
import io.fedflow.components.testing.Wire;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeteroLRPrivacyTest {

  /** What depends on labels by the table of the package. */
  private static final Set<String> LABEL_DEPENDENT =
      Set.of("lr_step", "lr_stop", "lr_host_scores", "lr_validation_scores");

  @Test
  void messages_holdNoRawValueLabelOrId() {
    Result result =
        harness(params("batch_size", 200, "max_iter", 2, "masked_rate", 1, "validation_freqs", 1))
            .run()
            .succeeded();
    Wire.assertNoTraceOf(result.messages(), BreastData.guest(GUEST));
    Wire.assertNoTraceOf(result.messages(), BreastData.host(HOST));
    double[] labels = BreastData.guest(GUEST).sortedById().label();
    for (Envelope message : result.messages()) {
      if (message.payload().format() == Payload.Format.DOUBLES) {
        assertThat(message.payload().asDoubles()).isNotEqualTo(labels);
      }
      if (message.payload().format() == Payload.Format.LONGS) {
        assertThat(Arrays.stream(message.payload().asLongs()).asDoubleStream().toArray())
            .isNotEqualTo(labels);
      }
    }
  }

  @Test
  void shuffledLabels_changeOnlyWhatTheTableNames() {
    Table guest = BreastData.guest(GUEST);
    Table host = BreastData.host(HOST);
    // Without a mask, batches follow the seed and are the same in both runs.
    var settings =
        params(
            "batch_size",
            300,
            "masked_rate",
            0,
            "max_iter",
            2,
            "tol",
            1e-12,
            "validation_freqs",
            1);
    List<Envelope> one = harness(guest, host, settings).run().succeeded().messages();
    List<Envelope> other =
        harness(BreastData.withShuffledLabels(guest, 3), host, settings)
            .run()
            .succeeded()
            .messages();
    Wire.assertSameBut(
        new HeteroLR(CryptoSuite.standard()).descriptor(), one, other, LABEL_DEPENDENT);
  }

  @Test
  void shuffledLabels_cannotBeLearned() {
    Table guest = BreastData.withShuffledLabels(BreastData.guest(GUEST), 11);
    Result result = harness(guest, BreastData.host(HOST), params("max_iter", 5)).run().succeeded();
    Table predictions = result.of(GUEST).data().get(0);
    assertThat(Ranking.auc(predictions.numbers("label"), predictions.numbers("predict_score")))
        .isLessThan(0.65);
  }

  @Test
  void privateKey_neverLeavesTheArbiter() {
    Result result = harness(params("max_iter", 1)).run().succeeded();
    List<Envelope> sent = result.messages().stream().filter(m -> m.from().equals(ARBITER)).toList();
    assertThat(sent).extracting(m -> m.tag().name()).containsOnly("lr_key", "lr_step", "lr_stop");
    for (Envelope message : sent) {
      if (message.tag().name().equals("lr_key")) {
        // Every number of half the modulus' size inside the message would be a candidate.
        byte[] bytes = message.payload().as(Payload.Format.BYTES);
        BigInteger n = io.fedflow.components.crypto.PaillierPublicKey.decode(bytes).modulus();
        for (int at = 0; at + 64 <= bytes.length; at++) {
          BigInteger candidate = new BigInteger(1, Arrays.copyOfRange(bytes, at, at + 64));
          assertThat(candidate.signum() > 0 && n.mod(candidate).signum() == 0).isFalse();
        }
      }
    }
  }

  @Test
  void maskedBatches_showMoreRowsThanCount_andEncryptedZerosForTheRest() {
    Result result =
        harness(params("batch_size", 100, "masked_rate", 2, "max_iter", 1)).run().succeeded();
    assertThat(result.messages())
        .filteredOn(m -> m.tag().name().equals("lr_batch"))
        .hasSize(6)
        .allSatisfy(
            m -> {
              long[] rows = m.payload().asLongs();
              assertThat(rows).hasSize(300).isSorted().doesNotHaveDuplicates();
            });
  }
}

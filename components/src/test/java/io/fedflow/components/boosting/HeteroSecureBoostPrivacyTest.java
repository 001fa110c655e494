package io.fedflow.components.boosting;

import static io.fedflow.components.boosting.BoostFixture.GUEST;
import static io.fedflow.components.boosting.BoostFixture.HOST;
import static io.fedflow.components.boosting.BoostFixture.guest;
import static io.fedflow.components.boosting.BoostFixture.harness;
import static io.fedflow.components.boosting.BoostFixture.host;
import static io.fedflow.components.boosting.BoostFixture.param;
import static io.fedflow.components.boosting.BoostFixture.params;
import static io.fedflow.components.boosting.BoostFixture.trees;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.Wire;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.federation.Protection;
import io.fedflow.model.ModelMessage;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What crosses between the parties, and what does not. */
class HeteroSecureBoostPrivacyTest {

  private static List<Envelope> named(Result result, String name) {
    return result.messages().stream().filter(m -> m.tag().name().equals(name)).toList();
  }

  @Test
  void messages_holdNoValueThresholdNameIdOrLabel() {
    Result result = harness(guest(), host(), params("validation_freqs", 1)).run().succeeded();
    Wire.assertNoTraceOf(result.messages(), guest());
    // Thresholds are values of the columns, so this is about them, too.
    Wire.assertNoTraceOf(result.messages(), host());
    double[] labels = guest().sortedById().label();
    for (Envelope message : result.messages()) {
      assertThat(message.payload().format())
          .as("no number with a fraction crosses in the clear: %s", message.tag())
          .isNotEqualTo(Payload.Format.DOUBLES);
      if (message.payload().format() == Payload.Format.LONGS) {
        assertThat(Arrays.stream(message.payload().asLongs()).asDoubleStream().toArray())
            .isNotEqualTo(labels);
      }
      if (message.payload().format() == Payload.Format.TEXTS) {
        assertThat(message.payload().asTexts()).allMatch(text -> text.matches("host_10000_x\\d+"));
      }
    }
  }

  @Test
  void derivativesSumsAndGains_crossEncryptedAlone() {
    Result result = harness(guest(), host(), params()).run().succeeded();
    HeteroSecureBoost component = new HeteroSecureBoost(CryptoSuite.standard());
    for (Envelope message : result.messages()) {
      boolean encrypted =
          component.descriptor().message(message.tag().name()).orElseThrow().protection()
              == Protection.CIPHERTEXT;
      assertThat(message.payload().format() == Payload.Format.CIPHERTEXTS)
          .as("%s", message.tag())
          .isEqualTo(encrypted);
    }
    assertThat(result.messages().stream().map(m -> m.tag().name()))
        .contains("sbt_gradients", "sbt_sums", "sbt_gains", "sbt_column_gains");
    // Equal derivatives, as those of the first round are, do not look alike.
    byte[] first = named(result, "sbt_gradients").get(0).payload().bytes();
    int width = 256;
    List<String> ciphertexts =
        IntStream.range(0, 190)
            .mapToObj(
                row ->
                    Arrays.toString(
                        Arrays.copyOfRange(
                            first, first.length - (row + 1) * width, first.length - row * width)))
            .toList();
    assertThat(ciphertexts).doesNotHaveDuplicates();
  }

  @Test
  void whatAHostOffers_isInAnOrderOfItsOwn() {
    Result result = harness(guest(), host(), params()).run().succeeded();
    List<Envelope> counts = named(result, "sbt_counts");
    long[] root = counts.get(0).payload().asLongs();
    long[] offered = Arrays.copyOfRange(root, 1, root.length);
    // In order of columns and bins, counts would rise eight columns long.
    long falls =
        IntStream.range(1, offered.length).filter(i -> offered[i] < offered[i - 1]).count();
    assertThat(falls).isGreaterThan(offered.length / 4);
    long[] next =
        named(result, "sbt_counts").stream()
            .filter(m -> m.tag().suffix().startsWith("1.0"))
            .findFirst()
            .orElseThrow()
            .payload()
            .asLongs();
    assertThat(Arrays.copyOfRange(next, 1, next.length))
        .as("the root of the next tree: the same counts in another order")
        .isNotEqualTo(offered)
        .containsExactlyInAnyOrder(offered);
  }

  @Test
  void aHost_learnsNoWeight_andTheGuestNoSplitOfAHost() {
    Result result = harness(guest(), host(), params()).run().succeeded();
    for (Tree tree : trees(result, HOST).trees()) {
      assertThat(tree.nodes()).allMatch(node -> node.weight() == 0);
      assertThat(tree.nodes())
          .allMatch(node -> node.split() == null || node.site().equals("host:10000"));
    }
    assertThat(trees(result, GUEST).trees().stream().flatMap(tree -> tree.nodes().stream()))
        .allMatch(node -> node.split() == null || node.site().equals("guest:9999"))
        .anyMatch(node -> node.site().equals("host:10000"));
    ModelMessage ofHost = param(result, HOST);
    assertThat(ofHost.list("losses")).isEmpty();
    assertThat(ofHost.list("init_score")).isEmpty();
    // The last level's children are leaves: where rows are there is told to nobody.
    assertThat(named(result, "sbt_level"))
        .filteredOn(m -> m.tag().suffix().endsWith(".2"))
        .isNotEmpty()
        .allMatch(m -> m.payload().asLongs().length <= 4);
  }

  @Test
  void choices_nameOnlyTheWinner() {
    Result result = harness(guest(), host(), params()).run().succeeded();
    assertThat(named(result, "sbt_choice"))
        .isNotEmpty()
        .allSatisfy(
            m -> {
              int tree = Integer.parseInt(m.tag().suffix().split("\\.")[0]);
              long chosen = Arrays.stream(m.payload().asLongs()).filter(c -> c >= 0).count();
              assertThat(chosen)
                  .isLessThanOrEqualTo(
                      trees(result, HOST).trees().get(tree).nodes().stream()
                          .filter(node -> node.split() != null)
                          .count());
            });
  }
}

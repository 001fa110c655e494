package io.fedflow.components.retrieval;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a retrieval refuses. */
class RetrievalFailuresTest {

  private static final Table GUEST_ROWS =
      RetrievalJobs.texts("own", Map.of("a", "1", "b", "2", "d", "3"));
  private static final Table HOST_ROWS =
      RetrievalJobs.texts("town", Map.of("a", "Bern", "b", "Basel", "c", "Genf", "e", "Chur"));
  private static final Map<String, Object> TOWN = Map.of("target_cols", "town");

  /** Two ids are common, and a row of the wanted column takes nine bytes. */
  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(
            "more than the guest has", "block_rows", longs(0, 1, 2, 3), "retrieval.message"),
        Arguments.of("a row twice", "block_rows", longs(1, 1), "retrieval.message"),
        Arguments.of("a row that is not there", "block_rows", longs(0, 4), "retrieval.message"),
        Arguments.of("a negative row", "block_rows", longs(-1, 0), "retrieval.message"),
        Arguments.of("another form", "block_rows", Payload.ofDoubles(1, 2), "federation.payload"),
        Arguments.of("two widths of one", "widths", longs(5, 5), "retrieval.message"),
        Arguments.of("a negative width", "widths", longs(-5), "retrieval.message"),
        Arguments.of("a width of 2^40", "widths", longs(1L << 40), "retrieval.message"),
        Arguments.of("an enormous width", "widths", longs(1 << 29), "retrieval.size"),
        Arguments.of("no point", "announcement", bytes(31), "crypto.malformed"),
        Arguments.of("low order", "announcement", bytes(32), "crypto.invalid-point"),
        Arguments.of("no point", "choice", bytes(31), "crypto.malformed"),
        Arguments.of("low order", "choice", bytes(32), "crypto.invalid-point"),
        Arguments.of("a short block", "block_values", bytes(20), "retrieval.message"),
        Arguments.of(
            "a block of another key", "block_values", bytes(2 * (4 + 5) + 16), "crypto.wrong-key"));
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("broken")
  void aMessageThatDoesNotFollowTheProtocol_isRefused(
      String what, String message, Payload payload, String code) {
    Throwable failure =
        RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, TOWN)
            .tamper(sent -> replaced(sent, "retrieval_" + message, payload))
            .run()
            .rootFailure();
    assertThat(failure).is(Failures.code(code));
    if (!(failure instanceof CryptoException) && code.equals("retrieval.message")) {
      assertThat(failure).hasMessageContaining(message.equals("block_rows") ? "9999" : "10000");
    }
  }

  @Test
  void blocksOfDifferentSizes_areRefused() {
    assertThat(
            RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, TOWN)
                .tamper(
                    sent ->
                        sent.tag().equals(MessageTag.of(RetrievalMessages.BLOCK_ROWS, 1))
                            ? replaced(sent, RetrievalMessages.BLOCK_ROWS, longs(0, 1, 2))
                            : sent)
                .run()
                .rootFailure())
        .is(Failures.code("retrieval.message"))
        .hasMessageContaining("9999")
        .hasMessageContaining("3 rows in block 1, allowed are 2");
  }

  /** Now and then the damaged one of the few blocks is the chosen one. */
  @Test
  void whichBlockIsChosen_isDrawnAnew() {
    Map<String, Object> few = Map.of("target_cols", "town", "security_level", 1e-300);
    Set<Boolean> outcomes = new HashSet<>();
    for (int run = 0; run < 60 && outcomes.size() < 2; run++) {
      outcomes.add(
          RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, few)
              .tamper(
                  sent ->
                      sent.tag().equals(MessageTag.of(RetrievalMessages.BLOCK_VALUES, 0))
                          ? replaced(sent, RetrievalMessages.BLOCK_VALUES, bytes(34))
                          : sent)
              .run()
              .failures()
              .isEmpty());
    }
    assertThat(outcomes).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void differentSettings_areNamed() {
    Throwable failure =
        RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, TOWN)
            .params(GUEST, Map.of("target_cols", "own"))
            .run()
            .rootFailure();
    assertThat(failure)
        .is(Failures.code("retrieval.settings"))
        .hasMessageContaining("target_cols")
        .hasMessageContaining("9999");
    assertThat(
            RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, TOWN)
                .params(HOST, Map.of("security_level", 1))
                .run()
                .rootFailure())
        .is(Failures.code("retrieval.settings"))
        .hasMessageContaining("blocks=45")
        .hasMessageContaining("blocks=1000");
  }

  @Test
  void columnsAndLabels_thatTheHostDoesNotHave_areNamed() {
    assertThat(
            RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, Map.of("target_cols", List.of("village")))
                .run()
                .rootFailure())
        .is(Failures.code("columns.unknown"))
        .hasMessageContaining("village")
        .hasMessageContaining("town");
    assertThat(RetrievalJobs.of(GUEST_ROWS, HOST_ROWS, Map.of()).run().rootFailure())
        .is(Failures.code("labels.missing"));
  }

  @Test
  void aSecondHost_isRefused() {
    Party second = new Party(Role.HOST, "10001");
    Throwable failure =
        new ComponentHarness(
                new SecureInformationRetrieval(),
                new Parties(
                    Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000", "10001"))))
            .params(TOWN)
            .inputs(GUEST, Tables.asData(GUEST_ROWS))
            .inputs(HOST, Tables.asData(HOST_ROWS))
            .inputs(second, Tables.asData(HOST_ROWS))
            .run()
            .rootFailure();
    assertThat(failure).is(Failures.code("retrieval.hosts")).hasMessageContaining("2 hosts");
  }

  @Test
  void impossibleParameters_areRefusedBeforeAnythingRuns() {
    SecureInformationRetrieval component = new SecureInformationRetrieval();
    assertThat(Pair.refused(component, Map.of("security_level", 1.5)))
        .containsExactly("p/security_level");
    assertThat(Pair.refused(component, Map.of("key_size", 1100))).containsExactly("p/key_size");
    assertThat(Pair.refused(component, Map.of("dh_params", Map.of("key_length", 1100))))
        .containsExactly("p/dh_params/key_length");
    assertThat(Pair.refused(component, Map.of("target_cols", List.of("a", "a"))))
        .containsExactly("p/target_cols");
    assertThat(Pair.refused(component, Map.of("target_cols", List.of("a", 1))))
        .containsExactly("p/target_cols/1");
    assertThat(Pair.refused(component, Map.of("oblivious_transfer_protocol", "none")))
        .containsExactly("p/oblivious_transfer_protocol");
    assertThat(
            Pair.refused(
                component,
                Map.of("oblivious_transfer_protocol", "OT_Hauck", "target_cols", List.of())))
        .isEmpty();
  }

  @Test
  void theOldKeySize_wins() {
    Payload settings =
        RetrievalJobs.named(
                RetrievalJobs.of(
                        GUEST_ROWS, HOST_ROWS, Map.of("target_cols", "town", "key_size", 1536))
                    .run()
                    .succeeded(),
                "settings")
            .get(0)
            .payload();
    assertThat(settings.asTexts()).contains("key_length=1536");
  }

  private static Envelope replaced(Envelope sent, String name, Payload payload) {
    return sent.tag().name().equals(name)
        ? new Envelope(sent.task(), sent.from(), sent.to(), sent.tag(), payload)
        : sent;
  }

  private static Payload longs(long... values) {
    return Payload.ofLongs(values);
  }

  private static Payload bytes(int count) {
    return Payload.ofBytes(new byte[count]);
  }
}

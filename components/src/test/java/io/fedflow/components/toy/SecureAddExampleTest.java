package io.fedflow.components.toy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.Failures;
import io.fedflow.failure.Problems;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecureAddExampleTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");
  private static final Parties PARTIES =
      new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000")));

  private static ComponentHarness harness(Map<String, ?> params) {
    return new ComponentHarness(new SecureAddExample(), PARTIES).params(params);
  }

  private static long[] content(Result result, MessageTag tag) {
    return result.messages().stream()
        .filter(message -> message.tag().equals(tag))
        .findFirst()
        .orElseThrow()
        .payload()
        .asLongs();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "10, 3", "1000, 4", "1001, 1000"})
  void theSumIsThatOfBothParties(int rows, int partitions) {
    Result result = harness(Map.of("data_num", rows, "partition", partitions)).run().succeeded();
    assertThat(result.trackers().get(GUEST).summary()).isEqualTo(Map.of("secure_sum", 2L * rows));
    assertThat(result.of(GUEST).data()).isEmpty();
    assertThat(result.of(HOST).model()).isEmpty();
    assertThat(content(result, SecureAddMessages.HOST_SHARE)).hasSize(rows);
  }

  @Test
  void everyStep_isALineThatClientsFind() {
    Result result = harness(Map.of()).run().succeeded();
    assertThat(result.trackers().get(GUEST).logLines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("secure_add_guest: "))
        .last()
        .asString()
        .contains("the secure sum is 2000");
    assertThat(result.trackers().get(HOST).logLines())
        .allSatisfy(line -> assertThat(line).contains("secure_add_host: "));
  }

  @Test
  void sharesAloneTellNothing_andDifferFromRunToRun() {
    Result one = harness(Map.of()).run().succeeded();
    Result other = harness(Map.of()).run().succeeded();
    for (MessageTag tag : List.of(SecureAddMessages.GUEST_SHARE, SecureAddMessages.HOST_SHARE)) {
      long[] share = content(one, tag);
      assertThat(Arrays.stream(share).distinct().count()).isEqualTo(1000);
      assertThat(share).isNotEqualTo(content(other, tag));
      // Uniform 64-bit numbers: each bit is set in about half of 1000.
      for (int bit = 0; bit < Long.SIZE; bit++) {
        int at = bit;
        assertThat(Arrays.stream(share).filter(v -> (v >>> at & 1) == 1).count())
            .isBetween(350L, 650L);
      }
    }
  }

  @Test
  void aSeedRepeatsTheShares_butNotThoseOfAnotherPartition() {
    Map<String, ?> seeded = Map.of("seed", 123, "partition", 4);
    long[] one = content(harness(seeded).run().succeeded(), SecureAddMessages.GUEST_SHARE);
    assertThat(content(harness(seeded).run().succeeded(), SecureAddMessages.GUEST_SHARE))
        .isEqualTo(one);
    assertThat(Arrays.stream(one).distinct().count()).isEqualTo(1000);
  }

  @Test
  void otherNumbersOfRows_areNamed() {
    Result result = harness(Map.of("data_num", 10)).params(HOST, Map.of("data_num", 11)).run();
    assertThat(result.rootFailure())
        .has(Failures.code("secure_add.rows"))
        .hasMessageContaining("data_num")
        .hasMessageContaining("10")
        .hasMessageContaining("11");
  }

  @Test
  void aHostThatAddsWrongly_isFound() {
    Result result = harness(Map.of()).tamper(SecureAddExampleTest::otherSum).run();
    assertThat(result.rootFailure())
        .has(Failures.code("secure_add.total"))
        .hasMessageContaining("2001")
        .hasMessageContaining("host:10000");
  }

  private static Envelope otherSum(Envelope sent) {
    return sent.tag().equals(SecureAddMessages.HOST_SUM)
        ? new Envelope(
            sent.task(),
            sent.from(),
            sent.to(),
            sent.tag(),
            Payload.ofLongs(sent.payload().asLongs()[0] + 1))
        : sent;
  }

  @Test
  void onlyOneHost_takesPart() {
    Parties two =
        new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000", "10001")));
    assertThat(new ComponentHarness(new SecureAddExample(), two).run().rootFailure())
        .has(Failures.code("secure_add.parties"))
        .hasMessageContaining("allowed one of each");
  }

  @Test
  void wrongParameters_areNamed() {
    Problems problems = new Problems();
    new SecureAddExample()
        .descriptor()
        .resolve(Map.of("data_num", 0, "partition", 1.5, "seed", "x"), "params", problems);
    assertThat(problems.errors())
        .extracting(problem -> problem.pointer())
        .containsExactlyInAnyOrder("params/data_num", "params/partition", "params/seed");
  }
}

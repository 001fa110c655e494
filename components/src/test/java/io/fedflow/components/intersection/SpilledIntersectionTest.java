package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.curve25519.CurvePoints;
import io.fedflow.components.testing.Failures;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The harness fails every run that leaves a temporary file. */
class SpilledIntersectionTest {

  private static final Party GUEST = IntersectionJobs.GUEST;

  /** Of a run in files: who has to have some there, {@code g}uest or {@code h}osts. */
  @ParameterizedTest
  @CsvSource({
    "ecdh,rows,1,1,1,g",
    "ecdh,rows,1,50,2,g",
    "ecdh,rows,3,60,3,g",
    "dh,rows,1,1,4,g",
    "dh,rows,2,60,5,g",
    "rsa,rows,1,1,6,gh",
    "rsa,rows,1,50,7,gh",
    "rsa,rows,3,60,8,gh",
    "rsa,split,1,1,9,gh",
    "rsa,split,2,20,10,gh",
    "rsa,match,1,10,11,gh",
    "rsa,left,2,10,12,gh",
    "ecdh,match,1,10,13,g",
    "dh,left,1,10,14,g",
    "rsa,cache,1,10,15,g",
    "rsa,cache,2,10,16,g",
    "ecdh,cache,3,10,22,g",
    "dh,cache,1,1,23,g",
    "ecdh,count,1,1,17,gh",
    "dh,count,1,100,18,g",
    "ecdh,count,2,60,19,gh",
    "ecdh,count,3,1,20,gh",
    "dh,count,2,500,21,gh"
  })
  void results_areThoseOfARunInMemory(
      String method, String mode, int hosts, int spillAbove, long seed, String who) {
    SpillCase some = new SpillCase(method, mode, hosts, seed);
    Result files = some.run(spillAbove).succeeded();
    Result memory = some.run(SpillCase.NEVER).succeeded();
    for (Party party : some.parties()) {
      assertThat(SpillCase.spilled(files, party))
          .as("%s has files", party)
          .isEqualTo(who.contains(party.role().name().substring(0, 1)));
      assertThat(SpillCase.spilled(memory, party)).isFalse();
      assertThat(SpillCase.given(files, party)).isEqualTo(SpillCase.given(memory, party));
    }
    assertThat((int) files.trackers().get(GUEST).summary().get("intersect_num")).isPositive();
  }

  @Test
  void signaturesOfMoreIdsThanOneMessageHolds_areSortedOverAllMessages() {
    String[] ids = new String[4200];
    Arrays.setAll(ids, i -> "id" + i);
    List<String> host = List.of(ids);
    List<String> guest = host.subList(4000, 4200);
    Result files =
        IntersectionJobs.of(
                List.of(guest, host),
                Map.of("rsa_params", Map.of("key_length", 1024), "spill_above", 500))
            .run()
            .succeeded();
    for (Party party : List.of(GUEST, IntersectionJobs.HOST)) {
      assertThat(files.of(party).data().get(0).ids()).containsExactlyElementsOf(guest);
    }
    byte[] first = signedIds(files, 0);
    byte[] second = signedIds(files, 1);
    assertThat(first).hasSize(1 + 4096 * KeyIndex.WIDTH);
    assertThat(second).hasSize(1 + 104 * KeyIndex.WIDTH);
    for (byte[] block : List.of(first, second)) {
      for (int at = 1 + KeyIndex.WIDTH; at < block.length; at += KeyIndex.WIDTH) {
        assertThat(
                Arrays.compareUnsigned(
                    block, at - KeyIndex.WIDTH, at, block, at, at + KeyIndex.WIDTH))
            .isNegative();
      }
    }
  }

  private static byte[] signedIds(Result result, int batch) {
    return result.messages().stream()
        .filter(sent -> sent.tag().name().equals("signed_ids"))
        .toList()
        .get(batch)
        .payload()
        .bytes();
  }

  @ParameterizedTest
  @CsvSource({
    "ecdh,rows,1,twice_masked_ids,a twice masked id twice, again at position 1",
    "rsa,rows,1,signed_ids,signed ids out of order at position 1",
    "rsa,split,2,signed_ids,signed ids out of order at position 1",
    "ecdh,count,1,twice_masked_ids,a twice masked id twice",
    "ecdh,count,2,masked_ids,a masked id twice"
  })
  void peerThatBreaksTheProtocol_isNamed_andNothingIsLeft(
      String method, String mode, int hosts, String message, String words) {
    UnaryOperator<Envelope> repeated =
        e ->
            e.tag().name().equals(message)
                ? repeated(e, message.equals("masked_ids") ? CurvePoints.BYTES : KeyIndex.WIDTH)
                : e;
    // The same ids everywhere: so the first one is common, in whatever order they come.
    List<String> ids = IntersectionJobs.randomIds(new Random(1));
    Map<String, Object> params = new SpillCase(method, mode, hosts, 1).params(1);
    assertThat(
            IntersectionJobs.of(Collections.nCopies(hosts + 1, ids), params)
                .tamper(repeated)
                .run()
                .rootFailure())
        .is(Failures.code("intersection.message"))
        .hasMessageContaining(words);
  }

  /** The same message, in which all elements are the first one. */
  private static Envelope repeated(Envelope e, int width) {
    byte[] bytes = e.payload().bytes().clone();
    for (int at = 1; at < bytes.length; at++) {
      bytes[at] = bytes[1 + (at - 1) % width];
    }
    return new Envelope(e.task(), e.from(), e.to(), e.tag(), Payload.ofBytes(bytes));
  }

  /** Otherwise hosts could make the count as high as they like. */
  @ParameterizedTest
  @ValueSource(ints = {1, SpillCase.NEVER})
  void idsOfTheGuest_thatHostsGiveBackTwice_areRefused(int spillAbove) {
    SpillCase some = new SpillCase("ecdh", "count", 2, 1);
    List<String> ids = IntersectionJobs.randomIds(new Random(1));
    MessageTag guestsSet =
        MessageTag.of("relayed_ids", Channel.RING + new CountRing(2).guestSet(), 0);
    UnaryOperator<Envelope> repeated =
        e -> e.to().equals(GUEST) && e.tag().equals(guestsSet) ? repeated(e, CurvePoints.BYTES) : e;
    assertThat(
            IntersectionJobs.of(Collections.nCopies(3, ids), some.params(spillAbove))
                .tamper(repeated)
                .run()
                .rootFailure())
        .is(Failures.code("intersection.message"))
        .hasMessageContaining("an id of this party twice after all hosts masked it");
  }

  /** Everybody's messages of this name, but for the first, find a sender who was stopped. */
  @ParameterizedTest
  @CsvSource({
    "ecdh,rows,1,masked_ids",
    "rsa,rows,1,signed_ids",
    "rsa,rows,2,blinded_ids",
    "rsa,split,1,blind_signatures",
    "rsa,cache,1,blinded_ids",
    "ecdh,count,1,twice_masked_ids",
    "ecdh,count,2,relayed_ids",
    "ecdh,cache,1,exchanged_ids"
  })
  void partyThatIsStopped_leavesNothing(String method, String mode, int hosts, String message) {
    UnaryOperator<Envelope> stop =
        e -> {
          if (e.tag().name().equals(message)) {
            Thread.currentThread().interrupt();
          }
          return e;
        };
    SpillCase some = new SpillCase(method, mode, hosts, 2);
    assertThat(some.harness(1).tamper(stop).run().failures().values())
        .anyMatch(SpilledIntersectionTest::isStop);
  }

  /** A party finds that it was stopped when it waits, or when it computes. */
  private static boolean isStop(Throwable failure) {
    return failure instanceof InterruptedException
        || failure instanceof FedflowException told && told.kind() == FailureKind.CANCELLED;
  }

  @ParameterizedTest
  @CsvSource({
    "ecdh,rows,1,g",
    "rsa,rows,1,g",
    "rsa,rows,2,h",
    "rsa,split,1,g",
    "rsa,split,1,h",
    "rsa,cache,1,g",
    "ecdh,count,1,g"
  })
  void diskThatTakesNoFiles_failsTheTask_saying_why(
      String method, String mode, int hosts, String whose) {
    SpillCase some = new SpillCase(method, mode, hosts, 3);
    Party party = whose.equals("g") ? GUEST : IntersectionJobs.HOST;
    Result result = some.harness(1).unwritableScratch(party).run();
    assertThat(result.failures().get(party))
        .is(Failures.code("intersection.spill"))
        .hasMessageContaining("on the disk of this party")
        .hasMessageContaining("raise spill_above");
    assertThat(result.rootFailure()).isSameAs(result.failures().get(party));
  }

  @ParameterizedTest
  @CsvSource({"rsa,1,gh", "ecdh,2,g", "dh,1,g"})
  void makingACache_waitsInFiles_andLeavesNone(String method, int hosts, String who) {
    SpillCase some = new SpillCase(method, "cache", hosts, 4);
    Result made = some.making(1).run().succeeded();
    for (Party party : some.parties()) {
      assertThat(SpillCase.spilled(made, party))
          .as("%s has files", party)
          .isEqualTo(who.contains(party.role().name().substring(0, 1)));
    }
  }

  @ParameterizedTest
  @CsvSource({"rsa,signed_ids", "ecdh,masked_ids"})
  void makingACache_thatIsStoppedOrHasNoDisk_leavesNothing(String method, String message) {
    SpillCase some = new SpillCase(method, "cache", 2, 5);
    AtomicReference<Thread> guest = new AtomicReference<>();
    UnaryOperator<Envelope> stop =
        e -> {
          if (e.from().equals(GUEST)) {
            guest.set(Thread.currentThread());
          } else if (e.from().id().equals("h1") && e.tag().name().equals(message)) {
            guest.get().interrupt();
          }
          return e;
        };
    assertThat(some.making(1).tamper(stop).run().failures().values())
        .anyMatch(SpilledIntersectionTest::isStop);
    assertThat(some.making(1).unwritableScratch(GUEST).run().rootFailure())
        .is(Failures.code("intersection.spill"));
  }
}

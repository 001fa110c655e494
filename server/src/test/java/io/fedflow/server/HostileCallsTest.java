package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.grpc.wire.Ack;
import io.fedflow.transport.grpc.wire.AnswerReply;
import io.fedflow.transport.grpc.wire.CommandReply;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.grpc.wire.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A member of the consortium sends damaged messages to every service, well signed, while a job of
 * others runs: each is answered clearly, the log stays short, and the job ends well. A failure
 * names the seed that shows it again.
 */
@Timeout(1800)
class HostileCallsTest {

  private static final int CALLS = Integer.getInteger("fedflow.hostile", 100);
  private static final long SEED = Long.getLong("fedflow.seed", 20_260_201L);
  private static final String PARTY = "30000";

  /** Kinds of refusals, once each, and a few words about the job that runs. */
  private static final int MOST_LINES = 20;

  @TempDir static Path folder;
  private static Consortium all;

  @BeforeAll
  static void start() throws Exception {
    all = Consortium.start(folder);
  }

  @AfterAll
  static void stop() {
    all.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HelloService/Hello",
        "CommandService/Send",
        "CommandService/Ask",
        "FederationService/Exchange"
      })
  void damagedMessages_areAnswered_andAJobRunsOn(String method) throws Exception {
    String job = all.waitingJob();
    HostileMessages messages = new HostileMessages(new Random(SEED), PARTY, job);
    int before = all.log().lines().size();
    int refused = 0;
    try (RawPeer peer = all.raw(PARTY)) {
      for (int i = 0; i < CALLS; i++) {
        if (i == CALLS / 4) {
          all.approve(job);
        }
        byte[][] sent = messages.next(method);
        RawPeer.Answer answer =
            i % 50 == 0 ? peer.call(method, Map.of(), sent) : peer.signed(method, sent);
        refused += clear(method, i, answer) ? 1 : 0;
      }
    }

    all.assertEndsWell(job);
    // A greeting is answered whatever it says, if it can be read.
    assertThat(refused)
        .as("refused of %d, seed %d", CALLS, SEED)
        .isGreaterThan(method.startsWith("Hello") ? CALLS / 20 : CALLS / 2);
    List<String> lines = all.log().lines().subList(before, all.log().lines().size());
    assertThat(lines.stream().filter(line -> line.contains(PARTY)))
        .as("lines about the caller, seed %d", SEED)
        .hasSizeBetween(0, MOST_LINES);
    assertThat(lines).as("seed %d", SEED).noneMatch(line -> line.contains("unexpected failure"));
    all.assertHealthy(all.waitingJob());
  }

  /** Whether a call was refused; anything but that or a good answer is an error. */
  private static boolean clear(String method, int number, RawPeer.Answer answer) throws Exception {
    String which = method + ' ' + number + ", seed " + SEED;
    if (answer.status() != 0) {
      assertThat(answer.words()).as(which).isNotBlank();
      assertThat(answer.words()).as(which).doesNotContain("Exception", "io.fedflow", "io.vertx");
      return true;
    }
    Outcome outcome;
    switch (method) {
      case "HelloService/Hello" -> {
        assertThat(HelloReply.parseFrom(answer.last()).getPartyIdsList())
            .as(which)
            .containsExactly(Consortium.HOST_ID);
        return false;
      }
      case "CommandService/Send" -> outcome = CommandReply.parseFrom(answer.last()).getOutcome();
      case "CommandService/Ask" -> outcome = AnswerReply.parseFrom(answer.last()).getOutcome();
      default -> outcome = Ack.parseFrom(answer.last()).getOutcome();
    }
    assertThat(outcome.hasDone() || outcome.hasFailure()).as(which).isTrue();
    if (outcome.hasFailure()) {
      assertThat(outcome.getFailure().getCode()).as(which).isNotBlank().isNotEqualTo("internal");
      assertThat(outcome.getFailure().getMessage())
          .as(which)
          .isNotBlank()
          .doesNotContain("Exception", "io.fedflow.", "io.vertx");
    }
    return outcome.hasFailure();
  }
}

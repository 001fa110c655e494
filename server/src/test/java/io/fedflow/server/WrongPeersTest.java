package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FedflowException;
import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.identity.authority.Authority;
import io.fedflow.identity.authority.KeyKind;
import io.fedflow.identity.authority.SiteKeys;
import io.fedflow.identity.authority.Wanted;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.server.cli.FedflowCommand;
import io.fedflow.transport.grpc.wire.CommandReply;
import io.fedflow.transport.grpc.wire.CommandRequest;
import io.fedflow.transport.grpc.wire.Failure;
import io.fedflow.transport.grpc.wire.StartTask;
import io.fedflow.transport.grpc.wire.Task;
import io.vertx.core.buffer.Buffer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What a server does to peers that are wrong, one by one: a clear error, one line in the log, a
 * server that goes on, and a job of others that waits meanwhile and ends well after all of them.
 */
@Timeout(300)
class WrongPeersTest {

  private static final String SEND = "CommandService/Send";
  private static final int INVALID_ARGUMENT = 3;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final Duration YEAR = Duration.ofDays(365);
  private static final String OTHERS_JOB = "202601010000000000009";

  @TempDir static Path folder;
  private static Consortium all;
  private static String job;

  @BeforeAll
  static void start() throws Exception {
    all = Consortium.start(folder);
    job = all.waitingJob();
  }

  @AfterEach
  void theServerIsHealthy_andTheJobWaits() throws Exception {
    all.assertHealthy(job);
  }

  @AfterAll
  static void theJobEndsWell() throws Exception {
    try {
      all.approve(job);
      all.assertEndsWell(job);
    } finally {
      all.close();
    }
  }

  private static PartyCommand word() {
    return new PartyCommand.StartTask(new TaskId(OTHERS_JOB, "lr_0", 0));
  }

  /** A command that a good peer may send: it is about a job that nobody knows. */
  private static CommandRequest.Builder command(String from) {
    return CommandRequest.newBuilder()
        .setProtocol(2)
        .setCommandId("id")
        .addFrom(from)
        .setTo(wire(Consortium.HOST))
        .setStartTask(
            StartTask.newBuilder()
                .setTask(Task.newBuilder().setJobId(OTHERS_JOB).setComponent("lr_0")));
  }

  private static io.fedflow.transport.grpc.wire.Party wire(Party party) {
    return io.fedflow.transport.grpc.wire.Party.newBuilder()
        .setRole(party.role().name())
        .setId(party.id())
        .build();
  }

  private static void logsOnce(String... words) {
    assertThat(
            all.log().lines().stream()
                .filter(line -> List.of(words).stream().allMatch(line::contains)))
        .as("lines with %s among %s", List.of(words), all.log().lines())
        .hasSize(1);
  }

  private static FedflowException failure(CompletionStage<?> stage) {
    Throwable failure = catchThrowable(() -> stage.toCompletableFuture().get());
    while (failure != null && !(failure instanceof FedflowException)) {
      failure = failure.getCause();
    }
    assertThat(failure).isNotNull();
    return (FedflowException) failure;
  }

  private static Failure failure(RawPeer.Answer answer) throws Exception {
    assertThat(answer.status()).as("%s", answer.words()).isZero();
    return CommandReply.parseFrom(answer.last()).getOutcome().getFailure();
  }

  private static void refused(Failure failure, String code, String... words) {
    assertThat(failure.getCode()).as("%s", failure).isEqualTo(code);
    assertThat(failure.getMessage()).contains(words);
  }

  @Test
  void aGoodPeer_isHeard() throws Exception {
    try (RawPeer good = all.raw("20000")) {
      refused(
          failure(good.signed(SEND, command("20000").build().toByteArray())),
          "job.unknown",
          OTHERS_JOB);
    }
    assertThat(all.log().lines()).noneMatch(line -> line.contains("'CN=party 20000'"));
  }

  @Test
  void refusedCertificate() throws Exception {
    Authority other =
        Authority.create(
            folder.resolve("other"), "Elsewhere", KeyKind.EC, Instant.now(), YEAR.multipliedBy(2));
    IdentityFolder stranger = new IdentityFolder(folder.resolve("stranger"));
    SiteKeys.issue(
        stranger, new Wanted(Set.of("20001"), false, List.of()), other, Instant.now(), YEAR);
    stranger.install(Authority.certificateFile(folder.resolve("authority")));
    try (Neighbour wrong =
        all.neighbour("20001", new LiveIdentity(stranger.load(), InstantSource.system()))) {
      FedflowException failure = failure(wrong.links().send(Consortium.HOST, word()));

      assertThat(failure.code()).isEqualTo("party.unreachable");
      assertThat(failure)
          .hasMessageContaining("the peer may not trust the certificate of this site");
    }
    logsOnce("'CN=party 20001'", "'CN=Elsewhere'", "its authority is unknown");
  }

  @Test
  void expiredCertificate() throws Exception {
    IdentityFolder expired = new IdentityFolder(folder.resolve("expired"));
    SiteKeys.issue(
        expired,
        new Wanted(Set.of("20002"), false, List.of()),
        Authority.open(folder.resolve("authority")),
        Instant.now().minus(Duration.ofDays(30)),
        Instant.now().minus(Duration.ofDays(10)));
    // It believes that it holds, and everybody else's, too.
    LiveIdentity late =
        new LiveIdentity(
            expired.load(), InstantSource.fixed(Instant.now().minus(Duration.ofMinutes(1))));
    LiveIdentity believing =
        new LiveIdentity(
            expired.load(), InstantSource.fixed(Instant.now().minus(Duration.ofDays(20))));
    assertThat(late.ownTrouble()).isPresent();
    try (Neighbour wrong = all.neighbour("20002", late)) {
      assertThat(failure(wrong.links().send(Consortium.HOST, word())))
          .hasMessageContainingAll("own certificate", "expired at", "party init --renew");
    }
    try (Neighbour wrong = all.neighbour("20002", believing)) {
      assertThat(failure(wrong.links().send(Consortium.HOST, word())).code())
          .isEqualTo("party.unreachable");
    }
  }

  @Test
  void revokedCertificate() throws Exception {
    try (Neighbour wrong = all.neighbour("20003");
        RawPeer open = all.raw("20003")) {
      assertThat(failure(wrong.links().send(Consortium.HOST, word())).code())
          .isEqualTo("job.unknown");
      StringWriter out = new StringWriter();
      CommandLine line =
          FedflowCommand.line("test", List.of())
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(out));
      String list = folder.resolve("revoked.pem").toString();
      String authority = folder.resolve("authority").toString();
      assertThat(
              line.execute(
                  "party", "revoke", "--party", "20003", "--authority", authority, "--out", list))
          .as("%s", out)
          .isZero();
      assertThat(out.toString()).contains("revoked 'CN=party 20003'", list);
      String identity = all.identityOf(Consortium.HOST_ID).toString();
      assertThat(line.execute("party", "trust", list, "--identity", identity))
          .as("%s", out)
          .isZero();
      assertThat(out.toString()).contains("revoked certificates that are refused here: 1");
      // The running server takes it by itself.
      all.log().await("revoked certificates: 1");

      FedflowException failure = failure(wrong.links().send(Consortium.HOST, word()));
      assertThat(failure.code()).isEqualTo("party.unreachable");
      Throwable raw =
          catchThrowable(
              () -> {
                RawPeer.Answer answer = open.signed(SEND, command("20003").build().toByteArray());
                assertThat(answer.words()).contains("was revoked at");
                assertThat(answer.status()).isNotZero();
              });
      assertThat(raw == null || raw instanceof java.util.concurrent.CompletionException).isTrue();
    }
    assertThat(
            all.log().lines().stream()
                .filter(line -> line.contains("'CN=party 20003'"))
                .filter(line -> line.contains("was revoked at")))
        .hasSizeBetween(1, 2);
  }

  @Test
  void wrongPartyIdInAValidCertificate() throws Exception {
    try (RawPeer wrong = all.raw("20004")) {
      byte[] message = command("9999").build().toByteArray();

      refused(
          failure(wrong.signed(SEND, message)),
          "party.not_certified",
          "[9999]",
          "allowed",
          "[20004]");
      refused(failure(wrong.signed(SEND, message)), "party.not_certified", "[20004]");
    }
    logsOnce("'CN=party 20004'", "[party.not_certified]");
  }

  @Test
  void replayedSignature() throws Exception {
    try (RawPeer wrong = all.raw("20005")) {
      byte[] message = command("20005").build().toByteArray();
      Map<String, String> signature = wrong.signature(SEND, message, 0);

      refused(failure(wrong.call(SEND, signature, message)), "job.unknown", OTHERS_JOB);
      refused(failure(wrong.call(SEND, signature, message)), "site.replayed", "used before");
      refused(failure(wrong.call(SEND, signature, message)), "site.replayed", "used before");
    }
    logsOnce("'CN=party 20005'", "[site.replayed]");
  }

  @Test
  void staleTimestamp() throws Exception {
    try (RawPeer wrong = all.raw("20006")) {
      byte[] message = command("20006").build().toByteArray();
      Map<String, String> old = wrong.signature(SEND, message, 61_000);
      Map<String, String> early = wrong.signature(SEND, message, -120_000);

      refused(failure(wrong.call(SEND, old, message)), "site.stale", "ms ago", "allowed 60000 ms");
      refused(failure(wrong.call(SEND, early, message)), "site.stale", "ms ahead");
    }
    logsOnce("'CN=party 20006'", "[site.stale]");
  }

  @Test
  void missingSignature_andOneOverSomethingElse() throws Exception {
    try (RawPeer wrong = all.raw("20007")) {
      byte[] message = command("20007").build().toByteArray();
      byte[] another = command("20007").setCommandId("another").build().toByteArray();

      refused(failure(wrong.call(SEND, Map.of(), message)), "site.unsigned", "--site-auth");
      refused(
          failure(wrong.call(SEND, wrong.signature(SEND, message, 0), another)),
          "site.signature",
          "changed on the way");
    }
    logsOnce("'CN=party 20007'", "[site.unsigned]");
    logsOnce("'CN=party 20007'", "[site.signature]");
  }

  @Test
  void wrongPermission() throws Exception {
    Party unwanted = Party.of("guest", Consortium.UNWANTED);
    Map<String, Object> conf =
        TestJobs.with(
            TestJobs.with(ThreeServers.conf(1), List.of(Consortium.UNWANTED), "role", "guest"),
            Map.of("role", "guest", "party_id", 10003),
            "initiator");
    try (Neighbour wrong = all.neighbour(Consortium.UNWANTED)) {
      FedflowException failure =
          failure(
              wrong
                  .links()
                  .send(
                      Consortium.HOST,
                      new PartyCommand.CreateJob(
                          OTHERS_JOB, TestJobs.demoDsl(), conf, unwanted, 1, 1)));
      assertThat(failure.code()).as("%s", failure).isEqualTo("policy.refused");
      assertThat(failure).hasMessageContainingAll("not them", "10003");
      FedflowException meddling =
          failure(
              wrong
                  .links()
                  .send(Consortium.HOST, new PartyCommand.StartTask(new TaskId(job, "lr_0", 0))));
      assertThat(meddling.code()).isEqualTo("party.not_entitled");
    }
    logsOnce("'CN=party 10003'", "[policy.refused]");
    logsOnce("'CN=party 10003'", "[party.not_entitled]");
    List<?> records = (List<?>) all.host().blocking().audit(0, 500, "party", "").get("records");
    assertThat(records.stream().map(String::valueOf))
        .anyMatch(record -> record.contains("10003") && record.contains("refused"));
  }

  @Test
  void oversizedMessage() throws Exception {
    try (RawPeer wrong = all.raw("20008")) {
      for (String method : List.of(SEND, "CommandService/Ask", "FederationService/Exchange")) {
        RawPeer.Answer answer =
            wrong.body(
                method,
                Map.of(),
                Buffer.buffer().appendByte((byte) 0).appendInt(9 << 20).appendBytes(new byte[99]));
        assertThat(answer.status()).isEqualTo(RESOURCE_EXHAUSTED);
        assertThat(answer.words()).contains("9437184 bytes", "allowed 8392704");
      }
    }
    logsOnce("'CN=party 20008'", "[protocol.too_large]");
  }

  @Test
  void unknownProtocolVersion() throws Exception {
    try (RawPeer wrong = all.raw("20009")) {
      for (int version : new int[] {1, 3, 4_000_000}) {
        byte[] message = command("20009").setProtocol(version).build().toByteArray();
        refused(
            failure(wrong.signed(SEND, message)),
            "protocol.version",
            "version " + version,
            "this site");
      }
    }
    logsOnce("'CN=party 20009'", "[protocol.version]");
  }

  @Test
  void malformedProtobuf() throws Exception {
    try (RawPeer wrong = all.raw("20010")) {
      for (String method :
          List.of("HelloService/Hello", SEND, "CommandService/Ask", "FederationService/Exchange")) {
        RawPeer.Answer answer = wrong.signed(method, new byte[] {10, 99, 1});
        assertThat(answer.status()).as(method).isEqualTo(INVALID_ARGUMENT);
        assertThat(answer.words()).isEqualTo("the message cannot be decoded");
      }
      refused(
          failure(wrong.signed(SEND, command("20010").clearStartTask().build().toByteArray())),
          "protocol.unknown_command",
          "later release");
    }
    logsOnce("'CN=party 20010'", "[protocol.malformed]");
  }
}

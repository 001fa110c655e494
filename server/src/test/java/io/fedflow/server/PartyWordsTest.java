package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.testkit.log.LogLines;
import io.fedflow.transport.route.SiteAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members of the consortium with good certificates meddle with a job of others, word by word: each
 * word is refused, logged and recorded, and the job ends as if nobody had said a word.
 */
@Timeout(300)
class PartyWordsTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final Party ARBITER = Party.of("arbiter", "10001");
  private static final Traffic NONE = new Traffic(0, 0, 0, 0);

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<String, SiteAddress> addresses = new HashMap<>();
  private TestServer guest;
  private TestServer host;
  private Neighbour stranger;
  private Neighbour arbiter;
  private LogLines log;

  /** The host approves its jobs, so that one waits for as long as a test needs. */
  @BeforeEach
  void start() throws Exception {
    log = new LogLines("io.fedflow");
    open.add(log);
    List<Integer> ports = ThreeServers.freePorts(3);
    for (int i = 0; i < ports.size(); i++) {
      addresses.put(ThreeServers.PARTIES.get(i), new SiteAddress("127.0.0.1", ports.get(i)));
    }
    Path policy =
        Files.writeString(
            folder.resolve("policy.json"),
            "{\"version\":1,\"rules\":[{\"name\":\"all\",\"type\":\"approve\",\"tables\":"
                + "[\"experiment.*\"]}]}");
    guest = server("9999", null);
    host = server("10000", policy);
    server("10001", null);
    guest.upload("breast_hetero_guest");
    host.upload("breast_hetero_host");
    stranger = neighbour(Neighbour.of(folder, "10002", addresses));
    arbiter =
        neighbour(
            Neighbour.with(
                folder.resolve("10001").resolve(ServerOptions.DEFAULT_IDENTITY),
                "10001",
                addresses));
  }

  private TestServer server(String party, Path policy) throws Exception {
    Path own = folder.resolve(party);
    TestIdentity.issue(folder, own, party, false);
    Map<String, SiteAddress> others = new HashMap<>(addresses);
    others.remove(party);
    TestServer server =
        TestServer.start(
            TestServer.options(own)
                .ports(0, addresses.get(party).port())
                .federation(Set.of(party), others)
                .policy(policy)
                .build());
    open.add(0, server);
    return server;
  }

  private Neighbour neighbour(Neighbour made) {
    open.add(0, made);
    return made;
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private static TaskId task(String job) {
    return new TaskId(job, "hetero_lr_0", 0);
  }

  private static List<PartyCommand> coordinatorsWords(String job) {
    return List.of(
        new PartyCommand.TellJobStatus(job, JobStatus.FAILED, 0, "sabotage"),
        new PartyCommand.PrepareTask(task(job)),
        new PartyCommand.StartTask(task(job)),
        new PartyCommand.TellTaskStatus(task(job), TaskStatus.FAILED, "sabotage"),
        new PartyCommand.RerunJob(job, 1, Map.of("hetero_lr_0", 1)),
        new PartyCommand.UpdateJob(job, 1, 1, Map.of("role", "sabotage")),
        new PartyCommand.AskSlots(job, 0, 7),
        new PartyCommand.ReturnSlots(job, 1));
  }

  private static List<PartyCommand> partiesWords(String job, Party self) {
    return List.of(
        new PartyCommand.ReportTask(task(job), self, TaskStatus.FAILED, "sabotage", false, NONE),
        new PartyCommand.AskAlign(job, List.of(self), 0),
        new PartyCommand.SlotsGranted(job, 1, Map.of(self, 1)),
        new PartyCommand.AskStop(job, "sabotage"),
        new PartyCommand.AskRerun(job, "sabotage", List.of(), true, 0),
        new PartyCommand.AskYield(job, 1));
  }

  @Test
  void nobodyElseMovesAJob() throws Exception {
    Map<String, Object> conf = ThreeServers.conf(1);
    String job = guest.blocking().submit(TestJobs.demoDsl(), conf).jobId();
    awaitWaiting(job);
    Party another = Party.of("host", "10002");

    for (PartyCommand word : coordinatorsWords(job)) {
      refused(stranger, HOST, word);
      refused(arbiter, HOST, word);
    }
    for (PartyCommand word : partiesWords(job, another)) {
      refused(stranger, GUEST, word);
    }
    for (PartyCommand word :
        List.of(
            new PartyCommand.CreateJob(
                job, TestJobs.demoDsl(), conf, Party.of("guest", "10002"), 1, 1))) {
      refused(stranger, HOST, word);
    }
    for (PartyQuestion question :
        List.of(
            new PartyQuestion.CollectTasks(job, List.of(task(job))),
            new PartyQuestion.CheckApproval(job),
            new PartyQuestion.CheckInheritance(job, List.of("hetero_lr_0")))) {
      assertThat(failure(stranger.links().ask(HOST, question)).code())
          .as("%s", question)
          .isEqualTo("party.not_entitled");
    }
    refusedMessage(stranger, new Envelope(task(job), another, HOST, tag(), payload()));
    // The arbiter takes part, but not in this role and not in this component.
    refusedMessage(
        arbiter, new Envelope(task(job), Party.of("host", "10001"), HOST, tag(), payload()));
    refusedMessage(
        arbiter, new Envelope(new TaskId(job, "dataio_0", 0), ARBITER, HOST, tag(), payload()));

    host.server().site().pipelines().approve(job, HOST, "me").toCompletableFuture().get();
    assertThat(guest.ended(job)).containsEntry("status", "success");
    assertThat(host.ended(job)).containsEntry("status", "success");
    theEndedJobIsSafe(job, another);
    whatHappenedIsKnown(job);
    assertThat(guest.blocking().submit(TestJobs.demoDsl(), conf).jobId()).isNotEqualTo(job);
  }

  private void theEndedJobIsSafe(String job, Party another) throws Exception {
    refused(stranger, HOST, new PartyCommand.RerunJob(job, 1, Map.of("hetero_lr_0", 1)));
    refused(stranger, HOST, new PartyCommand.UpdateJob(job, 1, 1, Map.of()));
    refused(stranger, GUEST, new PartyCommand.AskRerun(job, "sabotage", List.of(), true, 0));
    String model = "arbiter-10001#guest-9999#host-10000#model";
    for (PartyCommand word :
        List.of(
            new PartyCommand.DeployModel("202601010000000000009", model, job, Map.of()),
            new PartyCommand.LoadModel(job, model),
            new PartyCommand.MigrateModel(
                "202601010000000000009",
                model,
                job,
                new io.fedflow.party.Parties(Map.of(another.role(), List.of("10002"))),
                another))) {
      refused(stranger, HOST, word);
    }
    assertThat(host.ended(job)).containsEntry("status", "success");
  }

  /** Once a caller and kind of refusal in the log, every time in the record. */
  private void whatHappenedIsKnown(String job) throws Exception {
    assertThat(refusals("'CN=party 10002'")).hasSizeBetween(1, 2);
    assertThat(refusals("'CN=party 10001'")).hasSize(1);
    // Eight of the coordinator's words by either, the creation, three questions, three messages,
    // and five words after the end.
    int expected = 8 + 8 + 1 + 3 + 3 + 5;
    // A refusal is told before it is in the record.
    long end = System.nanoTime() + 30_000_000_000L;
    List<String> refused = refused();
    while (refused.size() < expected && System.nanoTime() < end) {
      refused = refused();
    }
    assertThat(refused).hasSize(expected);
    assertThat(refused.stream().filter(record -> record.contains("party.question"))).hasSize(3);
    assertThat(refused.stream().filter(record -> record.contains("party.message"))).hasSize(3);
    assertThat(refused).allSatisfy(record -> assertThat(record).contains(job));
    assertThat(refused).anySatisfy(record -> assertThat(record).contains("party.job.update"));
    assertThat(refused).allSatisfy(record -> assertThat(record).doesNotContain("10000 does not"));
  }

  private List<String> refused() throws Exception {
    List<?> records = (List<?>) host.blocking().audit(0, 500, "party", "").get("records");
    return records.stream()
        .filter(record -> "refused".equals(TestServer.at(record, "outcome")))
        .map(String::valueOf)
        .toList();
  }

  private List<String> refusals(String who) {
    return log.lines().stream()
        .filter(line -> line.contains(who) && line.contains("[party.not_entitled]"))
        .toList();
  }

  private void awaitWaiting(String job) throws Exception {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!String.valueOf(host.blocking().explain(job)).contains("approval")) {
      assertThat(System.nanoTime()).as("the job waits").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static void refused(Neighbour by, Party to, PartyCommand word) {
    FedflowException failure = failure(by.links().send(to, word));
    assertThat(failure.code()).as("%s: %s", word, failure).isEqualTo("party.not_entitled");
    assertThat(failure)
        .hasMessageContainingAll(word.getClass().getSimpleName(), "found", "allowed from");
  }

  private static void refusedMessage(Neighbour by, Envelope envelope) {
    FedflowException failure =
        catchThrowableOfType(FedflowException.class, () -> by.links().deliver(envelope));
    assertThat(failure).as("%s", envelope.key()).isNotNull();
    assertThat(failure.code()).isEqualTo("party.not_entitled");
  }

  private static MessageTag tag() {
    return MessageTag.of("sabotage");
  }

  private static Payload payload() {
    return Payload.ofBytes(new byte[] {1, 2, 3});
  }

  private static FedflowException failure(java.util.concurrent.CompletionStage<?> stage) {
    Throwable failure = catchThrowable(() -> stage.toCompletableFuture().get());
    while (failure instanceof ExecutionException || failure instanceof CompletionException) {
      failure = failure.getCause();
    }
    assertThat(failure).isInstanceOf(FedflowException.class);
    return (FedflowException) failure;
  }
}

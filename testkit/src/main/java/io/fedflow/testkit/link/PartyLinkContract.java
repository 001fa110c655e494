package io.fedflow.testkit.link;

import static io.fedflow.testkit.link.LinkWorld.GUEST;
import static io.fedflow.testkit.link.LinkWorld.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.Mailboxes;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.job.TaskStatus;
import io.fedflow.model.CheckpointStep;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.PartyLink;
import io.fedflow.testkit.stage.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link PartyLink} promises; the numbers are those of its documentation. */
public abstract class PartyLinkContract extends LinkContract {

  /** A site speaks for its own parties only, and plays several roles. */
  private static final Party GUEST_AS_ARBITER = new Party(Role.ARBITER, GUEST);

  private static final Party TO_HOST = new Party(Role.HOST, HOST);
  private static final Party TO_GUEST = new Party(Role.GUEST, GUEST);
  private static final TaskId TASK = new TaskId("job", "intersection_0", 1);

  @Test
  void L1_stageCompletes_onlyAfterTheSiteStored() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CompletableFuture<Void> stored = new CompletableFuture<>();
    PartyLink link =
        patientLinkTo(
            RecordingEngine.answering(
                command -> {
                  arrived.countDown();
                  return stored;
                }));

    CompletableFuture<Void> sent = link.send(TO_HOST, step("job", 0)).toCompletableFuture();
    assertThat(arrived.await(Await.SECONDS, TimeUnit.SECONDS)).isTrue();

    assertThat(sent).isNotDone();
    stored.complete(null);
    Await.value(sent);
  }

  @Test
  void L1_everyCommand_arrivesAsSent() throws Exception {
    RecordingEngine engine = RecordingEngine.accepting();
    PartyLink link = patientLinkTo(engine);

    for (PartyCommand command : everyCommand()) {
      Await.value(link.send(TO_HOST, command));
    }

    assertThat(engine.arrivals())
        .containsExactlyElementsOf(
            everyCommand().stream()
                .map(command -> new RecordingEngine.Arrival(TO_HOST, command))
                .toList());
  }

  @Test
  void L2_refusal_keepsKindCodeAndMessage() {
    for (FailureKind kind : FailureKind.values()) {
      FedflowException refusal = new FedflowException(kind, "some.code", "because of " + kind);
      PartyLink link = patientLinkTo(refusing(refusal));

      FedflowException failure = Await.failure(link.send(TO_HOST, step("job", 0)));

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.code()).isEqualTo("some.code");
      assertThat(failure).hasMessageContaining("because of " + kind);
      close();
    }
  }

  @Test
  void L2_refusedDocument_keepsItsProblems() {
    List<Problem> problems =
        List.of(
            new Problem("dsl/components/a", "unknown module", "Hetero", "one of: HeteroLR"),
            new Problem("conf/role", "no guest", "{}", "a guest"));
    PartyLink link = patientLinkTo(refusing(new ProblemsException(problems)));

    FedflowException failure = Await.failure(link.send(TO_HOST, step("job", 0)));

    assertThat(failure).isInstanceOf(ProblemsException.class);
    assertThat(((ProblemsException) failure).problems()).isEqualTo(problems);
  }

  @Test
  void L2_refusal_isNotTriedAgain() {
    RecordingEngine engine =
        refusing(new FedflowException(FailureKind.UNAVAILABLE, "store.down", "no disk"));
    PartyLink link = patientLinkTo(engine);

    Await.failure(link.send(TO_HOST, step("job", 0)));

    assertThat(engine.arrivals()).hasSize(1);
  }

  @Test
  void L3_siteThatIsDown_isUnreachableInTime() {
    open(IMPATIENT);

    FedflowException failure =
        Await.failure(world().partyLink(GUEST).send(TO_HOST, step("job", 0)));

    assertUnreachable(failure, TO_HOST);
  }

  @Test
  void L3_partyThatIsNowhere_isUnreachable() {
    open(IMPATIENT);
    Party nobody = Party.of("host", "10001");

    FedflowException failure = Await.failure(world().partyLink(GUEST).send(nobody, step("job", 0)));

    assertUnreachable(failure, nobody);
  }

  @Test
  void L3_siteThatCameBack_isReached() throws Exception {
    PartyLink link = patientLinkTo(RecordingEngine.accepting());
    Await.value(link.send(TO_HOST, step("job", 0)));
    RecordingEngine restarted = RecordingEngine.accepting();

    world().stop(HOST);
    CompletionStage<Void> sent = link.send(TO_HOST, step("job", 1));
    world().start(HOST, restarted, new Mailboxes());

    Await.value(sent);
    assertThat(restarted.about("job")).containsExactly(step("job", 1));
  }

  @Test
  void L4_commandsAboutOneJob_arriveInOrder() throws Exception {
    RecordingEngine engine = RecordingEngine.accepting();
    PartyLink link = patientLinkTo(engine);

    awaitAll(sendSteps(link, TO_HOST, "job", 100));

    assertThat(engine.about("job")).isEqualTo(steps("job", 100));
  }

  @Test
  void L4_order_outlastsARefusal() throws Exception {
    RecordingEngine engine =
        RecordingEngine.answering(
            command ->
                command.equals(step("job", 3))
                    ? CompletableFuture.failedStage(FedflowException.invalid("no.three", "three"))
                    : CompletableFuture.completedStage(null));
    PartyLink link = patientLinkTo(engine);

    List<CompletionStage<Void>> sent = sendSteps(link, TO_HOST, "job", 10);

    assertThat(Await.failure(sent.get(3)).code()).isEqualTo("no.three");
    Await.value(sent.get(9));
    assertThat(engine.about("job")).isEqualTo(steps("job", 10));
  }

  @Test
  void L4_order_holdsWhenTheSiteComesUpLate() throws Exception {
    open(PATIENT);
    RecordingEngine engine = RecordingEngine.accepting();

    List<CompletionStage<Void>> sent = sendSteps(world().partyLink(GUEST), TO_HOST, "job", 20);
    world().start(HOST, engine, new Mailboxes());

    awaitAll(sent);
    assertThat(engine.about("job")).isEqualTo(steps("job", 20));
  }

  @Test
  void L4_otherJobs_doNotWait() throws Exception {
    CompletableFuture<Void> never = new CompletableFuture<>();
    PartyLink link =
        patientLinkTo(
            RecordingEngine.answering(
                command ->
                    command.jobId().equals("stuck")
                        ? never
                        : CompletableFuture.completedStage(null)));

    CompletionStage<Void> stuck = link.send(TO_HOST, step("stuck", 0));
    Await.value(link.send(TO_HOST, step("other", 0)));

    assertThat(stuck.toCompletableFuture()).isNotDone();
    never.complete(null);
    Await.value(stuck);
  }

  @Test
  void L4_manyJobsInBothDirections_arriveComplete() throws Exception {
    RecordingEngine guest = RecordingEngine.accepting();
    RecordingEngine host = RecordingEngine.accepting();
    PartyLink toHost = patientLinkTo(host);
    world().start(GUEST, guest, new Mailboxes());
    PartyLink toGuest = world().partyLink(HOST);

    List<CompletionStage<Void>> sent = new ArrayList<>();
    for (int job = 0; job < 20; job++) {
      sent.addAll(sendSteps(toHost, TO_HOST, "job" + job, 10));
      sent.addAll(sendSteps(toGuest, TO_GUEST, "job" + job, 10));
    }

    awaitAll(sent);
    for (int job = 0; job < 20; job++) {
      assertThat(host.about("job" + job)).isEqualTo(steps("job" + job, 10));
      assertThat(guest.about("job" + job)).isEqualTo(steps("job" + job, 10));
    }
  }

  @Test
  void L5_everyQuestion_isAnsweredByTheParty() throws Exception {
    PartyCommand.ReportTask report =
        new PartyCommand.ReportTask(
            TASK, TO_HOST, TaskStatus.FAILED, "why", true, new Federation.Traffic(1, 2, 3, 4));
    List<PartyQuestion> asked = new CopyOnWriteArrayList<>();
    PartyLink link =
        patientLinkTo(
            RecordingEngine.accepting()
                .questions(
                    (to, question) -> {
                      assertThat(to).isEqualTo(TO_HOST);
                      asked.add(question);
                      return CompletableFuture.completedStage(
                          question instanceof PartyQuestion.CollectTasks
                              ? new PartyAnswer.Collected(List.of(report))
                              : question instanceof PartyQuestion.CheckApproval
                                  ? new PartyAnswer.Approval(true, 17_000_000_000_000L)
                                  : new PartyAnswer.Inheritable(List.of("b", "a")));
                    }));
    PartyQuestion collect =
        new PartyQuestion.CollectTasks("job", List.of(TASK, new TaskId("job", "other", 0)));
    PartyQuestion check = new PartyQuestion.CheckInheritance("ended", List.of("b", "c", "a"));

    assertThat(answer(link, collect)).isEqualTo(new PartyAnswer.Collected(List.of(report)));
    assertThat(answer(link, check)).isEqualTo(new PartyAnswer.Inheritable(List.of("b", "a")));
    PartyQuestion approval = new PartyQuestion.CheckApproval("job");
    assertThat(answer(link, approval))
        .isEqualTo(new PartyAnswer.Approval(true, 17_000_000_000_000L));
    assertThat(asked).containsExactly(collect, check, approval);
  }

  @Test
  void L5_aQuestionThatIsRefused_failsWithTheRefusal() {
    FedflowException refusal =
        new FedflowException(FailureKind.INVALID, "job.unknown", "never heard of it");
    PartyLink link =
        patientLinkTo(
            RecordingEngine.accepting()
                .questions((to, question) -> CompletableFuture.failedStage(refusal)));
    PartyQuestion question = new PartyQuestion.CheckInheritance("ended", List.of("a"));
    FedflowException failure = Await.failure(link.ask(TO_HOST, question).thenAccept(answer -> {}));
    assertThat(failure.kind()).isEqualTo(refusal.kind());
    assertThat(failure.code()).isEqualTo(refusal.code());
    assertThat(failure).hasMessageContaining("never heard of it");
  }

  private static PartyAnswer answer(PartyLink link, PartyQuestion question) throws Exception {
    CompletableFuture<PartyAnswer> answer = link.ask(TO_HOST, question).toCompletableFuture();
    Await.value(answer.thenAccept(given -> {}));
    return answer.join();
  }

  private PartyLink patientLinkTo(PartyLink hostEngine) {
    open(PATIENT);
    world().start(HOST, hostEngine, new Mailboxes());
    return world().partyLink(GUEST);
  }

  private static RecordingEngine refusing(FedflowException refusal) {
    return RecordingEngine.answering(command -> CompletableFuture.failedStage(refusal));
  }

  private static void assertUnreachable(FedflowException failure, Party party) {
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.code()).isEqualTo("party.unreachable");
    assertThat(failure).hasMessageContaining(party.toString());
  }

  private static List<CompletionStage<Void>> sendSteps(
      PartyLink link, Party to, String jobId, int count) {
    return steps(jobId, count).stream().map(step -> link.send(to, step)).toList();
  }

  private static void awaitAll(List<CompletionStage<Void>> sent) throws Exception {
    for (CompletionStage<Void> stage : sent) {
      Await.value(stage);
    }
  }

  private static List<PartyCommand> steps(String jobId, int count) {
    return IntStream.range(0, count).mapToObj(i -> step(jobId, i)).toList();
  }

  private static PartyCommand step(String jobId, int number) {
    return new PartyCommand.StartTask(new TaskId(jobId, "step", number));
  }

  private static List<PartyCommand> everyCommand() {
    Map<String, Object> dsl =
        Map.of("components", Map.of("reader_0", Map.of("module", "Reader", "ünïcode", "✓")));
    Map<String, Object> conf = Map.of("role", Map.of("guest", List.of("9999")), "dsl_version", "2");
    return Stream.<PartyCommand>of(
            new PartyCommand.CreateJob("job", dsl, conf, TO_GUEST, -7L, 1_767_225_600_000L),
            new PartyCommand.CreateJob(
                "heir",
                dsl,
                conf,
                TO_GUEST,
                1,
                2,
                new Inheritance("ended", List.of("b", "a"), Inheritance.Status.WAITING)),
            new PartyCommand.AskRerun("job", "me", List.of("b", "a"), true, 3),
            new PartyCommand.RerunJob("job", 2, Map.of("a", 3, "b", 0)),
            new PartyCommand.UpdateJob("job", 3, 5, conf),
            new PartyCommand.TellJobStatus(
                "job", 2, JobStatus.FAILED, 40, "host:10000 has no table"),
            new PartyCommand.StartTask(TASK),
            new PartyCommand.TellTaskStatus(TASK, TaskStatus.SUCCESS, ""),
            new PartyCommand.ReportTask(
                TASK,
                TO_GUEST,
                TaskStatus.RUNNING,
                "",
                true,
                new Federation.Traffic(1, 2, 3, 1L << 40)),
            new PartyCommand.AskSlots("job", 2, 5),
            new PartyCommand.SlotsGranted("job", 5, Map.of(GUEST_AS_ARBITER, 3, TO_GUEST, 0)),
            new PartyCommand.AskYield("job", 5),
            new PartyCommand.ReturnSlots("job", 4),
            new PartyCommand.AskStop("job", "alice at guest:9999"),
            new PartyCommand.AskStop("job", "alice", "host:10000 rejected the job"),
            new PartyCommand.PrepareTask(TASK),
            new PartyCommand.AskAlign(
                "job", List.of(GUEST_AS_ARBITER, TO_GUEST), 1_767_225_600_000L),
            new PartyCommand.DeployModel("version", "a#b#model", "trained", dsl),
            new PartyCommand.DeployModel(
                "version",
                "a#b#model",
                "trained",
                dsl,
                Map.of("lr_0", CheckpointStep.at(0), "tree_0", CheckpointStep.named("epoch_3"))),
            new PartyCommand.LoadModel("version", "a#b#model"),
            new PartyCommand.MigrateModel(
                "version",
                "a#b#model",
                "from",
                new Parties(Map.of(Role.GUEST, List.of("1"), Role.HOST, List.of("3", "2"))),
                TO_GUEST))
        .toList();
  }
}

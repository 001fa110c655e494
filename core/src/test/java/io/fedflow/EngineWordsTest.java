package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Plans;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.federation.MessageTag;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.PartyGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which site may say which word about a job, while it runs and after its end. */
@Timeout(60)
class EngineWordsTest {

  private static final Traffic NONE = new Traffic(0, 0, 0, 0);
  private static final Party STRANGER = new Party(Role.HOST, "77");
  private static final Set<String> GUESTS = Set.of("1");
  private static final Set<String> HOSTS = Set.of("2");
  private static final Set<String> STRANGERS = Set.of("77");

  private final CountDownLatch inside = new CountDownLatch(2);
  private final CountDownLatch gate = new CountDownLatch(1);
  private Fedflow site;
  private String job;

  @BeforeEach
  void runAJob() throws InterruptedException {
    site =
        EngineStores.site()
            .components(
                new ComponentCatalog(
                    List.of(
                        Fake.of(
                            "Held",
                            context -> {
                              inside.countDown();
                              gate.await();
                              return TaskOutputs.none();
                            }),
                        Fake.of("Alone", Set.of(Role.GUEST), context -> TaskOutputs.none()))))
            .build();
    Pipeline pipeline = Plans.two();
    pipeline.add("held", "Held");
    pipeline.add("alone", "Alone");
    job = Await.value(site.pipelines().submit(pipeline.compile())).jobId();
    assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void stop() {
    gate.countDown();
    site.close();
  }

  private TaskId task(String component) {
    return new TaskId(job, component, 0);
  }

  private PartyCommand.ReportTask report(String component, Party party) {
    return new PartyCommand.ReportTask(task(component), party, TaskStatus.SUCCESS, "", false, NONE);
  }

  private void refused(Set<String> from, Party to, PartyCommand word, String... why) {
    refused(Await.failure(site.localParties().admit(from, to, word)), word, why);
  }

  private void refused(FedflowException failure, Object word, String... why) {
    assertThat(failure.code()).as("%s", word).isEqualTo(PartyGate.NOT_ENTITLED);
    assertThat(failure.kind()).isEqualTo(FailureKind.PEER);
    assertThat(failure)
        .hasMessageContainingAll(word.getClass().getSimpleName(), "found", "allowed");
    assertThat(failure).hasMessageContainingAll(why);
  }

  private void passes(Set<String> from, Party to, PartyCommand word) {
    Await.value(site.localParties().admit(from, to, word));
  }

  private List<PartyCommand> coordinatorsWords() {
    return List.of(
        new PartyCommand.TellJobStatus(job, JobStatus.FAILED, 0, "because"),
        new PartyCommand.PrepareTask(task("held")),
        new PartyCommand.StartTask(task("held")),
        new PartyCommand.TellTaskStatus(task("held"), TaskStatus.FAILED, ""),
        new PartyCommand.RerunJob(job, 1, Map.of("held", 1)),
        new PartyCommand.UpdateJob(job, 1, 1, Map.of()),
        new PartyCommand.AskSlots(job, 0, 1),
        new PartyCommand.ReturnSlots(job, 1),
        new PartyCommand.CreateJob(job, Map.of(), Map.of(), GUEST, 1, 1));
  }

  private void onlyTheCoordinatorMovesTheJob() {
    for (PartyCommand word : coordinatorsWords()) {
      passes(GUESTS, HOST, word);
      refused(HOSTS, HOST, word, "parties [2]", "the site that coordinates the job");
      refused(STRANGERS, HOST, word, "parties [77]", "the site that coordinates the job");
      refused(Set.of(), HOST, word, "parties []");
    }
    Party another = new Party(Role.HOST, "1");
    refused(
        GUESTS,
        HOST,
        new PartyCommand.CreateJob(job, Map.of(), Map.of(), another, 1, 1),
        "initiator host:1");
  }

  private void onlyItsPartiesWishSomethingOfTheJob() {
    for (PartyCommand word :
        List.of(
            new PartyCommand.AskStop(job, "me"),
            new PartyCommand.AskRerun(job, "me", List.of(), false, 0),
            new PartyCommand.AskYield(job, 1))) {
      passes(GUESTS, GUEST, word);
      passes(HOSTS, GUEST, word);
      refused(STRANGERS, GUEST, word, "parties [77]", "a site of the job's parties");
    }
  }

  private void onlyWhoTakesPartReports() {
    Party guestAsHost = new Party(Role.HOST, "1");
    passes(HOSTS, GUEST, report("held", HOST));
    refused(STRANGERS, GUEST, report("held", HOST), "parties [77]", "the site of [host:2]");
    refused(STRANGERS, GUEST, report("held", STRANGER), "host:77", "that run held");
    refused(GUESTS, GUEST, report("held", guestAsHost), "host:1", "that run held");
    passes(HOSTS, GUEST, new PartyCommand.AskAlign(job, List.of(HOST), 0));
    refused(HOSTS, GUEST, new PartyCommand.AskAlign(job, List.of(GUEST), 0), "parties [2]");
    refused(
        STRANGERS, GUEST, new PartyCommand.AskAlign(job, List.of(STRANGER), 0), "found host:77");
    refused(HOSTS, GUEST, new PartyCommand.AskAlign(job, List.of(), 0), "the site of []");
    refused(HOSTS, GUEST, new PartyCommand.SlotsGranted(job, 1, Map.of()), "the site of []");
    passes(HOSTS, GUEST, new PartyCommand.SlotsGranted(job, 1, Map.of(HOST, 1)));
    refused(
        STRANGERS,
        GUEST,
        new PartyCommand.SlotsGranted(job, 1, Map.of(STRANGER, 1)),
        "found host:77",
        "in their roles");
    refused(GUESTS, GUEST, new PartyCommand.SlotsGranted(job, 1, Map.of(guestAsHost, 1)), "host:1");
  }

  private void onlyItsPartiesAsk() {
    PartyQuestion collect = new PartyQuestion.CollectTasks(job, List.of(task("held")));
    Await.value(site.localParties().admit(GUESTS, HOST, collect));
    refused(Await.failure(site.localParties().admit(HOSTS, HOST, collect)), collect, "parties [2]");
    for (PartyQuestion question :
        List.of(
            new PartyQuestion.CheckApproval(job),
            new PartyQuestion.CheckInheritance(job, List.of("held")))) {
      Await.value(site.localParties().admit(HOSTS, HOST, question));
      refused(
          Await.failure(site.localParties().admit(STRANGERS, HOST, question)),
          question,
          "parties [77]");
    }
  }

  private void everyWord() {
    onlyTheCoordinatorMovesTheJob();
    onlyItsPartiesWishSomethingOfTheJob();
    onlyWhoTakesPartReports();
    onlyItsPartiesAsk();
  }

  @Test
  void aRunningJobIsMovedByItsOwnPartiesOnly() {
    everyWord();
    // A party of the job, but not of this task.
    refused(HOSTS, GUEST, report("alone", HOST), "host:2", "that run alone");
    refused(HOSTS, GUEST, report("nothing", HOST), "that run nothing");
  }

  @Test
  void anEndedJobIsMovedByItsOwnPartiesOnly() {
    gate.countDown();
    Await.value(site.engine().gone(job));
    everyWord();
  }

  @Test
  void messagesComeFromPartiesOfTheTask() {
    site.localParties().admit(message("held", HOST, GUEST));
    List<Envelope.Key> wrong =
        new ArrayList<>(
            List.of(
                message("held", STRANGER, GUEST),
                message("held", new Party(Role.HOST, "1"), GUEST),
                message("held", HOST, new Party(Role.ARBITER, "1")),
                message("alone", HOST, GUEST),
                message("nothing", HOST, GUEST)));
    for (Envelope.Key key : wrong) {
      FedflowException failure =
          catchThrowableOfType(FedflowException.class, () -> site.localParties().admit(key));
      assertThat(failure).as("%s", key).isNotNull();
      assertThat(failure.code()).isEqualTo(PartyGate.NOT_ENTITLED);
      assertThat(failure).hasMessageContainingAll("message block", "allowed from parties");
    }
  }

  private Envelope.Key message(String component, Party from, Party to) {
    return new Envelope.Key(task(component), from, to, MessageTag.of("block"));
  }

  @Test
  void onlyAPartyOfAModelMovesIt() {
    gate.countDown();
    Await.value(site.engine().gone(job));
    Parties others = new Parties(Map.of(Role.GUEST, List.of("77")));
    for (PartyCommand word :
        List.of(
            new PartyCommand.DeployModel("202601010000000000009", "m", job, Map.of()),
            new PartyCommand.LoadModel(job, "m"),
            new PartyCommand.MigrateModel("202601010000000000009", "m", job, others, STRANGER))) {
      passes(GUESTS, HOST, word);
      passes(HOSTS, HOST, word);
      refused(STRANGERS, HOST, word, "parties [77]", "a site of the model's parties");
    }
  }

  @Test
  void nobodyTakesOverFromAJobOfOthers() {
    PartyCommand.CreateJob heir =
        new PartyCommand.CreateJob(
            "202601010000000000009",
            Map.of(),
            Map.of(),
            STRANGER,
            1,
            1,
            new Inheritance(job, List.of("held"), Inheritance.Status.WAITING));
    refused(STRANGERS, HOST, heir, "takes over", "parties [77]");
    passes(GUESTS, HOST, heir);
  }

  @Test
  void aJobThatIsNotKnownIsNobodys() {
    CompletionStage<Void> unknown =
        site.localParties()
            .admit(STRANGERS, HOST, new PartyCommand.AskStop("202601010000000000009", "me"));
    Await.value(unknown);
    assertThat(
            Await.failure(
                    site.localParties()
                        .send(HOST, new PartyCommand.AskStop("202601010000000000009", "me")))
                .code())
        .isEqualTo("job.unknown");
  }
}

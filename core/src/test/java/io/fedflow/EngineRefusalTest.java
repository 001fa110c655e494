package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.Stores;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parties that refuse jobs, come late or get commands again. */
@Timeout(60)
class EngineRefusalTest {

  private static final Fake SUM =
      Fake.of(
          "Sum",
          context -> {
            double[] values = context.inputs().first("data").orElseThrow().numbers("x");
            return Jobs.output(values[0] + values[1]);
          });

  private final Stores stores = EngineStores.fresh();

  private Fedflow site(UnaryOperator<PartyLink> link) {
    return Fedflow.builder()
        .stores(stores)
        .components(new ComponentCatalog(List.of(SUM, Fake.idle("Idle"))))
        .links(
            (own, mailboxes) -> new FedflowBuilder.Links(link.apply(own), mailboxes, party -> true))
        .peerPatience(java.time.Duration.ofMillis(200))
        .build();
  }

  private static Map<String, Object> tables(String name) {
    return Map.of(
        "args",
        Map.of("data", Map.of("train", List.of(Map.of("namespace", "demo", "name", name)))));
  }

  /** A version 1 job whose tables the conf names. */
  private static JobDocuments summing() {
    return new JobDocuments(
        Map.of(
            "components",
            Map.of(
                "sum",
                Map.of(
                    "module", "Sum",
                    "input", Map.of("data", Map.of("data", List.of("args.train"))),
                    "output", Map.of("data", List.of("out"))))),
        Map.of(
            "initiator", Map.of("role", "guest", "party_id", 1),
            "role", Map.of("guest", List.of(1), "host", List.of(2)),
            "job_parameters", Map.of("work_mode", 0),
            "role_parameters", Map.of("guest", tables("g"), "host", tables("h")),
            "algorithm_parameters", Map.of()));
  }

  private static JobDocuments idle() {
    Pipeline pipeline = Plans.two();
    pipeline.add("idle", "Idle");
    return pipeline.compile();
  }

  private static void nothingIsLive(Fedflow site) {
    Await.until("nothing is live", () -> site.engine().live().isEmpty());
    assertThat(site.queue().running()).isEmpty();
  }

  @Test
  void boundTablesFlowIn() {
    try (Fedflow site = site(own -> own)) {
      site.data().store(StoreRequest.upload("demo", "g"), Jobs.table(1, 2));
      site.data().store(StoreRequest.upload("demo", "h"), Jobs.table(3, 4));
      JobHandle handle = Await.value(site.submit(summing()));
      assertThat(Await.value(handle.completion()))
          .isEqualTo(new JobHandle.Outcome(JobStatus.SUCCESS, ""));
      var part = Jobs.part(site, handle.jobId(), "sum", HOST);
      var output = Await.value(site.tracking().outputs(part.task(), HOST)).get(0);
      assertThat(output.dataName()).isEqualTo("out");
      assertThat(site.data().read(output.namespace(), output.name()).numbers("x"))
          .containsExactly(7);
    }
  }

  @RepeatedTest(10)
  void anUnknownTableIsRefusedAtSubmission() {
    try (Fedflow site = site(own -> own)) {
      site.data().store(StoreRequest.upload("demo", "g"), Jobs.table(1, 2));
      FedflowException failure = Await.failure(site.submit(summing()));
      assertThat(failure.code()).isEqualTo("table.unknown");
      assertThat(failure).hasMessageContaining("host:2 sum").hasMessageContaining("args.train");
      nothingIsLive(site);
      assertThat(Jobs.allViews(site))
          .extracting(JobRow::party, JobRow::status)
          .containsExactly(org.assertj.core.groups.Tuple.tuple(GUEST, JobStatus.FAILED));
      assertThat(Jobs.allViews(site).get(0).cause())
          .startsWith("host:2 refused the job: host:2 sum: table");
    }
  }

  @RepeatedTest(10)
  void aPartyThatCreatesTheJobAfterItsEndDoesNotKeepIt() {
    CompletableFuture<Void> late = new CompletableFuture<>();
    UnaryOperator<PartyLink> slowGuest =
        own ->
            (to, command) -> {
              if (!(command instanceof PartyCommand.CreateJob)) {
                return own.send(to, command);
              }
              return to.equals(GUEST)
                  ? late.thenCompose(now -> own.send(to, command))
                  : CompletableFuture.failedStage(FedflowException.peer("party.busy", "no time"));
            };
    try (Fedflow site = site(slowGuest)) {
      assertThat(Await.failure(site.submit(idle())).code()).isEqualTo("party.busy");
      late.complete(null);
      Await.until(
          "the guest has the end",
          () -> Jobs.allViews(site).stream().anyMatch(row -> row.status() == JobStatus.FAILED));
      nothingIsLive(site);
    }
  }

  @RepeatedTest(10)
  void aJobThatIsStoppedOnItsWayIntoTheQueueTakesNoPlaceInIt() {
    CompletableFuture<Void> hold = new CompletableFuture<>();
    CompletableFuture<String> waits = new CompletableFuture<>();
    UnaryOperator<PartyLink> slowWord =
        own ->
            (to, command) -> {
              if (!(command instanceof PartyCommand.AskSlots)) {
                return own.send(to, command);
              }
              waits.complete(command.jobId());
              return hold.thenCompose(now -> own.send(to, command));
            };
    try (Fedflow site = site(slowWord)) {
      CompletionStage<JobHandle> handle = site.submit(idle());
      String jobId = Await.value(waits);
      assertThat(Await.value(site.pipelines().stop(jobId, "me"))).isTrue();
      hold.complete(null);
      assertThat(Await.failure(handle).kind()).isEqualTo(FailureKind.CANCELLED);
      nothingIsLive(site);
      assertThat(site.queue().waiting()).isEmpty();
      assertThat(Jobs.allViews(site))
          .hasSize(2)
          .allSatisfy(row -> assertThat(row.status()).isEqualTo(JobStatus.CANCELED));
      // The next job gets the place.
      assertThat(site.queue().running()).isEmpty();
    }
  }

  @Test
  void aCreationThatComesAgainChangesNothing() {
    AtomicReference<PartyCommand> creation = new AtomicReference<>();
    UnaryOperator<PartyLink> recording =
        own ->
            (to, command) -> {
              if (command instanceof PartyCommand.CreateJob) {
                creation.set(command);
                return own.send(to, command).thenCompose(ok -> own.send(to, command));
              }
              return own.send(to, command);
            };
    try (Fedflow site = site(recording)) {
      JobHandle handle = Await.value(site.submit(idle()));
      assertThat(Await.value(handle.completion()).good()).isTrue();
      List<JobRow> before = Jobs.views(site, handle.jobId());
      Await.value(site.localParties().send(HOST, creation.get()));
      assertThat(Jobs.views(site, handle.jobId())).isEqualTo(before);
      nothingIsLive(site);
    }
  }

  @Test
  void everyCommandMayComeTwiceOrThrow() {
    UnaryOperator<PartyLink> twice =
        own -> (to, command) -> own.send(to, command).thenCompose(ok -> own.send(to, command));
    try (Fedflow site = site(twice)) {
      JobHandle handle = Await.value(site.submit(idle()));
      assertThat(Await.value(handle.completion()).good()).isTrue();
      nothingIsLive(site);
    }
    UnaryOperator<PartyLink> throwing =
        own ->
            (to, command) -> {
              throw new IllegalStateException("a link with a bug");
            };
    try (Fedflow site = site(throwing)) {
      assertThat(site.submit(idle()).toCompletableFuture())
          .failsWithin(java.time.Duration.ofSeconds(20))
          .withThrowableThat()
          .withMessageContaining("a link with a bug");
      nothingIsLive(site);
    }
  }

  @Test
  void aTaskThatCannotBeStartedAtAPartyFailsTheJob() {
    UnaryOperator<PartyLink> refusing =
        own ->
            (to, command) ->
                command instanceof PartyCommand.StartTask && to.equals(HOST)
                    ? CompletableFuture.failedStage(
                        new FedflowException(
                            FailureKind.UNAVAILABLE, "party.unreachable", "host is away"))
                    : own.send(to, command);
    try (Fedflow site = site(refusing)) {
      JobHandle handle = Await.value(site.submit(idle()));
      assertThat(Await.value(handle.completion()))
          .isEqualTo(
              new JobHandle.Outcome(
                  JobStatus.FAILED,
                  "host:2 idle could not start: host is away [party.unreachable]"));
      assertThat(Jobs.part(site, handle.jobId(), "idle", HOST).partyStatus())
          .isEqualTo(TaskStatus.CANCELED);
      nothingIsLive(site);
    }
  }

  @Test
  void aReportIsRepeatedUntilItArrives() {
    java.util.concurrent.atomic.AtomicInteger tries =
        new java.util.concurrent.atomic.AtomicInteger();
    UnaryOperator<PartyLink> losing =
        own ->
            (to, command) -> {
              if (command instanceof PartyCommand.ReportTask report
                  && report.party().equals(HOST)
                  && tries.incrementAndGet() < 2) {
                throw new IllegalStateException("lost");
              }
              return own.send(to, command);
            };
    try (Fedflow site = site(losing)) {
      JobHandle handle = Await.value(site.submit(idle()));
      assertThat(Await.value(handle.completion()).good()).isTrue();
      assertThat(tries.get()).isEqualTo(2);
    }
  }

  @Test
  void aPartyThatIsNotInTheJobIsRefused() {
    try (Fedflow site = site(own -> own)) {
      JobDocuments documents = idle();
      PartyCommand wrong =
          new PartyCommand.CreateJob(Plans.JOB, documents.dsl(), documents.conf(), GUEST, 1, 1);
      Party stranger = new Party(io.fedflow.party.Role.HOST, "99");
      assertThat(Await.failure(site.localParties().send(stranger, wrong)).code())
          .isEqualTo("job.parties");
      assertThat(
              Await.failure(
                      site.localParties()
                          .send(HOST, new PartyCommand.StartTask(Plans.task("idle"))))
                  .code())
          .isEqualTo("job.unknown");
      assertThat(site.engine().live()).isEmpty();
    }
  }

  @Test
  void stoppingAJobThatIsNotHereSaysSo() {
    try (Fedflow site = site(own -> own)) {
      assertThat(Await.value(site.pipelines().stop(Plans.JOB, "me"))).isFalse();
      assertThat(Await.value(site.pipelines().planOf(Plans.JOB))).isEmpty();
    }
  }

  @Test
  void theOutputsOfAComponentCanBeRead() {
    Fake reads =
        Fake.of(
            "Reads",
            context -> {
              assertThat(context.tables().read("demo", "g").rowCount()).isEqualTo(1);
              return TaskOutputs.none();
            });
    try (Fedflow site =
        EngineStores.site().components(new ComponentCatalog(List.of(reads))).build()) {
      site.data().store(StoreRequest.upload("demo", "g"), Jobs.table(1));
      Pipeline pipeline = Plans.two();
      pipeline.add("reads", "Reads");
      assertThat(Await.value(Await.value(site.submit(pipeline.compile())).completion()).good())
          .isTrue();
    }
  }
}

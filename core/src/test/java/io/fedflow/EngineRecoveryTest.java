package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.TwoSites;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TaskQuery;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A new site on what a crashed one left. */
@Timeout(60)
class EngineRecoveryTest {

  private final Stores stores = EngineStores.fresh();
  private final FlakyJobStore cut = new FlakyJobStore(stores.jobs());
  private final Gate gate = new Gate();
  private final Fake gated =
      Fake.of(
          "Gated",
          context -> {
            if (context.task().version() == 0) {
              gate.enter(context);
            }
            context.tracker().metric("train", "loss", List.of(new MetricPoint(0, 0.5)));
            return Jobs.output(context.seed());
          });
  private final ComponentCatalog catalog =
      new ComponentCatalog(List.of(gated, Fake.of("Step", context -> Jobs.output(1))));
  private final Fedflow old =
      Fedflow.builder().stores(cut.in(stores)).components(catalog).slots(4).build();
  private Fedflow again;

  @AfterEach
  void close() {
    old.close();
    if (again != null) {
      again.close();
    }
  }

  private static Pipeline pipeline() {
    Pipeline pipeline = Plans.two();
    pipeline.add("step", "Step");
    pipeline.add("gated", "Gated").data("step");
    pipeline.add("after", "Step").data("gated");
    return pipeline;
  }

  /** From now on the old process writes nothing any more, and a new one goes on. */
  private void crash(ComponentCatalog components) {
    cut.commits((number, turn, sound) -> new CompletableFuture<>());
    again = Fedflow.builder().stores(stores).components(components).build();
    again.recover();
    Await.until("nothing is live", () -> again.engine().live().isEmpty());
  }

  private List<String> attempts(String jobId, String component) {
    TaskQuery all =
        new TaskQuery(
            List.of(jobId),
            List.of(component),
            List.of(),
            List.of(),
            Set.of(),
            Set.of(),
            false,
            0,
            100);
    return Await.value(stores.jobs().tasks(all)).stream()
        .map(
            row ->
                row.party()
                    + " "
                    + row.task().version()
                    + " "
                    + row.status()
                    + " "
                    + row.partyStatus()
                    + (row.lost() ? " lost" : ""))
        .toList();
  }

  @RepeatedTest(10)
  void aRunningJobGoesOnWithNewAttemptsOfWhatRan() {
    JobHandle handle = Await.value(old.submit(pipeline().compile()));
    gate.awaitInside(2);
    crash(catalog);
    assertThat(Jobs.views(again, handle.jobId()))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.status()).isEqualTo(JobStatus.SUCCESS));
    assertThat(attempts(handle.jobId(), "step"))
        .containsExactlyInAnyOrder("guest:1 0 SUCCESS SUCCESS", "host:2 0 SUCCESS SUCCESS");
    assertThat(attempts(handle.jobId(), "gated"))
        .containsExactlyInAnyOrder(
            "guest:1 0 FAILED FAILED lost",
            "host:2 0 FAILED FAILED lost",
            "guest:1 1 SUCCESS SUCCESS",
            "host:2 1 SUCCESS SUCCESS");
    assertThat(Jobs.part(again, handle.jobId(), "after", HOST).task().version()).isZero();
    for (Party party : List.of(GUEST, HOST)) {
      var current = Jobs.part(again, handle.jobId(), "gated", party).task();
      assertThat(Await.value(again.tracking().metrics(current, party))).hasSize(1);
    }
    List<JobEvent> events = Jobs.events(again, handle.jobId());
    assertThat(events)
        .extracting(JobEvent::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(Await.value(stores.jobs().unfinished())).isEmpty();
  }

  @Test
  void aJobInTheQueueKeepsItsPlace() {
    JobHandle first = Await.value(old.submit(pipeline().compile()));
    gate.awaitInside(2);
    Pipeline steps = Plans.two();
    steps.add("step", "Step");
    JobHandle second = Await.value(old.submit(steps.compile()));
    assertThat(old.queue().waiting()).containsExactly(second.jobId());
    crash(catalog);
    assertThat(Jobs.allViews(again)).hasSize(4);
    assertThat(Jobs.allViews(again)).extracting(JobRow::status).containsOnly(JobStatus.SUCCESS);
    assertThat(Jobs.views(again, second.jobId()).get(0).startTime())
        .isGreaterThanOrEqualTo(Jobs.views(again, first.jobId()).get(0).startTime());
    assertThat(again.queue().running()).isEmpty();
  }

  @Test
  void aJobThatWasNeverAcceptedIsFailedEverywhere() {
    cut.commits(
        (number, turn, sound) ->
            turn.coordination().filter(row -> row.revision() > 1).isPresent()
                ? new CompletableFuture<>()
                : sound.commit(turn));
    var submitted = old.submit(pipeline().compile());
    Await.until("both created it", () -> Jobs.allViews(old).size() == 2);
    crash(catalog);
    assertThat(submitted.toCompletableFuture()).isNotDone();
    assertThat(Jobs.allViews(again))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.status()).isEqualTo(JobStatus.FAILED);
              assertThat(row.cause()).contains("restarted before the job was created");
            });
  }

  @Test
  void aTaskThatKillsItsProcessEveryTimeFailsInTheEnd() {
    JobHandle handle = Await.value(old.submit(pipeline().compile()));
    gate.awaitInside(2);
    Stores left = stores;
    cut.commits((number, turn, sound) -> new CompletableFuture<>());
    for (int restart = 1; ; restart++) {
      FlakyJobStore dying = new FlakyJobStore(left.jobs());
      Gate inside = new Gate();
      Fake deadly =
          Fake.of(
              "Gated",
              context -> {
                inside.enter(context);
                return TaskOutputs.none();
              });
      again =
          Fedflow.builder()
              .stores(dying.in(left))
              .components(new ComponentCatalog(List.of(deadly, Fake.idle("Step"))))
              .build();
      again.recover();
      Await.until(
          "it runs again or is over",
          () -> inside.threads().size() == 2 || again.engine().live().isEmpty());
      if (again.engine().live().isEmpty()) {
        assertThat(restart).isEqualTo(11);
        JobRow row = Jobs.views(again, handle.jobId()).get(0);
        assertThat(row.status()).isEqualTo(JobStatus.FAILED);
        assertThat(row.cause()).contains("its server stopped while it ran", "lost 11 times");
        return;
      }
      dying.commits((number, turn, sound) -> new CompletableFuture<>());
    }
  }

  @Test
  void aJobWhoseComponentsAreGoneIsFailedAndTheSiteStarts() {
    JobHandle handle = Await.value(old.submit(pipeline().compile()));
    gate.awaitInside(2);
    crash(new ComponentCatalog(List.of(Fake.idle("Other"))));
    assertThat(Jobs.views(again, handle.jobId()))
        .allSatisfy(
            row -> {
              assertThat(row.status()).isEqualTo(JobStatus.FAILED);
              assertThat(row.cause()).contains("do not plan any more");
            });
    assertThat(Jobs.part(again, handle.jobId(), "gated", HOST).partyStatus())
        .isEqualTo(TaskStatus.FAILED);
  }

  @Test
  void nothingLiveMeansNothingToDo() {
    Pipeline steps = Plans.two();
    steps.add("step", "Step");
    JobHandle handle = Await.value(old.submit(steps.compile()));
    Await.value(handle.completion());
    List<JobRow> before = Jobs.allViews(old);
    crash(catalog);
    assertThat(Jobs.allViews(again)).isEqualTo(before);
    Pipeline next = Plans.two();
    next.add("step", "Step");
    assertThat(Await.value(Await.value(again.submit(next.compile())).completion()).good()).isTrue();
  }

  @RepeatedTest(5)
  void aHostThatRestartsGetsItsPartStartedAgain() {
    restartOf(HOST);
  }

  @RepeatedTest(5)
  void aGuestThatRestartsGoesOnCoordinating() {
    restartOf(GUEST);
  }

  private void restartOf(Party party) {
    try (TwoSites sites = new TwoSites(catalog)) {
      JobHandle handle = Await.value(sites.at(GUEST).submit(pipeline().compile()));
      gate.awaitInside(2);
      // A process that died writes nothing any more: its last word must be there.
      Await.until(
          "all know that it runs",
          () ->
              Stream.of(GUEST, HOST)
                  .map(each -> Jobs.part(sites.at(each), handle.jobId(), "gated", each))
                  .allMatch(part -> part.status() == TaskStatus.RUNNING));
      Fedflow before = sites.at(party);
      sites.start(party).recover();
      before.close();
      Jobs.awaitAll(sites.at(GUEST), handle.jobId(), JobStatus.SUCCESS);
      Jobs.awaitAll(sites.at(HOST), handle.jobId(), JobStatus.SUCCESS);
      for (Party each : List.of(GUEST, HOST)) {
        assertThat(Jobs.part(sites.at(each), handle.jobId(), "gated", each).task().version())
            .isEqualTo(1);
        Await.until("nothing is live", () -> sites.at(each).engine().live().isEmpty());
      }
    }
  }

  @Test
  void twoSitesRunAJob() {
    try (TwoSites sites = new TwoSites(catalog)) {
      Pipeline steps = Plans.two();
      steps.add("step", "Step");
      steps.add("next", "Step").data("step");
      JobHandle handle = Await.value(sites.at(GUEST).submit(steps.compile()));
      assertThat(Await.value(handle.completion()).good()).isTrue();
      Jobs.awaitAll(sites.at(HOST), handle.jobId(), JobStatus.SUCCESS);
      assertThat(Jobs.views(sites.at(HOST), handle.jobId()))
          .extracting(JobRow::party)
          .containsExactly(HOST);
      assertThat(Jobs.events(sites.at(HOST), handle.jobId())).isNotEmpty();
      Await.until("nothing is live", () -> sites.at(HOST).engine().live().isEmpty());
    }
  }
}

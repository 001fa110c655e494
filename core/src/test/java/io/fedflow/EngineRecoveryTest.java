package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.TwoSites;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.Stores;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A new site on what a crashed one left. */
@Timeout(60)
class EngineRecoveryTest {

  private static final String CAUSE = "the server restarted while the job was live";

  private final Stores stores = MemoryStores.create();
  private final FlakyJobStore cut = new FlakyJobStore(stores.jobs());
  private final Gate gate = new Gate();
  private final Fake gated =
      Fake.of(
          "Gated",
          context -> {
            gate.enter(context);
            return TaskOutputs.none();
          });
  private final ComponentCatalog catalog =
      new ComponentCatalog(List.of(gated, Fake.of("Step", context -> Jobs.output(1))));
  private final Fedflow old =
      Fedflow.builder().stores(cut.in(stores)).components(catalog).runningJobs(1).build();
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
    pipeline.add("after", "Gated").data("gated");
    return pipeline;
  }

  /** From now on the old process writes nothing any more. */
  private void crash(ComponentCatalog components) {
    cut.commits((number, turn, sound) -> new CompletableFuture<>());
    again = Fedflow.builder().stores(stores).components(components).build();
    again.recover();
    Await.until("nothing is live", () -> again.engine().live().isEmpty());
  }

  @RepeatedTest(10)
  void aRunningJobIsFailedEverywhere() {
    JobHandle handle = Await.value(old.submit(pipeline().compile()));
    gate.awaitInside(2);
    crash(catalog);
    assertThat(Jobs.views(again, handle.jobId()))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.status()).isEqualTo(JobStatus.FAILED);
              assertThat(row.cause()).isEqualTo(CAUSE);
            });
    for (Party party : List.of(GUEST, HOST)) {
      assertThat(Jobs.part(again, handle.jobId(), "step", party).partyStatus())
          .isEqualTo(TaskStatus.SUCCESS);
      var ran = Jobs.part(again, handle.jobId(), "gated", party);
      assertThat(ran.partyStatus()).isEqualTo(TaskStatus.FAILED);
      assertThat(ran.cause()).isEqualTo(party + " gated: " + CAUSE);
      assertThat(Jobs.part(again, handle.jobId(), "after", party).partyStatus())
          .isEqualTo(TaskStatus.WAITING);
    }
    List<JobEvent> events = Jobs.events(again, handle.jobId());
    assertThat(events)
        .extracting(JobEvent::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(Await.value(stores.jobs().unfinished())).isEmpty();
  }

  @Test
  void aJobInTheQueueIsFailedToo() {
    Await.value(old.submit(pipeline().compile()));
    gate.awaitInside(2);
    JobHandle second = Await.value(old.submit(pipeline().compile()));
    assertThat(old.queue().waiting()).containsExactly(second.jobId());
    crash(catalog);
    assertThat(Jobs.allViews(again)).hasSize(4);
    assertThat(Jobs.allViews(again)).extracting(JobRow::status).containsOnly(JobStatus.FAILED);
    assertThat(again.queue().running()).isEmpty();
  }

  @Test
  void aJobWhoseComponentsAreGoneIsFailedAndTheSiteStarts() {
    JobHandle handle = Await.value(old.submit(pipeline().compile()));
    gate.awaitInside(2);
    crash(new ComponentCatalog(List.of(Fake.idle("Other"))));
    assertThat(Jobs.views(again, handle.jobId()))
        .extracting(JobRow::status)
        .containsOnly(JobStatus.FAILED);
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

  @Test
  void aHostThatRestartsFailsTheJobAtTheGuestToo() {
    try (TwoSites sites = new TwoSites(catalog)) {
      JobHandle handle = Await.value(sites.at(GUEST).submit(pipeline().compile()));
      gate.awaitInside(2);
      sites.start(HOST).recover();
      JobHandle.Outcome outcome = Await.value(handle.completion());
      assertThat(outcome)
          .isEqualTo(new JobHandle.Outcome(JobStatus.FAILED, "host:2 gated: " + CAUSE));
      Jobs.awaitAll(sites.at(HOST), handle.jobId(), JobStatus.FAILED);
      assertThat(Jobs.views(sites.at(HOST), handle.jobId()).get(0).cause())
          .isEqualTo("host:2 gated: " + CAUSE);
      Await.until("nothing is live", () -> sites.at(HOST).engine().live().isEmpty());
    }
  }

  @Test
  void aGuestThatRestartsFailsTheJobAtTheHostToo() {
    try (TwoSites sites = new TwoSites(catalog)) {
      JobHandle handle = Await.value(sites.at(GUEST).submit(pipeline().compile()));
      gate.awaitInside(2);
      sites.start(GUEST).recover();
      Jobs.awaitAll(sites.at(GUEST), handle.jobId(), JobStatus.FAILED);
      Jobs.awaitAll(sites.at(HOST), handle.jobId(), JobStatus.FAILED);
      Await.until("the host's part ends", () -> gate.interrupted().contains("gated@host:2"));
      Await.until("nothing is live", () -> sites.at(HOST).engine().live().isEmpty());
      assertThat(Jobs.views(sites.at(HOST), handle.jobId()).get(0).cause()).isEqualTo(CAUSE);
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

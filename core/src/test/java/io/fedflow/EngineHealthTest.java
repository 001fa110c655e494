package io.fedflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.ManualTime;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobStatus;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.Stores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a site gives itself up, and what it still does then. */
@Timeout(60)
class EngineHealthTest {

  private final Stores stores = EngineStores.fresh();
  private final FlakyJobStore flaky = new FlakyJobStore(stores.jobs());
  private final Gate gate = new Gate();

  private FedflowBuilder builder() {
    return Fedflow.builder()
        .stores(flaky.in(stores))
        .components(
            new ComponentCatalog(
                List.of(
                    Fake.of("Step", context -> Jobs.output(1)),
                    Fake.of(
                        "Gated",
                        context -> {
                          gate.enter(context);
                          return TaskOutputs.none();
                        }))));
  }

  private static Pipeline job(String component) {
    Pipeline pipeline = Plans.two();
    pipeline.add("one", component);
    return pipeline;
  }

  private static JobStatus end(Fedflow site) {
    return Await.value(site.submit(job("Step").compile()).thenCompose(JobHandle::completion))
        .status();
  }

  private static FedflowException refused(Fedflow site) {
    return Await.failure(site.submit(job("Step").compile()));
  }

  private FedflowBuilder builder(ManualTime time) {
    return builder().turnExecutor(Runnable::run).timers(time).clock(time);
  }

  @Test
  void aSiteWaitsForItsStoreRefusesNewJobsMeanwhileAndGoesOn() {
    ManualTime time = new ManualTime();
    down();
    try (Fedflow site = builder(time).build()) {
      CompletableFuture<JobHandle> job = site.submit(job("Step").compile()).toCompletableFuture();
      time.pass(1_000);
      assertThat(site.health().storeOutage()).isEmpty();

      time.pass(300_000);

      assertThat(job).isNotDone();
      assertThat(site.health().failure()).isEmpty();
      assertThat(site.health().storeOutage())
          .hasValueSatisfying(outage -> assertThat(outage.since()).isEqualTo(1_000));
      assertThat(refused(site))
          .hasMessageContaining("takes no new jobs")
          .hasMessageContaining("down since 1970-01-01T00:00:01Z")
          .hasMessageContaining("next try")
          .hasMessageContaining("the store is down")
          .extracting(FedflowException::kind, FedflowException::code)
          .containsExactly(FailureKind.UNAVAILABLE, "store.down");

      up();
      time.pass(5_000);

      assertThat(Await.value(Await.value(job).completion()).good()).isTrue();
      assertThat(site.health().storeOutage()).isEmpty();
      assertThat(end(site)).isEqualTo(JobStatus.SUCCESS);
    }
  }

  @Test
  void aRunningJobOutlivesItsStoresOutage() {
    ManualTime time = new ManualTime();
    try (Fedflow site = builder(time).build()) {
      JobHandle job = Await.value(site.submit(job("Gated").compile()));
      gate.awaitInside(2);
      down();
      CompletableFuture<Boolean> stop = job.cancel().toCompletableFuture();
      time.pass(400_000);
      assertThat(stop).isNotDone();
      assertThat(site.engine().live()).containsExactly(job.jobId());
      up();
      time.pass(5_000);
      assertThat(Await.value(stop)).isTrue();
      assertThat(Await.value(job.completion()).status()).isEqualTo(JobStatus.CANCELED);
    }
  }

  private void down() {
    flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.down()));
  }

  private void up() {
    flaky.commits((number, turn, sound) -> sound.commit(turn));
  }

  @Test
  void aStoreThatStaysDownForTooLongFailsTheSiteWhichCanStillBeRead() {
    ManualTime time = new ManualTime();
    down();
    try (Fedflow site = builder(time).storePatience(Duration.ofSeconds(20)).build()) {
      CompletableFuture<JobHandle> job = site.submit(job("Step").compile()).toCompletableFuture();
      time.pass(15_000);
      assertThat(job).isNotDone();
      assertThat(site.health().failure()).isEmpty();

      time.pass(30_000);

      assertThat(Await.failure(job).code()).isEqualTo("store.down");
      FedflowException why = Await.value(site.health().failed());
      assertThat(site.health().failure()).containsSame(why);
      assertThat(why).hasMessageContaining("the store is down").hasMessageContaining("start it");
      up();
      assertThat(refused(site)).isSameAs(why);
      assertThat(why.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(Jobs.allViews(site)).isEmpty();
    }
  }

  @Test
  void aLostRaceConcernsOneJob() {
    try (Fedflow site = builder().build()) {
      FedflowException harmless = FlakyJobStore.conflict();
      flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(harmless));
      assertThat(refused(site)).isSameAs(harmless);
      up();
      assertThat(site.health().failure()).isEmpty();
      assertThat(end(site)).isEqualTo(JobStatus.SUCCESS);
    }
  }

  @Test
  void aStoreThatBreaksItsContractFailsTheSiteAtOnce() {
    flaky.commits(
        (number, turn, sound) ->
            CompletableFuture.failedStage(new IllegalStateException("the file is gone")));
    try (Fedflow site = builder().build()) {
      refusedBy(site, "the file is gone");
    }
  }

  @Test
  void anErrorInATurnFailsTheSiteAndEndsTheJob() {
    flaky.commits(
        (number, turn, sound) -> {
          if (number == 3) {
            throw new OutOfMemoryError("no heap left, says the test");
          }
          return sound.commit(turn);
        });
    try (Fedflow site = builder().build()) {
      refusedBy(site, "no heap left, says the test");
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      assertThat(Jobs.allViews(site)).isNotEmpty();
    }
  }

  @Test
  void anExecutorThatTakesNoMoreTurnsFailsTheSite() {
    ExecutorService turns = Executors.newSingleThreadExecutor();
    try (Fedflow site = builder().turnExecutor(turns).build()) {
      assertThat(end(site)).isEqualTo(JobStatus.SUCCESS);
      turns.shutdown();
      refusedBy(site, "could not be run");
    }
  }

  /** One job finds out, the next is refused. */
  private static void refusedBy(Fedflow site, String cause) {
    site.submit(job("Step").compile());
    assertThat(Await.value(site.health().failed())).hasMessageContaining(cause);
    assertThat(refused(site).code()).isEqualTo("site.failed");
  }

  @Test
  void aClosedSiteDidNotFail() {
    Fedflow site = builder().build();
    assertThat(end(site)).isEqualTo(JobStatus.SUCCESS);
    Await.value(site.submit(job("Gated").compile()));
    gate.awaitInside(2);

    site.close();

    assertThat(site.health().failure()).isEmpty();
  }

  @Test
  void aLeavingSiteRefusesJobsAndRerunsAndLetsLiveOnesEnd() {
    try (Fedflow site = builder().build()) {
      JobHandle running = Await.value(site.submit(job("Gated").compile()));
      gate.awaitInside(2);

      site.takeNoMoreJobs("it is told to");

      assertThat(refused(site))
          .hasMessageContaining("it is told to")
          .extracting(FedflowException::kind)
          .isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(Await.value(running.cancel())).isTrue();
      assertThat(Await.value(running.completion()).status()).isEqualTo(JobStatus.CANCELED);
      assertThat(
              Await.failure(site.pipelines().rerun(running.jobId(), List.of(), true, "me")).code())
          .isEqualTo("site.leaving");
    }
  }
}

package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.FlakyJobStore.Commit;
import io.fedflow.fakes.FlakyTrackingStore;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.Stores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of jobs when their store fails in the middle. */
@Timeout(120)
class EngineStoreFailureTest {

  private final Stores stores = EngineStores.fresh();
  private final FlakyJobStore flaky = new FlakyJobStore(stores.jobs());
  private final Gate gate = new Gate();

  private Fedflow site(Stores kept) {
    return builder(kept).build();
  }

  private FedflowBuilder builder(Stores kept) {
    return Fedflow.builder()
        .stores(kept)
        .components(
            new ComponentCatalog(
                List.of(
                    Fake.of("Step", context -> Jobs.output(1)),
                    Fake.of(
                        "Gated",
                        context -> {
                          if (context.task().version() == 0) {
                            gate.enter(context);
                          }
                          return TaskOutputs.none();
                        }))));
  }

  private static Pipeline steps() {
    Pipeline pipeline = Plans.two();
    pipeline.add("one", "Step");
    pipeline.add("two", "Step").data("one");
    return pipeline;
  }

  /** How a job ended, in words: that of its submission or of its handle. */
  private static String end(Fedflow site, Pipeline pipeline) {
    return Await.value(
        site.submit(pipeline.compile())
            .thenCompose(JobHandle::completion)
            .handle(
                (outcome, failed) ->
                    failed == null
                        ? outcome.status() + " " + outcome.cause()
                        : "failed: " + Stages.unwrap(failed).getMessage()));
  }

  private static Envelope late(String jobId) {
    return new Envelope(
        new TaskId(jobId, "gated", 0), HOST, GUEST, MessageTag.of("word"), Payload.ofLongs(1));
  }

  private void nothingIsLive(Fedflow site) {
    Await.until("nothing is live", () -> site.engine().live().isEmpty());
    assertThat(site.queue().running()).isEmpty();
    assertThat(site.queue().waiting()).isEmpty();
  }

  @Test
  void aStoreThatIsDownForAMomentIsWaitedFor() {
    // Every fifth turn fails twice before it is stored.
    flaky.commits(
        (number, turn, sound) ->
            number % 7 == 5 || number % 7 == 6
                ? CompletableFuture.failedStage(new CompletionException(FlakyJobStore.down()))
                : sound.commit(turn));
    try (Fedflow site = site(flaky.in(stores))) {
      assertThat(end(site, steps())).isEqualTo("SUCCESS ");
      assertThat(flaky.count()).isGreaterThan(14);
      nothingIsLive(site);
    }
  }

  @Test
  void whereverTheStoreFailsOnceTheJobEndsClearlyAndIsPickedUpLater() {
    everyFailure(
        "somebody else wrote",
        dead ->
            (number, turn, sound) ->
                number == dead
                    ? CompletableFuture.failedStage(FlakyJobStore.conflict())
                    : sound.commit(turn));
  }

  @Test
  void whereverTheStoreDiesTheJobEndsClearlyAndIsPickedUpLater() {
    everyFailure(
        "somebody else wrote",
        dead ->
            (number, turn, sound) -> {
              if (number >= dead) {
                throw FlakyJobStore.conflict();
              }
              return sound.commit(turn);
            });
  }

  @Test
  void aTurnOfUnknownFateIsTriedAgainAndStoredOnce() {
    EngineStoreFailureTest test;
    int unsure = 0;
    do {
      int nth = ++unsure;
      test = new EngineStoreFailureTest();
      test.flaky.commits(
          (number, turn, sound) ->
              number == nth
                  ? sound
                      .commit(turn)
                      .thenCompose(
                          stored ->
                              CompletableFuture.failedStage(
                                  new FedflowException(
                                      FailureKind.UNKNOWN, "store.unknown", "no answer")))
                  : sound.commit(turn));
      try (Fedflow site = test.site(test.flaky.in(test.stores))) {
        assertThat(end(site, steps())).as("turn %s is unsure", nth).isEqualTo("SUCCESS ");
        test.nothingIsLive(site);
      }
    } while (test.flaky.count() >= unsure);
    assertThat(unsure).isGreaterThan(12);
  }

  /** Lets the first, the second, the third turn fail, until a job goes through. */
  private static void everyFailure(String reason, IntFunction<Commit> failing) {
    for (int dead = 1; ; dead++) {
      EngineStoreFailureTest test = new EngineStoreFailureTest();
      test.flaky.commits(failing.apply(dead));
      String end;
      try (Fedflow site = test.site(test.flaky.in(test.stores))) {
        end = end(site, steps());
        test.nothingIsLive(site);
      }
      if (test.flaky.count() < dead) {
        assertThat(end).isEqualTo("SUCCESS ");
        assertThat(dead).isGreaterThan(12);
        return;
      }
      assertThat(end).as("turn %s failed", dead).contains(reason);
      test.restart(dead);
    }
  }

  private void restart(int dead) {
    try (Fedflow again = site(stores)) {
      again.recover();
      nothingIsLive(again);
      assertThat(Await.value(stores.jobs().unfinished())).as("turn %s failed", dead).isEmpty();
      assertThat(Jobs.allViews(again))
          .as("turn %s failed", dead)
          .allSatisfy(row -> assertThat(row.status().terminal()).isTrue());
    }
  }

  @Test
  void aStoreThatDiesStopsTheRunningTasks() {
    Pipeline pipeline = Plans.two();
    pipeline.add("gated", "Gated");
    try (Fedflow site = site(flaky.in(stores))) {
      JobHandle handle = Await.value(site.submit(pipeline.compile()));
      gate.awaitInside(2);
      flaky.commits(
          (number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.conflict()));
      FedflowException failure = Await.failure(site.pipelines().stop(handle.jobId(), "me"));
      assertThat(failure.code()).isEqualTo("store.revision");
      assertThat(Await.failure(handle.completion())).isSameAs(failure);
      Await.until("both were interrupted", () -> gate.interrupted().size() == 2);
      nothingIsLive(site);
      site.mailboxes().deliver(late(handle.jobId()));
      assertThat(site.mailboxes().pending()).isZero();
      assertThat(Await.failure(handle.cancel()).code()).isEqualTo("job.given_up");
    }
    try (Fedflow again = site(stores)) {
      again.recover();
      nothingIsLive(again);
      assertThat(Jobs.allViews(again))
          .allSatisfy(row -> assertThat(row.status()).isEqualTo(JobStatus.SUCCESS));
      assertThat(
              Jobs.part(again, Jobs.allViews(again).get(0).jobId(), "gated", GUEST).partyStatus())
          .isEqualTo(TaskStatus.SUCCESS);
    }
  }

  @Test
  void aStoreThatStaysDownIsGivenUpInTheEnd() {
    flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.down()));
    try (Fedflow site = builder(flaky.in(stores)).storePatience(Duration.ofMillis(300)).build()) {
      assertThat(end(site, steps()))
          .isEqualTo("failed: the store of this site stayed down for 0 s: the store is down");
      nothingIsLive(site);
    }
  }

  @Test
  void aTaskThatEndsWhileTheStoreIsDownIsNotLost() {
    AtomicInteger refused = new AtomicInteger();
    AtomicBoolean down = new AtomicBoolean();
    FlakyTrackingStore tracking = new FlakyTrackingStore(stores.tracking());
    CountDownLatch ends = new CountDownLatch(1);
    Fake trains =
        Fake.of(
            "Trains",
            context -> {
              ends.await();
              context.tracker().metric("train", "loss", List.of(new MetricPoint(0, 0.5)));
              return Jobs.output(1);
            });
    Stores kept =
        new Stores(
            flaky,
            tracking,
            stores.tables(),
            stores.models(),
            stores.blobs(),
            stores.servers(),
            stores::close);
    try (Fedflow site =
        Fedflow.builder().stores(kept).components(new ComponentCatalog(List.of(trains))).build()) {
      Pipeline pipeline = Plans.two();
      pipeline.add("trains", "Trains");
      JobHandle job = Await.value(site.submit(pipeline.compile()));
      Jobs.awaitAll(site, job.jobId(), JobStatus.RUNNING);
      Await.until(
          "both run",
          () ->
              Jobs.parts(site, job.jobId()).stream()
                  .allMatch(part -> part.partyStatus() == TaskStatus.RUNNING));
      down.set(true);
      Supplier<CompletionStage<Void>> away =
          () -> {
            refused.incrementAndGet();
            return CompletableFuture.failedStage(FlakyJobStore.down());
          };
      tracking.others(() -> down.get() ? away.get() : CompletableFuture.completedStage(null));
      tracking.metrics(values -> down.get() ? away.get() : stores.tracking().appendMetrics(values));
      flaky.commits((number, turn, sound) -> down.get() ? away.get() : sound.commit(turn));
      ends.countDown();
      Await.until("all was tried several times", () -> refused.get() > 8);
      down.set(false);
      assertThat(Await.value(job.completion()))
          .isEqualTo(new JobHandle.Outcome(JobStatus.SUCCESS, ""));
      assertThat(
              Await.value(stores.tracking().metrics(new TaskId(job.jobId(), "trains", 0), GUEST)))
          .hasSize(1);
    }
  }

  /** To append them again might store them twice. */
  @Test
  void anAttemptThatCannotTellWhetherItsPointsAreStored_isLost_andAnotherBegins() {
    AtomicInteger appended = new AtomicInteger();
    FlakyTrackingStore tracking = new FlakyTrackingStore(stores.tracking());
    tracking.metrics(
        values ->
            stores
                .tracking()
                .appendMetrics(values)
                .thenCompose(
                    stored ->
                        appended.incrementAndGet() > 1
                            ? CompletableFuture.completedStage(null)
                            : CompletableFuture.failedStage(
                                new FedflowException(
                                    FailureKind.UNKNOWN, "store.unknown", "no answer"))));
    Fake measures =
        Fake.of(
            "Measures",
            context -> {
              context.tracker().metric("train", "loss", List.of(new MetricPoint(0, 0.5)));
              return TaskOutputs.none();
            });
    Stores kept =
        new Stores(
            stores.jobs(),
            tracking,
            stores.tables(),
            stores.models(),
            stores.blobs(),
            stores.servers(),
            stores::close);
    Pipeline pipeline = Plans.two();
    pipeline.add("measures", "Measures");
    try (Fedflow site =
        Fedflow.builder()
            .stores(kept)
            .components(new ComponentCatalog(List.of(measures)))
            .build()) {
      JobHandle job = Await.value(site.submit(pipeline.compile()));
      assertThat(Await.value(job.completion()))
          .isEqualTo(new JobHandle.Outcome(JobStatus.SUCCESS, ""));
      for (var party : List.of(GUEST, HOST)) {
        TaskId latest = Jobs.part(site, job.jobId(), "measures", party).task();
        assertThat(latest.version()).as("attempt of %s", party).isEqualTo(1);
        assertThat(Await.value(stores.tracking().metrics(latest, party))).hasSize(1);
      }
    }
  }

  @Test
  void aStoreThatNeverAnswersDoesNotKeepASiteFromClosing() {
    CompletableFuture<Void> never = new CompletableFuture<>();
    flaky.commits((number, turn, sound) -> number < 6 ? sound.commit(turn) : never);
    CompletableFuture<String> end;
    try (Fedflow site = site(flaky.in(stores))) {
      end =
          CompletableFuture.supplyAsync(
              () -> end(site, steps()), command -> new Thread(command).start());
      Await.until("the sixth turn is on its way", () -> flaky.count() == 6);
    }
    assertThat(end)
        .succeedsWithin(20, TimeUnit.SECONDS)
        .asString()
        .startsWith("failed: the site was closed");
  }

  @Test
  void aSiteThatClosesWhileTheStoreIsDownFailsTheSubmission() {
    flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.down()));
    CompletableFuture<JobHandle> handle;
    try (Fedflow site = site(flaky.in(stores))) {
      handle = site.submit(steps().compile()).toCompletableFuture();
      Await.until("it was tried", () -> flaky.count() >= 2);
    }
    assertThat(Await.failure(handle).code()).isEqualTo("site.closed");
  }
}

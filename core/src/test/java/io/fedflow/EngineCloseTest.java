package io.fedflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobStatus;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a site. */
@Timeout(60)
class EngineCloseTest {

  private final Gate gate = new Gate();
  private final AtomicInteger closedStores = new AtomicInteger();

  private Fedflow site() {
    return site(EngineStores.closedBy(EngineStores.fresh(), closedStores::incrementAndGet));
  }

  private Fedflow site(Stores stores) {
    return Fedflow.builder()
        .stores(stores)
        .slots(2)
        .components(
            new ComponentCatalog(
                List.of(
                    Fake.of(
                        "Step",
                        context -> {
                          context.compute().submit(() -> 1).get();
                          return TaskOutputs.none();
                        }),
                    Fake.of(
                        "Gated",
                        context -> {
                          gate.enter(context);
                          return TaskOutputs.none();
                        }))))
        .build();
  }

  private static Pipeline of(String module) {
    Pipeline pipeline = Plans.two();
    pipeline.add("only", module);
    return pipeline;
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("fedflow-"))
        .collect(Collectors.toSet());
  }

  @RepeatedTest(10)
  void everyThreadIsReleased() {
    Set<Thread> before = threads();
    try (Fedflow site = site(EngineStores.closing())) {
      Await.value(Await.value(site.submit(of("Step").compile())).completion());
      Await.value(site.submit(of("Gated").compile()));
      Await.value(site.submit(of("Step").compile()));
      gate.awaitInside(2);
      Set<Thread> during = threads();
      during.removeAll(before);
      assertThat(during)
          .extracting(thread -> thread.getName().replaceAll("-[0-9]+$", ""))
          .contains("fedflow-turn", "fedflow-task", "fedflow-compute", "fedflow-timer");
    }
    Await.until(
        "all threads are gone, found " + threads(),
        () -> {
          Set<Thread> left = threads();
          left.removeAll(before);
          return left.isEmpty();
        });
    assertThat(gate.interrupted()).containsExactlyInAnyOrder("only@guest:1", "only@host:2");
  }

  @Test
  void aClosedSiteRefusesEverythingClearly() {
    Fedflow site = site();
    JobHandle done = Await.value(site.submit(of("Step").compile()));
    Await.value(done.completion());
    site.close();
    site.close();
    assertThat(closedStores).hasValue(1);
    assertThat(Await.failure(site.submit(of("Step").compile())).code()).isEqualTo("site.closed");
    assertThat(
            Await.failure(
                    site.localParties()
                        .send(
                            Plans.HOST,
                            new io.fedflow.job.PartyCommand.AskStop(done.jobId(), "me")))
                .code())
        .isEqualTo("site.closed");
    assertThat(Await.value(done.completion()).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(site.engine().live()).isEmpty();
  }

  @RepeatedTest(10)
  void closingEndsEveryWaitForAJob() {
    Fedflow site = site();
    JobHandle running = Await.value(site.submit(of("Gated").compile()));
    // A job asks for its slots after its submission was answered: the next could be there first.
    gate.awaitInside(2);
    JobHandle waiting = Await.value(site.submit(of("Step").compile()));
    site.close();
    assertThat(Await.failure(running.completion()).code()).isEqualTo("site.closed");
    assertThat(Await.failure(waiting.completion()).code()).isEqualTo("site.closed");
    assertThat(site.engine().live()).isEmpty();
    assertThat(site.queue().waiting()).isEmpty();
    assertThat(Jobs.views(site, running.jobId()))
        .allSatisfy(row -> assertThat(row.status()).isEqualTo(JobStatus.RUNNING));
    assertThat(Jobs.views(site, waiting.jobId()))
        .allSatisfy(row -> assertThat(row.status()).isEqualTo(JobStatus.WAITING));
  }

  @RepeatedTest(10)
  void closingInTheMiddleOfManyJobsHangsNobody() {
    Fedflow site = site();
    List<CompletableFuture<String>> ends = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ends.add(
          site.submit(of("Step").compile())
              .thenCompose(JobHandle::completion)
              .handle((outcome, failed) -> failed == null ? "ended" : "closed")
              .toCompletableFuture());
    }
    Await.value(ends.get(3));
    site.close();
    CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    assertThat(all).succeedsWithin(20, TimeUnit.SECONDS);
    assertThat(site.engine().live()).isEmpty();
  }

  @Test
  void aSiteMayBeClosedFromWhatFollowsAJob() {
    Fedflow site = site();
    CompletableFuture<Void> closed =
        Await.value(site.submit(of("Step").compile()))
            .completion()
            .thenRun(site::close)
            .toCompletableFuture();
    assertThat(closed).succeedsWithin(5, TimeUnit.SECONDS);
    assertThat(closedStores).hasValue(1);
  }
}

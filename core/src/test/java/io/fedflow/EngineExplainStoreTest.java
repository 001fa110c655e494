package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.fakes.Await;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.job.JobStatus;
import io.fedflow.job.Wait;
import io.fedflow.job.Wait.Cause;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What explain says while the store of a site is in trouble. */
@Timeout(60)
class EngineExplainStoreTest extends ExplainedSite {

  @Test
  void theStoreIsDown() {
    try (Fedflow site = site().stores(flaky.in(stores)).timers(held).build()) {
      JobHandle job = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.down()));
      now.set(20_000);
      CompletionStage<Boolean> stop = site.pipelines().stop(job.jobId(), "me");
      Await.until("it was tried", () -> held.due(50));
      CompletionStage<List<Wait>> answer = site.pipelines().explain(job.jobId());
      assertThat(answer.toCompletableFuture()).isDone();
      Wait wait = only(Await.value(answer), Cause.STORE_DOWN);
      assertWait(wait, "", GUEST, 20_000);
      assertThat(wait.text())
          .contains("failed 1 times: the store is down")
          .contains("tried again at " + Instant.ofEpochMilli(20_050));
      assertThat(wait.remedy()).contains("the store of this site");
      flaky.commits((number, turn, sound) -> sound.commit(turn));
      held.fire(50);
      assertThat(Await.value(stop)).isTrue();
      assertThat(Await.value(job.completion()).status()).isEqualTo(JobStatus.CANCELED);
      assertThat(explain(site, job.jobId())).noneMatch(w -> w.cause() == Cause.STORE_DOWN);
    }
  }

  @Test
  void aJobThatEndedIsToldSinceWhenTheStoreIsDown() {
    try (Fedflow site = site().stores(flaky.in(stores)).timers(held).build()) {
      JobHandle ended = Await.value(site.submit(of("Step").compile()));
      Await.value(ended.completion());
      JobHandle live = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.down()));
      flaky.coordinations(CompletableFuture.failedStage(FlakyJobStore.down()));
      now.set(20_000);
      CompletionStage<Boolean> stop = site.pipelines().stop(live.jobId(), "me");
      Await.until("it was tried", () -> held.due(50));
      now.set(23_000);
      Wait wait = only(explain(site, ended.jobId()), Cause.STORE_DOWN);
      assertWait(wait, "", null, 20_000);
      assertThat(wait.text())
          .contains("is down since " + Instant.ofEpochMilli(20_000))
          .contains("next try " + Instant.ofEpochMilli(20_050));
      flaky.commits((number, turn, sound) -> sound.commit(turn));
      held.fire(50);
      assertThat(Await.value(stop)).isTrue();
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsNamedWhenItTakesLong() {
    CompletableFuture<Void> answers = new CompletableFuture<>();
    try (Fedflow site = site().stores(flaky.in(stores)).timers(held).build()) {
      JobHandle job = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      flaky.commits((number, turn, sound) -> answers.thenCompose(then -> sound.commit(turn)));
      int before = flaky.count();
      now.set(20_000);
      CompletionStage<Boolean> stop = site.pipelines().stop(job.jobId(), "me");
      Await.until("the turn is on its way", () -> flaky.count() > before);
      assertThat(explain(site, job.jobId())).noneMatch(w -> w.cause() == Cause.STORE_DOWN);
      now.set(22_000);
      Await.until(
          "the store is missed",
          () -> explain(site, job.jobId()).stream().anyMatch(w -> w.cause() == Cause.STORE_DOWN));
      Wait wait = only(explain(site, job.jobId()), Cause.STORE_DOWN);
      assertWait(wait, "", GUEST, 20_000);
      assertThat(wait.text()).contains("has not answered");
      answers.complete(null);
      assertThat(Await.value(stop)).isTrue();
    }
  }

  @Test
  void aJobWhoseFirstTurnIsNotStoredYetIsUnderWay() {
    CompletableFuture<Void> answers = new CompletableFuture<>();
    flaky.commits((number, turn, sound) -> answers.thenCompose(then -> sound.commit(turn)));
    try (Fedflow site = site().stores(flaky.in(stores)).build()) {
      CompletionStage<JobHandle> job = site.submit(of("Step").compile());
      Await.until("the turn is on its way", () -> flaky.count() == 1);
      String jobId = site.engine().live().get(0);
      List<Wait> waits = explain(site, jobId);
      assertThat(waits).hasSize(1);
      assertWait(only(waits, Cause.UNDER_WAY), "", GUEST, 10_000);
      now.set(20_000);
      waits = explain(site, jobId);
      assertThat(waits).hasSize(1);
      assertWait(only(waits, Cause.STORE_DOWN), "", GUEST, 10_000);
      answers.complete(null);
      assertThat(Await.value(Await.value(job).completion()).good()).isTrue();
    }
  }

  @Test
  void whatCannotBeReadIsAnsweredAllTheSame() {
    try (Fedflow site = site().stores(flaky.in(stores)).timers(held).build()) {
      JobHandle job = Await.value(site.submit(of("Step").compile()));
      Await.value(job.completion());
      flaky.coordinations(new CompletableFuture<>());
      CompletionStage<List<Wait>> answer = site.pipelines().explain(job.jobId());
      assertThat(answer.toCompletableFuture()).isNotDone();
      // Within a second it is over, whatever the store does.
      held.fire(1_000);
      Wait wait = only(Await.value(answer), Cause.STORE_DOWN);
      assertWait(wait, "", null, 10_000);
      assertThat(wait.text()).contains("does not answer");
      flaky.coordinations(CompletableFuture.failedStage(FlakyJobStore.down()));
      assertThat(only(explain(site, job.jobId()), Cause.STORE_DOWN).text())
          .contains("the store is down");
    }
  }

  @Test
  void aJobThatWasGivenUpIsNamed() {
    try (Fedflow site = site().stores(flaky.in(stores)).build()) {
      JobHandle job = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      flaky.commits(
          (number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.conflict()));
      Await.failure(site.pipelines().stop(job.jobId(), "me"));
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      Wait wait = only(explain(site, job.jobId()), Cause.STORE_DOWN);
      assertWait(wait, "", GUEST, 10_000);
      assertThat(wait.text()).contains("given up here as RUNNING");
      assertThat(wait.remedy()).contains("start the site again");
    }
  }
}

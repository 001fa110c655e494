package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Jobs;
import io.fedflow.job.JobStatus;
import io.fedflow.job.Wait;
import io.fedflow.job.Wait.Cause;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.JobPolicy.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every reason that explain gives, brought about. */
@Timeout(60)
class EngineExplainTest extends ExplainedSite {

  @Test
  void noSlotsAreFree() {
    try (Fedflow site = site().slots(2).build()) {
      JobHandle holder = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      now.set(20_000);
      JobHandle first = Await.value(site.submit(of("Step").compile()));
      now.set(30_000);
      JobHandle second = Await.value(site.submit(of("Step").compile()));
      List<Wait> waits = explain(site, second.jobId());
      assertThat(waits).hasSize(1);
      Wait wait = only(waits, Cause.NO_SLOTS);
      assertWait(wait, "", GUEST, 30_000);
      assertThat(wait.text())
          .contains("0 of 2 are free, held by " + holder.jobId() + " (2)")
          .contains("1 jobs come before it");
      assertThat(wait.remedy()).contains("wait until one of them ends");
      assertThat(only(explain(site, first.jobId()), Cause.NO_SLOTS).text())
          .contains("0 jobs come before it");
      Await.value(holder.cancel());
      assertThat(Await.value(second.completion()).good()).isTrue();
    }
  }

  @Test
  void theSiteIsPaused() {
    try (Fedflow site = site().build()) {
      site.queue().pause();
      now.set(20_000);
      JobHandle job = Await.value(site.submit(of("Step").compile()));
      Wait wait = only(explain(site, job.jobId()), Cause.PAUSED);
      assertWait(wait, "", GUEST, 20_000);
      assertThat(wait.text()).contains("the site of guest:1 is paused");
      assertThat(wait.remedy()).contains("resume");
      assertThat(Await.value(job.status())).isEqualTo(JobStatus.WAITING);
      site.queue().resume();
      assertThat(Await.value(job.completion()).good()).isTrue();
    }
  }

  @Test
  void aComponentWaitsForThoseBeforeIt() {
    try (Fedflow site = site().build()) {
      JobHandle job = Await.value(site.submit(of("Gated", "Step").compile()));
      gate.awaitInside(2);
      now.set(20_000);
      List<Wait> waits = explain(site, job.jobId());
      assertThat(waits)
          .extracting(Wait::component, Wait::cause, Wait::party, Wait::since)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("gated", Cause.RUNNING, GUEST, 10_000L),
              org.assertj.core.groups.Tuple.tuple("gated", Cause.RUNNING, HOST, 10_000L),
              org.assertj.core.groups.Tuple.tuple("step", Cause.UPSTREAM, GUEST, 10_000L));
      Wait wait = only(waits, Cause.UPSTREAM);
      assertThat(wait.text()).isEqualTo("waits for gated, which is RUNNING");
      assertThat(wait.remedy()).contains("after gated");
      Await.value(job.cancel());
      Jobs.awaitAll(site, job.jobId(), JobStatus.CANCELED);
    }
  }

  private static JobDocuments bound() {
    Map<String, Object> guest = tables("g");
    return new JobDocuments(
        Map.of(
            "components",
            Map.of(
                "step",
                Map.of(
                    "module", "Step",
                    "input", Map.of("data", Map.of("data", List.of("args.train"))),
                    "output", Map.of("data", List.of("out"))))),
        Map.of(
            "initiator", Map.of("role", "guest", "party_id", 1),
            "role", Map.of("guest", List.of(1), "host", List.of(2)),
            "job_parameters", Map.of("work_mode", 0),
            "role_parameters", Map.of("guest", guest, "host", tables("h")),
            "algorithm_parameters", Map.of()));
  }

  private static Map<String, Object> tables(String name) {
    return Map.of(
        "args",
        Map.of("data", Map.of("train", List.of(Map.of("namespace", "demo", "name", name)))));
  }

  @Test
  void aTableIsMissingAtAParty() {
    String jobId;
    try (Fedflow site = site().build()) {
      site.data().store(StoreRequest.upload("demo", "g"), Jobs.table(1));
      Await.failure(site.submit(bound()));
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      jobId = Jobs.allViews(site).get(0).jobId();
    }
    now.set(20_000);
    // The reason outlives the process.
    try (Fedflow again = site().build()) {
      again.recover();
      List<Wait> waits = explain(again, jobId);
      assertThat(waits).hasSize(1);
      Wait wait = only(waits, Cause.TABLE_MISSING);
      assertWait(wait, "", HOST, 10_000);
      assertThat(wait.text()).contains("demo").contains("args.train");
      assertThat(wait.remedy()).startsWith("upload the table at host:2");
    }
  }

  @Test
  void aTableIsMissingWhenATaskReadsIt() {
    try (Fedflow site = site().build()) {
      JobHandle job = Await.value(site.submit(of("Reads").compile()));
      assertThat(Await.value(job.completion()).status()).isEqualTo(JobStatus.FAILED);
      Wait wait = only(explain(site, job.jobId()), Cause.TABLE_MISSING);
      assertThat(wait.party()).isIn(GUEST, HOST);
      assertThat(wait.text()).contains(wait.party() + " reads").contains("demo");
      assertThat(wait.remedy()).contains("upload the table at " + wait.party());
    }
  }

  @Test
  void aPartyDoesNotAllowTheJob() {
    JobPolicy policy =
        (at, jobId, plan) ->
            CompletableFuture.completedStage(
                at.equals(HOST) && plan.task("step").isPresent()
                    ? Decision.refuse("no steps on sundays")
                    : Decision.allow());
    try (Fedflow site = site().policy(policy).build()) {
      FedflowException refused = Await.failure(site.submit(of("Step").compile()));
      assertThat(refused.code()).isEqualTo("policy.refused");
      assertThat(refused).hasMessage("host:2 does not allow the job: no steps on sundays");
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      assertThat(Jobs.allViews(site)).hasSize(1);
      Wait wait = only(explain(site, Jobs.allViews(site).get(0).jobId()), Cause.PERMISSION_REFUSED);
      assertWait(wait, "", HOST, 10_000);
      assertThat(wait.text()).contains("no steps on sundays");
      assertThat(wait.remedy()).contains("host:2").contains("allow");
      // What it does not refuse runs.
      opened.countDown();
      JobHandle allowed = Await.value(site.submit(of("Opened").compile()));
      assertThat(Await.value(allowed.completion()).good()).isTrue();
    }
  }

  @Test
  void aPartyHasToApproveTheJob() {
    JobPolicy policy =
        (at, jobId, plan) ->
            CompletableFuture.completedStage(
                at.equals(HOST) ? Decision.ask("policy rule 'ours'") : Decision.allow());
    JobHandle job;
    try (Fedflow site = site().policy(policy).build()) {
      job = Await.value(site.submit(of("Step").compile()));
      now.set(20_000);
      assertAsksForApproval(explain(site, job.jobId()));
    }
    // The question outlives the process.
    try (Fedflow again = site().policy(policy).build()) {
      again.recover();
      Await.until(
          "it waits again",
          () ->
              explain(again, job.jobId()).stream()
                  .anyMatch(wait -> wait.cause() == Cause.APPROVAL_PENDING));
      assertAsksForApproval(explain(again, job.jobId()));
      assertThat(Await.failure(again.pipelines().approve("none", HOST, "me")).code())
          .isEqualTo("job.not_live");
      Await.value(again.pipelines().approve(job.jobId(), GUEST, "me"));
      assertAsksForApproval(explain(again, job.jobId()));
      Await.value(again.pipelines().approve(job.jobId(), HOST, "me"));
      Jobs.awaitAll(again, job.jobId(), JobStatus.SUCCESS);
      // They are free once the end that was awaited has had its consequences.
      Await.until("its slots are free", () -> again.queue().slots().held() == 0);
    }
  }

  private static void assertAsksForApproval(List<Wait> waits) {
    Wait wait = only(waits, Cause.APPROVAL_PENDING);
    assertThat(wait.party()).isEqualTo(HOST);
    assertThat(wait.text())
        .isEqualTo(
            "host:2 has to approve the job before it may run: policy rule 'ours' asks for it");
    assertThat(wait.remedy()).contains("approve it, or stop the job");
  }

  @Test
  void aPolicyThatCannotBeAskedRefuses() {
    JobPolicy policy =
        (at, jobId, plan) -> {
          throw new IllegalStateException("the policy server is down");
        };
    try (Fedflow site = site().policy(policy).build()) {
      FedflowException refused = Await.failure(site.submit(of("Step").compile()));
      assertThat(refused.code()).isEqualTo("policy.refused");
      assertThat(refused).hasMessageContaining("the policy server is down");
    }
  }

  @Test
  void theNextAttemptStartsAfterAPause() {
    try (Fedflow site = site().timers(held).build()) {
      Pipeline pipeline =
          of("Fails").jobParameter("auto_retries", 1).jobParameter("auto_retry_delay", 30);
      now.set(20_000);
      JobHandle job = Await.value(site.submit(pipeline.compile()));
      Await.until(
          "it waits to be tried again",
          () ->
              explain(site, job.jobId()).stream()
                  .anyMatch(wait -> wait.cause() == Cause.RETRY_DELAY));
      now.set(40_000);
      Wait wait = only(explain(site, job.jobId()), Cause.RETRY_DELAY);
      assertWait(wait, "fails", HOST, 20_000);
      assertThat(wait.text())
          .contains("attempt 1 starts at " + Instant.ofEpochMilli(50_000))
          .contains("retry 1 of 1")
          .contains("a bad day");
      assertThat(wait.remedy()).contains("auto_retry_delay");
      now.set(50_000);
      // The timer is set a moment after the state can be seen.
      Await.until(
          "it was tried again",
          () -> {
            held.fire(30_000);
            return job.completion().toCompletableFuture().isDone();
          });
      assertThat(Await.value(job.completion()).good()).isTrue();
    }
  }

  @Test
  void aThreadThatDoesNotEndIsNamed() {
    try (Fedflow site = site().build()) {
      JobHandle job = Await.value(site.submit(of("Deaf").compile()));
      gate.awaitInside(2);
      now.set(20_000);
      Await.value(job.cancel());
      Await.value(job.completion());
      List<Wait> waits = explain(site, job.jobId());
      assertThat(only(waits, Cause.ENDED).text()).contains("CANCELED");
      List<Wait> strays =
          waits.stream().filter(wait -> wait.cause() == Cause.STRAY_THREAD).toList();
      assertThat(strays).extracting(Wait::party).containsExactlyInAnyOrder(GUEST, HOST);
      assertThat(strays)
          .allSatisfy(
              stray -> {
                assertWait(stray, "deaf", stray.party(), 20_000);
                assertThat(stray.text()).contains("does not react").contains("keeps thread");
                assertThat(stray.remedy()).contains("interruption");
              });
      opened.countDown();
      Await.until(
          "the threads are back",
          () ->
              explain(site, job.jobId()).stream().noneMatch(w -> w.cause() == Cause.STRAY_THREAD));
    }
  }

  @Test
  void anEndIsExplained() {
    try (Fedflow site = site().build()) {
      JobHandle good = Await.value(site.submit(of("Step").compile()));
      Await.value(good.completion());
      assertThat(explain(site, good.jobId())).hasSize(1);
      assertWait(only(explain(site, good.jobId()), Cause.ENDED), "", GUEST, 10_000);
      now.set(20_000);
      JobHandle bad = Await.value(site.submit(of("Fails").compile()));
      Await.value(bad.completion());
      Wait wait = only(explain(site, bad.jobId()), Cause.ENDED);
      assertWait(wait, "", HOST, 20_000);
      assertThat(wait.text()).contains("FAILED").contains("a bad day");
      assertThat(wait.remedy()).contains("the log of the job at host:2");
      assertThat(Await.failure(site.pipelines().explain("none")).code()).isEqualTo("job.unknown");
    }
  }
}

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
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.HeldTimers;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.Wait;
import io.fedflow.job.Wait.Cause;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.JobPolicy.Decision;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.Stores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every reason for which a job does not move is really produced here, and named. */
@Timeout(60)
class EngineExplainTest {

  private final AtomicLong now = new AtomicLong(10_000);
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
  private final Stores stores = MemoryStores.create();
  private final FlakyJobStore flaky = new FlakyJobStore(stores.jobs());
  private final HeldTimers held = new HeldTimers();
  private final Gate gate = new Gate();
  private final CountDownLatch opened = new CountDownLatch(1);
  private final AtomicReference<Party> cutOff = new AtomicReference<>();

  private final ComponentCatalog catalog =
      new ComponentCatalog(
          List.of(
              Fake.of("Step", context -> Jobs.output(1)),
              Fake.of(
                  "Gated",
                  context -> {
                    gate.enter(context);
                    return TaskOutputs.none();
                  }),
              Fake.of(
                  "Opened",
                  Set.of(Role.GUEST),
                  context -> {
                    opened.await();
                    return Jobs.output(1);
                  }),
              Fake.of(
                  "Deaf",
                  context -> {
                    try {
                      gate.enter(context);
                    } catch (InterruptedException ignoredOnPurpose) {
                      waitDeaf();
                    }
                    return TaskOutputs.none();
                  }),
              Fake.of(
                  "Fails",
                  context -> {
                    if (context.self().equals(HOST) && context.task().version() == 0) {
                      throw new FedflowException(FailureKind.BUG, "test.bad", "a bad day");
                    }
                    return TaskOutputs.none();
                  }),
              Fake.of(
                  "Reads",
                  context -> {
                    context.tables().read("demo", "h");
                    return TaskOutputs.none();
                  })));

  private void waitDeaf() {
    while (opened.getCount() > 0) {
      try {
        opened.await();
      } catch (InterruptedException again) {
        // It does not react, that is the point.
      }
    }
  }

  @AfterEach
  void open() {
    opened.countDown();
  }

  private FedflowBuilder site() {
    UnaryOperator<PartyLink> cut =
        own ->
            (to, command) ->
                to.equals(cutOff.get())
                    ? CompletableFuture.failedStage(
                        new FedflowException(
                            FailureKind.UNAVAILABLE, "party.unreachable", to + " is not there"))
                    : own.send(to, command);
    return Fedflow.builder()
        .stores(stores)
        .clock(clock)
        .components(catalog)
        .links(
            (own, mailboxes) -> new FedflowBuilder.Links(cut.apply(own), mailboxes, any -> true));
  }

  private static Pipeline of(String... modules) {
    Pipeline pipeline = Plans.two();
    String before = null;
    for (String module : modules) {
      Pipeline.Step step = pipeline.add(module.toLowerCase(java.util.Locale.ROOT), module);
      if (before != null) {
        step.data(before);
      }
      before = module.toLowerCase(java.util.Locale.ROOT);
    }
    return pipeline;
  }

  private static List<Wait> explain(Fedflow site, String jobId) {
    return Await.value(site.pipelines().explain(jobId));
  }

  /** The only reason of this kind. */
  private static Wait only(List<Wait> waits, Cause cause) {
    List<Wait> found = waits.stream().filter(wait -> wait.cause() == cause).toList();
    assertThat(found).as("%s", waits).hasSize(1);
    return found.get(0);
  }

  private static void assertWait(Wait wait, String component, Party party, long since) {
    assertThat(wait.component()).isEqualTo(component);
    assertThat(wait.party()).isEqualTo(party);
    assertThat(wait.since()).isEqualTo(since);
  }

  @Test
  void noSlotsAreFree() {
    try (Fedflow site = site().runningJobs(1).build()) {
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
          .contains("0 of 1 are free, held by " + holder.jobId() + " (1)")
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
  void aPartyCannotBeReached() {
    try (Fedflow site = site().timers(held).build()) {
      JobHandle job = Await.value(site.submit(of("Opened", "Step").compile()));
      now.set(20_000);
      cutOff.set(HOST);
      opened.countDown();
      Await.until(
          "the host is missed",
          () ->
              explain(site, job.jobId()).stream()
                  .anyMatch(wait -> wait.cause() == Cause.PEER_UNREACHABLE));
      Wait wait = only(explain(site, job.jobId()), Cause.PEER_UNREACHABLE);
      assertWait(wait, "", HOST, 20_000);
      assertThat(wait.text())
          .contains("host:2 is not there")
          .containsPattern("last contact 1970-01-01T00:00:[12]0Z")
          .contains("next try " + Instant.ofEpochMilli(20_100));
      assertThat(wait.remedy()).contains("the server of host:2");
      cutOff.set(null);
      held.fire(200);
      assertThat(Await.value(job.completion()).good()).isTrue();
    }
  }

  @Test
  void aPartyThatCouldNotBeReachedAtAllIsNamedAfterTheEnd() {
    try (Fedflow site = site().build()) {
      cutOff.set(HOST);
      Await.failure(site.submit(of("Step").compile()));
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      String jobId = Jobs.allViews(site).get(0).jobId();
      Wait wait = only(explain(site, jobId), Cause.PEER_UNREACHABLE);
      assertWait(wait, "", HOST, 10_000);
      assertThat(wait.remedy()).contains("the server of host:2").contains("submit it again");
    }
  }

  @Test
  void aPartyHasNotAnsweredYet() {
    CompletableFuture<Void> late = new CompletableFuture<>();
    AtomicReference<String> asked = new AtomicReference<>();
    try (Fedflow site =
        site()
            .links(
                (own, mailboxes) ->
                    new FedflowBuilder.Links(
                        (to, command) -> {
                          if (!to.equals(HOST) || !(command instanceof PartyCommand.CreateJob)) {
                            return own.send(to, command);
                          }
                          asked.set(command.jobId());
                          return late.thenCompose(then -> own.send(to, command));
                        },
                        mailboxes,
                        any -> true))
            .build()) {
      CompletionStage<JobHandle> job = site.submit(of("Step").compile());
      Await.until("the host was asked", () -> asked.get() != null);
      Await.until("the guest has it", () -> !Jobs.views(site, asked.get()).isEmpty());
      Await.until(
          "only the host is awaited",
          () ->
              explain(site, asked.get()).stream()
                      .filter(wait -> wait.cause() == Cause.CREATING)
                      .count()
                  == 1);
      Wait wait = only(explain(site, asked.get()), Cause.CREATING);
      assertWait(wait, "", HOST, 10_000);
      assertThat(wait.text()).contains("host:2 has not answered");
      assertThat(wait.remedy()).contains("host:2");
      late.complete(null);
      assertThat(Await.value(Await.value(job).completion()).good()).isTrue();
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
  void aPartyThatStaysAwayIsNamedAfterTheEnd() {
    try (Fedflow site = site().timers(held).peerPatience(java.time.Duration.ZERO).build()) {
      JobHandle job = Await.value(site.submit(of("Opened", "Step").compile()));
      cutOff.set(HOST);
      opened.countDown();
      Await.until("the job gave up", () -> !endsOf(explain(site, job.jobId())).isEmpty());
      Wait wait = only(endsOf(explain(site, job.jobId())), Cause.PEER_UNREACHABLE);
      assertWait(wait, "", HOST, 10_000);
      assertThat(wait.text()).contains("could not start").contains("host:2 is not there");
    }
  }

  private static List<Wait> endsOf(List<Wait> waits) {
    return waits.stream().filter(wait -> wait.text().contains("ended as FAILED")).toList();
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

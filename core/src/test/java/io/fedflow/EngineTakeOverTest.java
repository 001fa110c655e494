package io.fedflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskContext;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.HeldTimers;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.InstanceTimes;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.memory.SharedMemory;
import io.fedflow.memory.ThreadTimers;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.Signal;
import io.fedflow.spi.SiteInstances;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TaskQuery;
import io.fedflow.spi.Timers;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several instances of one site on the same stores. */
@Timeout(120)
class EngineTakeOverTest {

  private static final InstanceTimes QUICK =
      new InstanceTimes(Duration.ofMillis(300), Duration.ofMillis(30));

  /** Never ends by itself, however slow the machine. */
  private static final InstanceTimes LONG =
      new InstanceTimes(Duration.ofMinutes(10), Duration.ofMillis(30));

  private final AtomicLong ahead = new AtomicLong();
  private final InstantSource clock = () -> Instant.now().plusMillis(ahead.get());
  private final SharedMemory shared = new SharedMemory(clock);
  private final List<Fedflow> sites = new ArrayList<>();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

  private final Gate gate = new Gate();
  private final List<Signal> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    sites.forEach(Fedflow::close);
    timer.shutdownNow();
  }

  private interface Body {
    void run(TaskContext context) throws Exception;
  }

  private Fedflow site(Stores stores, Timers timers, InstanceTimes times, Body gated) {
    Fake task =
        Fake.of(
            "Gated",
            context -> {
              gated.run(context);
              return Jobs.output(context.task().version());
            });
    Fedflow site =
        Fedflow.builder()
            .stores(stores)
            .timers(timers)
            .instanceTimes(times)
            .telemetry(told::add)
            .components(
                new ComponentCatalog(List.of(task, Fake.of("Step", context -> Jobs.output(1)))))
            .slots(8)
            .build();
    sites.add(site);
    site.recover();
    return site;
  }

  private Fedflow lively() {
    return lively(LONG);
  }

  private Fedflow lively(InstanceTimes times) {
    return site(shared.open(), new ThreadTimers(timer), times, context -> {});
  }

  private static Pipeline pipeline() {
    Pipeline pipeline = Plans.two();
    pipeline.add("step", "Step");
    pipeline.add("gated", "Gated").data("step");
    pipeline.add("after", "Step").data("gated");
    return pipeline;
  }

  private static List<String> attempts(Fedflow site, String jobId) {
    TaskQuery all =
        new TaskQuery(
            List.of(jobId),
            List.of("gated"),
            List.of(),
            List.of(),
            Set.of(),
            Set.of(),
            false,
            0,
            9);
    return Await.value(site.tracking().tasks(all)).stream()
        .map(
            row ->
                row.party()
                    + " "
                    + row.task().version()
                    + " "
                    + row.partyStatus()
                    + (row.lost() ? " lost" : ""))
        .toList();
  }

  /** Its timers stand still, and with them its lease: as if the process were stopped. */
  @RepeatedTest(5)
  void theJobsOfAStoppedInstanceGoOnAtAnother_andItStoresNothingWhenItIsBack() {
    Stores stores = shared.open();
    Fedflow stopped =
        site(
            stores,
            new HeldTimers(),
            QUICK,
            context -> {
              gate.enter(context);
            });
    String jobId = Await.value(stopped.submit(pipeline().compile())).jobId();
    gate.awaitInside(2);
    Fedflow other = lively(QUICK);

    Jobs.awaitAll(other, jobId, JobStatus.SUCCESS);

    assertThat(told)
        .filteredOn(Signal.JobTakenOver.class::isInstance)
        .containsExactly(new Signal.JobTakenOver(jobId));
    Await.until(
        "the fence is told",
        () -> told.contains(new Signal.InstanceFenced(stores.instances().id())));
    assertThat(attempts(other, jobId))
        .containsExactlyInAnyOrder(
            "guest:1 0 FAILED lost",
            "host:2 0 FAILED lost",
            "guest:1 1 SUCCESS",
            "host:2 1 SUCCESS");
    assertThat(Await.value(stores.instances().owner(jobId))).isNotEmpty();
    long revisions = revisions(other, jobId);
    assertThat(stopped.health().failure()).isEmpty();

    // It is back, and believes to run the job still: its tasks end, which it cannot store.
    gate.threads().values().forEach(Thread::interrupt);

    Await.until("it noticed", () -> stopped.health().failure().isPresent());
    assertThat(stopped.health().failure().get().getCause())
        .isInstanceOfSatisfying(
            FedflowException.class, why -> assertThat(why.code()).isEqualTo(SiteInstances.FENCED));
    assertThat(revisions(other, jobId)).isEqualTo(revisions);
    assertThat(Await.value(stores.jobs().unfinished())).isEmpty();
  }

  private static long revisions(Fedflow site, String jobId) {
    return Jobs.views(site, jobId).stream().mapToLong(row -> row.revision()).sum()
        + Jobs.parts(site, jobId).stream().mapToLong(row -> row.revision()).sum();
  }

  @Test
  void anInstanceThatEndsHandsOver() {
    Fedflow ending =
        site(shared.open(), new ThreadTimers(timer), LONG, context -> gate.enter(context));
    Fedflow other = lively();
    String jobId = Await.value(ending.submit(pipeline().compile())).jobId();
    gate.awaitInside(2);

    ending.close();

    Jobs.awaitAll(other, jobId, JobStatus.SUCCESS);
    assertThat(attempts(other, jobId)).contains("guest:1 1 SUCCESS", "host:2 1 SUCCESS");
  }

  /** The next renewal of the other is minutes away: only the news can lead it there. */
  @Test
  void whoHearsThatAnotherLeft_takesOverAtOnce() {
    InstanceTimes rare = new InstanceTimes(Duration.ofMinutes(30), Duration.ofMinutes(9));
    Fedflow ending =
        site(shared.open(), new ThreadTimers(timer), rare, context -> gate.enter(context));
    Fedflow other = lively(rare);
    String jobId = Await.value(ending.submit(pipeline().compile())).jobId();
    gate.awaitInside(2);

    ending.close();

    Jobs.awaitAll(other, jobId, JobStatus.SUCCESS);
    assertThat(told).contains(new Signal.JobTakenOver(jobId));
  }

  @Test
  void anInstanceThatStartsLeavesTheJobsOfTheLiving() {
    Fedflow first =
        site(shared.open(), new ThreadTimers(timer), LONG, context -> gate.enter(context));
    String jobId = Await.value(first.submit(pipeline().compile())).jobId();
    gate.awaitInside(2);

    Fedflow second = lively();
    String another = Await.value(second.submit(pipeline().compile())).jobId();
    Jobs.awaitAll(second, another, JobStatus.SUCCESS);

    assertThat(second.engine().isLive(jobId)).isFalse();
    assertThat(attempts(second, jobId))
        .containsExactlyInAnyOrder("guest:1 0 RUNNING", "host:2 0 RUNNING");
    assertThat(first.health().failure()).isEmpty();
  }

  /** An ended job belongs to whom does something with it, once nobody else has it. */
  @Test
  void anEndedJobIsRunAgainWhereItsOwnerIsGone_andNowhereElse() {
    Fedflow first = lively();
    Fedflow second = lively();
    String jobId = Await.value(first.submit(pipeline().compile())).jobId();
    Jobs.awaitAll(first, jobId, JobStatus.SUCCESS);

    assertThat(Await.failure(second.pipelines().rerun(jobId, List.of(), true, "anna")).code())
        .isEqualTo("job.elsewhere");
    first.close();
    Await.value(second.pipelines().rerun(jobId, List.of(), true, "anna"));

    Await.until("it ran", () -> attempts(second, jobId).contains("guest:1 1 SUCCESS"));
    Jobs.awaitAll(second, jobId, JobStatus.SUCCESS);
  }

  @Test
  void aJobThatNobodyKnowsIsNotClaimed() {
    Stores stores = shared.open();
    Fedflow site = site(stores, new ThreadTimers(timer), LONG, context -> {});
    assertThat(Await.failure(site.pipelines().rerun("nothing", List.of(), true, "a")).code())
        .isEqualTo("job.unknown");
    assertThat(Await.failure(site.pipelines().describe("nothing", Plans.GUEST, "x")).code())
        .isEqualTo("job.unknown");
    assertThat(Await.value(stores.instances().owner("nothing"))).isEmpty();
  }

  /** Stores whose claims wait until so many of them arrived. */
  private Stores claimingTogether(CountDownLatch arriving, CompletableFuture<Void> arrived) {
    Stores whole = shared.open();
    SiteInstances meeting =
        (SiteInstances)
            Proxy.newProxyInstance(
                SiteInstances.class.getClassLoader(),
                new Class<?>[] {SiteInstances.class},
                (proxy, method, args) -> {
                  if (!method.getName().equals("claim")) {
                    return method.invoke(whole.instances(), args);
                  }
                  arriving.countDown();
                  if (arriving.getCount() == 0) {
                    arrived.complete(null);
                  }
                  return arrived.thenCompose(
                      all -> whole.instances().claim(String.valueOf(args[0])));
                });
    return new Stores(
        whole.jobs(),
        whole.tracking(),
        whole.tables(),
        whole.models(),
        whole.blobs(),
        whole.servers(),
        meeting,
        whole::close);
  }

  /** Neither finds an owner when it looks: that two servers hit that moment is up to chance. */
  @RepeatedTest(5)
  void ofTwoInstancesThatCreatePartiesOfAJobAtOnce_oneGetsTheJob_andThenBoth() {
    CountDownLatch arriving = new CountDownLatch(2);
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    List<Stores> stores =
        List.of(claimingTogether(arriving, arrived), claimingTogether(arriving, arrived));
    List<Fedflow> both =
        stores.stream()
            .map(each -> site(each, new ThreadTimers(timer), LONG, context -> {}))
            .toList();
    Pipeline pipeline = Plans.three();
    pipeline.add("step", "Step");
    JobDocuments documents = pipeline.compile();
    PartyCommand create =
        new PartyCommand.CreateJob(Plans.JOB, documents.dsl(), documents.conf(), Plans.GUEST, 1, 1);
    List<Party> parties = List.of(Plans.HOST, Plans.ARBITER);
    List<CompletableFuture<Void>> created = new ArrayList<>();
    for (int i = 0; i < both.size(); i++) {
      created.add(both.get(i).engine().send(parties.get(i), create).toCompletableFuture());
    }

    String owner = null;
    int loser = -1;
    for (int i = 0; i < both.size(); i++) {
      int at = i;
      Await.until("an answer", () -> created.get(at).isDone());
      if (created.get(i).isCompletedExceptionally()) {
        assertThat(loser).as("who was refused").isEqualTo(-1);
        loser = i;
        FedflowException refusal = Await.failure(created.get(i));
        assertThat(refusal.code()).isEqualTo("job.elsewhere");
        assertThat(refusal.kind()).as("its sender tries again").isEqualTo(FailureKind.UNAVAILABLE);
      } else {
        owner = stores.get(i).instances().id();
      }
    }
    assertThat(loser).as("who was refused").isNotEqualTo(-1);
    Fedflow winner = both.get(1 - loser);
    assertThat(both.get(loser).engine().isLive(Plans.JOB)).isFalse();
    assertThat(Jobs.views(winner, Plans.JOB))
        .extracting(JobRow::party)
        .containsExactly(parties.get(1 - loser));
    assertThat(Await.value(stores.get(loser).instances().owner(Plans.JOB))).contains(owner);

    Await.value(winner.engine().send(parties.get(loser), create));
    assertThat(Jobs.views(winner, Plans.JOB))
        .extracting(JobRow::party)
        .containsExactlyInAnyOrderElementsOf(parties);
  }

  /** After an outage all leases have ended, and nobody is dead. */
  @Test
  void whoRenewsAfterAnOutageIsNotFenced() {
    Fedflow one = lively();
    Fedflow other = lively();
    Stores looker = shared.open();
    Await.value(looker.instances().join(LONG.lease()));

    ahead.set(Duration.ofHours(1).toMillis());

    Await.until("both renewed", () -> !Await.value(looker.instances().renew()).heirless());
    assertThat(one.health().failure()).isEmpty();
    assertThat(other.health().failure()).isEmpty();
    String jobId = Await.value(one.submit(pipeline().compile())).jobId();
    Jobs.awaitAll(one, jobId, JobStatus.SUCCESS);
  }
}

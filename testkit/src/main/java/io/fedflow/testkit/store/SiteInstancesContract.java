package io.fedflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.SiteInstances;
import io.fedflow.spi.Stores;
import io.fedflow.testkit.stage.Await;
import io.fedflow.tracking.LogLine;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link SiteInstances} where several processes may share stores. */
public abstract class SiteInstancesContract {

  /** Ends during a test only if the test lets it: nobody has to be quick. */
  private static final Duration LONG = Duration.ofHours(1);

  private static final Duration SHORT = Duration.ofMillis(1);

  private final List<Stores> opened = new ArrayList<>();

  /** The same stores once more, as another process sees them; empty at the first call of a test. */
  protected abstract Stores open() throws Exception;

  /** How long a test waits for a lease to end, in seconds; reached only by what is broken. */
  protected long patience() {
    return Await.SECONDS;
  }

  private boolean patient(long begun) {
    return System.nanoTime() - begun < patience() * 1_000_000_000L;
  }

  @AfterEach
  final void closeAll() {
    opened.forEach(Stores::close);
  }

  private Stores joined(Duration lease) throws Exception {
    Stores stores = plain();
    Await.value(stores.instances().join(lease));
    return stores;
  }

  private Stores plain() throws Exception {
    Stores stores = open();
    opened.add(stores);
    return stores;
  }

  private static CompletionStage<Void> begin(Stores stores, String jobId) {
    return stores.jobs().commit(StoreRows.jobs(StoreRows.job(jobId, StoreRows.GUEST, 1)));
  }

  private static void end(Stores stores, String jobId) {
    Await.value(
        stores.jobs().commit(StoreRows.coordinations(coordination(jobId, JobStatus.RUNNING, 1))));
    Await.value(
        stores.jobs().commit(StoreRows.coordinations(coordination(jobId, JobStatus.SUCCESS, 2))));
  }

  private static CoordinationRow coordination(String jobId, JobStatus status, long revision) {
    return StoreRows.coordination(jobId, status, revision);
  }

  private static List<String> take(Stores stores) {
    return Await.value(stores.instances().take(true));
  }

  /** Takes until something came: a lease of a millisecond ends when it likes. */
  private List<String> taken(Stores stores) {
    for (long begun = System.nanoTime(); ; ) {
      List<String> ids = take(stores);
      if (!ids.isEmpty() || !patient(begun)) {
        return ids;
      }
    }
  }

  private static void refused(CompletionStage<?> write, String code) {
    FedflowException refusal = Await.failure(write);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
  }

  @Test
  void I1_aClaimedJob_belongsToWhoClaimedIt_againToo() throws Exception {
    Stores one = joined(LONG);
    assertThat(one.instances().shared()).isTrue();

    assertThat(Await.value(one.instances().owner("job"))).isEmpty();
    assertThat(Await.value(one.instances().claim("job"))).isEqualTo(one.instances().id());
    assertThat(Await.value(one.instances().claim("job"))).isEqualTo(one.instances().id());
    assertThat(Await.value(one.instances().owner("job"))).contains(one.instances().id());
  }

  @Test
  void I2_aJobOfALivingInstance_isNotClaimed() throws Exception {
    Stores one = joined(LONG);
    Stores other = joined(LONG);
    assertThat(one.instances().id()).isNotEqualTo(other.instances().id());
    Await.value(one.instances().claim("job"));

    assertThat(Await.value(other.instances().claim("job"))).isEqualTo(one.instances().id());
    assertThat(Await.value(other.instances().owner("job"))).contains(one.instances().id());
  }

  @Test
  void I2_ofManyClaims_oneWins() throws Exception {
    List<Stores> all = List.of(joined(LONG), joined(LONG), joined(LONG));
    for (int job = 0; job < 20; job++) {
      String jobId = "job" + job;
      List<CompletionStage<String>> claims =
          all.stream().map(stores -> stores.instances().claim(jobId)).toList();
      assertThat(claims.stream().map(Await::value).distinct()).hasSize(1);
    }
  }

  @Test
  void I3_aLeaseThatEnded_isRenewed_ifNobodyFencedIt() throws Exception {
    Stores one = joined(SHORT);
    Stores other = joined(LONG);
    Await.value(begin(one, "job"));
    awaitHeirless(other);

    Await.value(one.instances().renew());
    Await.value(begin(one, "another"));

    assertThat(Await.value(other.instances().take(false))).isEmpty();
    assertThat(Await.value(one.instances().owner("job"))).contains(one.instances().id());
  }

  private void awaitHeirless(Stores other) {
    for (long begun = System.nanoTime(); ; ) {
      if (Await.value(other.instances().renew()).heirless()) {
        return;
      }
      assertThat(patient(begun)).as("the lease ends").isTrue();
    }
  }

  @Test
  void I4_whoTakes_getsTheUnfinishedJobsOfTheDead_once() throws Exception {
    Stores dead = joined(SHORT);
    Stores living = joined(LONG);
    Await.value(begin(dead, "view"));
    Await.value(
        dead.jobs().commit(StoreRows.coordinations(coordination("whole", JobStatus.RUNNING, 1))));
    end(dead, "ended");
    Await.value(begin(living, "other"));
    Stores taker = joined(LONG);

    assertThat(taken(taker)).containsExactlyInAnyOrder("view", "whole");
    assertThat(take(taker)).isEmpty();
    assertThat(take(living)).isEmpty();
    assertThat(Await.value(taker.instances().owner("view"))).contains(taker.instances().id());
    assertThat(Await.value(taker.instances().owner("other"))).contains(living.instances().id());
    assertThat(Await.value(taker.instances().renew()).heirless()).isFalse();
  }

  @Test
  void I4_severalTakers_shareAllJobs_eachOnce() throws Exception {
    Stores dead = joined(LONG);
    List<CompletionStage<Void>> begun = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2 * SiteInstances.MOST_TAKEN + 50; i++) {
      ids.add("job" + i);
      begun.add(begin(dead, "job" + i));
    }
    begun.forEach(Await::value);
    List<Stores> takers = List.of(joined(LONG), joined(LONG), joined(LONG));
    Await.value(dead.instances().leave());

    List<String> all = new ArrayList<>();
    for (long started = System.nanoTime(); all.size() < ids.size() && patient(started); ) {
      List<CompletionStage<List<String>>> shares =
          takers.stream().map(stores -> stores.instances().take(true)).toList();
      for (CompletionStage<List<String>> share : shares) {
        List<String> some = Await.value(share);
        assertThat(some).hasSizeLessThanOrEqualTo(SiteInstances.MOST_TAKEN);
        all.addAll(some);
      }
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void I5_aFencedInstance_storesNothing() throws Exception {
    Stores dead = joined(SHORT);
    Stores taker = joined(LONG);
    JobRow row = StoreRows.job("job", StoreRows.GUEST, 1);
    Await.value(dead.jobs().commit(StoreRows.jobs(row)));
    dead.blobs().write("kept", out -> out.write(1));
    assertThat(taken(taker)).containsExactly("job");

    requireFenced(dead, row);
    Await.value(taker.jobs().commit(StoreRows.jobs(row.progressed(7, 2))));
    assertThat(Await.value(taker.jobs().jobs(JobQuery.ofJob("job"))))
        .singleElement()
        .satisfies(now -> assertThat(now.progress()).isEqualTo(7));
    assertThat(Await.value(taker.jobs().jobs(JobQuery.ofJob("new")))).isEmpty();
    assertThat(Await.value(taker.tables().find("n", "t"))).isEmpty();
    assertThat(Await.value(taker.models().list("v"))).isEmpty();
    try (InputStream in = taker.blobs().read("kept")) {
      assertThat(in.readAllBytes()).containsExactly(1);
    }
  }

  private static void requireFenced(Stores dead, JobRow row) {
    refused(dead.instances().renew(), SiteInstances.FENCED);
    refused(dead.instances().take(true), SiteInstances.FENCED);
    refused(dead.instances().adopt(), SiteInstances.FENCED);
    refused(dead.instances().claim("new"), SiteInstances.FENCED);
    refused(dead.jobs().commit(StoreRows.jobs(row.progressed(9, 2))), SiteInstances.FENCED);
    refused(begin(dead, "new"), SiteInstances.FENCED);
    refused(dead.jobs().dropEvents("job", 1), SiteInstances.FENCED);
    var task = StoreRows.task("job", "c", StoreRows.GUEST, 1).task();
    refused(
        dead.tracking().putSummary(task, StoreRows.GUEST, Map.of("a", 1)), SiteInstances.FENCED);
    refused(
        dead.tracking().appendMetrics(List.of(StoreRows.metric(task, StoreRows.GUEST, 0, 1))),
        SiteInstances.FENCED);
    refused(dead.tracking().putOutputs(task, StoreRows.GUEST, List.of()), SiteInstances.FENCED);
    refused(dead.tracking().clean(task, StoreRows.GUEST), SiteInstances.FENCED);
    refused(
        dead.tracking()
            .appendLog(
                List.of(new LogLine("job", StoreRows.GUEST, "c", 0, 1, LogLine.Level.INFO, "x"))),
        SiteInstances.FENCED);
    refused(dead.tables().put(StoreRows.table("n", "t", 1)), SiteInstances.FENCED);
    refused(dead.models().put(StoreRows.model("v", StoreRows.GUEST, "c")), SiteInstances.FENCED);
    refused(
        dead.models().putPipeline(StoreRows.pipeline("v", StoreRows.GUEST)), SiteInstances.FENCED);
    refused(blob(() -> dead.blobs().write("kept", out -> out.write(2))), SiteInstances.FENCED);
    refused(blob(() -> dead.blobs().delete("kept")), SiteInstances.FENCED);
  }

  private interface BlobWrite {
    void run() throws IOException;
  }

  private static CompletionStage<Void> blob(BlobWrite write) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            write.run();
          } catch (IOException e) {
            throw new AssertionError("must be refused as fenced", e);
          }
        });
  }

  /** Whatever was acknowledged is there before the taker looks, and nothing comes after. */
  @Test
  void I5_writesThatRaceWithTheFence_areBeforeItOrRefused() throws Exception {
    for (int round = 0; round < 5; round++) {
      Stores dead = joined(SHORT);
      Stores taker = joined(LONG);
      JobRow row = StoreRows.job("job" + round, StoreRows.GUEST, 1);
      Await.value(dead.jobs().commit(StoreRows.jobs(row)));
      List<CompletionStage<Void>> racing = new ArrayList<>();
      List<String> taken = new ArrayList<>();
      for (int i = 0; taken.isEmpty() && i < 20_000; i++) {
        row = row.progressed(i % 100, i);
        racing.add(dead.jobs().commit(StoreRows.jobs(row)));
        if (i % 20 == 0) {
          taken.addAll(take(taker));
        }
      }
      assertThat(taken).containsExactly("job" + round);
      long atTaking =
          Await.value(taker.jobs().jobs(JobQuery.ofJob("job" + round))).get(0).revision();

      List<FedflowException> refusals = Await.failures(racing);

      assertThat(refusals).allMatch(refusal -> refusal.code().equals(SiteInstances.FENCED));
      assertThat(Await.value(taker.jobs().jobs(JobQuery.ofJob("job" + round))).get(0).revision())
          .as("revision now, and when the job was taken")
          .isEqualTo(atTaking)
          .isEqualTo(1L + racing.size() - refusals.size());
    }
  }

  @Test
  void I6_anInstanceWhoseLeaseHolds_isNotFenced() throws Exception {
    Stores one = joined(LONG);
    Stores other = joined(LONG);
    Await.value(begin(one, "job"));

    assertThat(take(other)).isEmpty();

    Await.value(one.instances().renew());
    Await.value(begin(one, "more"));
  }

  @Test
  void I7_theJobsOfOneThatLeft_areTakenAtOnce() throws Exception {
    Stores leaver = joined(LONG);
    Stores other = joined(LONG);
    JobRow row = StoreRows.job("job", StoreRows.GUEST, 1);
    Await.value(leaver.jobs().commit(StoreRows.jobs(row)));

    Await.value(leaver.instances().leave());

    assertThat(Await.value(other.instances().renew()).heirless()).isTrue();
    assertThat(Await.value(other.instances().take(false))).containsExactly("job");
    refused(leaver.jobs().commit(StoreRows.jobs(row.progressed(1, 2))), SiteInstances.FENCED);
  }

  @Test
  void I8_theFirstTurn_makesTheOwner() throws Exception {
    Stores one = joined(LONG);
    Stores other = joined(LONG);
    Await.value(begin(one, "job"));

    assertThat(Await.value(other.instances().owner("job"))).contains(one.instances().id());
    refused(
        other.jobs().commit(StoreRows.jobs(StoreRows.job("job", StoreRows.HOST, 1))),
        SiteInstances.OWNED);
    assertThat(Await.value(one.jobs().jobs(JobQuery.ofJob("job")))).hasSize(1);
    Await.value(one.jobs().commit(StoreRows.jobs(StoreRows.job("job", StoreRows.HOST, 1))));
  }

  @Test
  void I9_anEndedJobOfOneThatIsGone_isClaimed_anUnfinishedOneNot() throws Exception {
    Stores gone = joined(LONG);
    Stores other = joined(LONG);
    end(gone, "ended");
    Await.value(begin(gone, "unfinished"));
    Await.value(gone.instances().leave());

    assertThat(Await.value(other.instances().owner("ended"))).isEmpty();
    assertThat(Await.value(other.instances().claim("ended"))).isEqualTo(other.instances().id());
    assertThat(Await.value(other.instances().claim("unfinished"))).isEqualTo(gone.instances().id());
    assertThat(take(other)).containsExactly("unfinished");
  }

  /** Hears what instances tell. */
  private static final class Watching implements SiteInstances.Watcher {
    private final Semaphore left = new Semaphore(0);
    private final BlockingQueue<String> fenced = new LinkedBlockingQueue<>();

    @Override
    public void jobsLeft() {
      left.release();
    }

    @Override
    public void fenced(String instanceId) {
      fenced.add(instanceId);
    }
  }

  private Stores watched(Watching watching) throws Exception {
    Stores stores = plain();
    stores.instances().watch(watching);
    Await.value(stores.instances().join(LONG));
    return stores;
  }

  @Test
  void I10_whoWatches_isToldThatAnotherLeft() throws Exception {
    Watching watching = new Watching();
    Stores leaver = joined(LONG);
    watched(watching);
    Await.value(begin(leaver, "job"));

    Await.value(leaver.instances().leave());

    assertThat(watching.left.tryAcquire(patience(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void I10_whoWatches_isToldThatAnotherTookOnlySome() throws Exception {
    Watching watching = new Watching();
    Stores dead = joined(LONG);
    List<CompletionStage<Void>> begun = new ArrayList<>();
    for (int i = 0; i <= SiteInstances.MOST_TAKEN; i++) {
      begun.add(begin(dead, "job" + i));
    }
    begun.forEach(Await::value);
    Await.value(dead.instances().leave());
    watched(watching);
    Stores taker = joined(LONG);

    assertThat(take(taker)).hasSize(SiteInstances.MOST_TAKEN);

    assertThat(watching.left.tryAcquire(patience(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void I10_whoFenced_isToldWhom() throws Exception {
    Watching watching = new Watching();
    Stores dead = joined(SHORT);
    Await.value(begin(dead, "job"));
    Stores taker = watched(watching);

    assertThat(taken(taker)).containsExactly("job");

    assertThat(watching.fenced.poll(patience(), TimeUnit.SECONDS)).isEqualTo(dead.instances().id());
    assertThat(take(taker)).isEmpty();
    assertThat(watching.fenced).isEmpty();
  }

  @Test
  void I6_theNextEnd_isThatOfAnothersLease() throws Exception {
    Stores one = joined(LONG);
    SiteInstances.Renewed alone = Await.value(one.instances().renew());
    assertThat(alone.nextEnd()).isEqualTo(Long.MAX_VALUE);

    Stores other = joined(LONG);
    SiteInstances.Renewed beside = Await.value(one.instances().renew());
    assertThat(beside.nextEnd() - beside.now()).isBetween(1L, LONG.toMillis());
    Await.value(other.instances().leave());
    assertThat(Await.value(one.instances().renew()).nextEnd()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void I4_unfinishedJobsThatNobodyOwned_areAdoptedOnce() throws Exception {
    Stores before = plain();
    Await.value(begin(before, "old"));
    end(before, "ended");
    Stores one = joined(LONG);
    Stores other = joined(LONG);
    Await.value(begin(other, "owned"));

    assertThat(Await.value(one.instances().adopt())).containsExactly("old");
    assertThat(Await.value(other.instances().adopt())).isEmpty();
    assertThat(Await.value(other.instances().owner("old"))).contains(one.instances().id());
  }
}

package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.storage.postgres.TestPostgres;
import io.fedflow.testkit.takeover.AuditedWrite;
import io.fedflow.testkit.takeover.WriteAudit;
import io.fedflow.transport.client.FlowHttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers of a site on one Postgres, of which the owner of running jobs is harmed again and
 * again: killed, stopped past its lease and continued, or cut off from the database. An audit of
 * all writes, made by triggers of the database, tells whether a job was lost or anything started
 * twice. {@code -Dfedflow.ha.rounds} sets how often (the default: each harm once), {@code
 * -Dfedflow.seed} repeats a run, {@code -Dfedflow.ha.lease} is the lease in milliseconds.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "servers are stopped by signals")
class TakeoverTrialsTest {

  private static final int ROUNDS = Integer.getInteger("fedflow.ha.rounds", Harm.values().length);
  private static final int JOBS_OF_A_ROUND = 2;

  /** Hardly more news than this come of a job. */
  private static final int NEWS = 30;

  private static final int ITERATIONS = 3;

  private static final System.Logger LOG = System.getLogger(TakeoverTrialsTest.class.getName());

  @TempDir Path folder;

  /** What happens to the owner. */
  private enum Harm {
    KILL,
    PAUSE,
    CUT
  }

  @Test
  void whateverHappensToTheOwner_noJobIsLost_andNothingStartsTwice() throws Exception {
    long seed = Long.getLong("fedflow.seed", new Random().nextLong());
    Random random = new Random(seed);
    String url = TestPostgres.freshDatabase();
    try (TestServer first =
        TestServer.start(TestServer.options(folder.resolve("first")).database(url).build())) {
      first.withDemoTables();
    }
    Set<String> jobs = new HashSet<>();
    List<Long> takeovers = new ArrayList<>();
    try (AuditTable audit = AuditTable.install(url);
        SharingServer one = new SharingServer(folder.resolve("one"), url);
        SharingServer other = new SharingServer(folder.resolve("other"), url)) {
      one.start(audit);
      other.start(audit);
      for (int round = 0; round < ROUNDS; round++) {
        Harm harm = Harm.values()[round % Harm.values().length];
        SharingServer owner = random.nextBoolean() ? one : other;
        // The first job is sure to be running still.
        int news = 1 + (round == 0 ? 0 : random.nextInt(NEWS));
        round(harm, owner, news, audit, jobs, takeovers);
        LOG.log(System.Logger.Level.INFO, "round " + (round + 1) + " of " + ROUNDS + ": " + harm);
      }
      List<AuditedWrite> writes = audit.writes();
      assertThat(new WriteAudit(writes).violations(jobs)).as("seed %d", seed).isEmpty();
      assertThat(audit.statuses(jobs)).as("seed %d", seed).containsOnly("SUCCESS");
    }
    assertThat(takeovers).as("jobs that were taken over, seed %d", seed).isNotEmpty();
    takeovers.sort(null);
    LOG.log(
        System.Logger.Level.INFO,
        "{0} jobs were taken over; milliseconds from the harm to the first write: median {1},"
            + " p99 {2}, longest {3}",
        takeovers.size(),
        takeovers.get(takeovers.size() / 2),
        takeovers.get((int) Math.ceil(takeovers.size() * 0.99) - 1),
        takeovers.get(takeovers.size() - 1));
  }

  private static void round(
      Harm harm,
      SharingServer owner,
      int news,
      AuditTable audit,
      Set<String> jobs,
      List<Long> takeovers)
      throws Exception {
    FlowHttpClient client = FlowHttpClient.of(owner.url());
    List<String> mine = new ArrayList<>();
    for (int i = 0; i < JOBS_OF_A_ROUND; i++) {
      Map<String, Object> conf = TestJobs.demoConf(ITERATIONS);
      mine.add(client.blocking().submit(TestJobs.demoDsl(), conf).jobId());
    }
    jobs.addAll(mine);
    String moment = mine.get(JOBS_OF_A_ROUND - 1);
    boolean live = JobMoments.live(owner.url(), moment, new AtomicLong(), news);
    String harmed = "fedflow-" + owner.instance();
    long since = audit.now();
    switch (harm) {
      case KILL -> owner.process().kill();
      case PAUSE -> owner.process().signal("STOP");
      case CUT -> owner.cut();
    }
    audit.awaitEnded(mine);
    switch (harm) {
      case KILL -> {}
      case PAUSE -> owner.process().signal("CONT");
      case CUT -> owner.joinAgain();
    }
    if (harm != Harm.KILL) {
      assertThat(owner.process().exitCode()).as("of a fenced server").isEqualTo(70);
    }
    List<AuditedWrite> writes = audit.writes();
    assertThat(writes).extracting(AuditedWrite::writer).contains(harmed);
    if (live) {
      WriteAudit written = new WriteAudit(writes);
      for (String jobId : mine) {
        written.takenAfter(jobId, harmed, since).ifPresent(takeovers::add);
      }
    }
    owner.start(audit);
  }
}

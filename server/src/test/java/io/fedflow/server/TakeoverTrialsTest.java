package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.storage.postgres.TestPostgres;
import io.fedflow.testkit.takeover.AuditedWrite;
import io.fedflow.testkit.takeover.WriteAudit;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.JobFollowing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
 * twice; what clients were told before must be there afterwards, and every job makes what an
 * undisturbed one makes. {@code -Dfedflow.ha.rounds} sets how often (the default: each harm once),
 * {@code -Dfedflow.seed} repeats a run, {@code -Dfedflow.ha.lease} is the lease in milliseconds.
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

  private final long seed = Long.getLong("fedflow.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final String url = TestPostgres.freshDatabase();
  private final Set<String> jobs = new HashSet<>();
  private final TakeoverTimes times = new TakeoverTimes();
  private int outputs;
  private int events;

  /** What happens to the owner. */
  private enum Harm {
    KILL,
    PAUSE,
    CUT;

    void to(SharingServer owner) throws Exception {
      switch (this) {
        case KILL -> owner.process().kill();
        case PAUSE -> owner.process().signal("STOP");
        case CUT -> owner.cut();
      }
    }

    /** Lets it go on, as the instance that it was; others fenced it. */
    void ends(SharingServer owner) throws Exception {
      switch (this) {
        case KILL -> {}
        case PAUSE -> owner.process().signal("CONT");
        case CUT -> owner.joinAgain();
      }
      if (this != KILL) {
        assertThat(owner.process().exitCode()).as("of a fenced server").isEqualTo(70);
      }
    }
  }

  @Test
  void whateverHappensToTheOwner_noJobIsLost_andNothingStartsTwice() throws Exception {
    Map<String, String> expected;
    try (TestServer first = inside()) {
      first.withDemoTables();
      expected = JobResult.of(first.server().site(), undisturbed(first));
    }
    try (AuditTable audit = AuditTable.install(url);
        SharingServer one = new SharingServer(folder.resolve("one"), url);
        SharingServer other = new SharingServer(folder.resolve("other"), url)) {
      one.start(audit);
      other.start(audit);
      for (int round = 0; round < ROUNDS; round++) {
        Harm harm = Harm.values()[round % Harm.values().length];
        boolean mine = random.nextBoolean();
        // The first job is sure to be running still.
        int news = 1 + (round == 0 ? 0 : random.nextInt(NEWS));
        int taken = round(harm, mine ? one : other, mine ? other : one, news, audit);
        LOG.log(
            System.Logger.Level.INFO,
            "round " + (round + 1) + " of " + ROUNDS + ": " + harm + ", " + times.lately(taken));
      }
      assertThat(new WriteAudit(audit.writes(jobs)).violations(jobs)).as("seed %d", seed).isEmpty();
      assertThat(audit.statuses(jobs)).as("seed %d", seed).containsOnly("SUCCESS");
    }
    try (TestServer last = inside()) {
      for (String jobId : jobs) {
        assertThat(JobResult.of(last.server().site(), jobId))
            .as("seed %d, job %s", seed, jobId)
            .isEqualTo(expected);
      }
    }
    LOG.log(
        System.Logger.Level.INFO,
        () -> jobs.size() + " jobs, " + outputs + " outputs and " + events + " events were told");
    times.tell();
  }

  private TestServer inside() throws StartupFailure {
    return TestServer.start(TestServer.options(folder.resolve("first")).database(url).build());
  }

  private static Map<String, Object> conf() {
    return TestJobs.with(TestJobs.demoConf(ITERATIONS), 7, "job_parameters", "seed");
  }

  private static String undisturbed(TestServer server) throws InterruptedException {
    Map<String, Object> end = server.run(TestJobs.demoDsl(), conf());
    assertThat(end).containsEntry("status", "success");
    return String.valueOf(end.get("job_id"));
  }

  /** Gives how many jobs were taken over. */
  private int round(Harm harm, SharingServer owner, SharingServer other, int news, AuditTable audit)
      throws Exception {
    FlowHttpClient client = FlowHttpClient.of(owner.url());
    Acknowledged told = new Acknowledged();
    List<String> mine = new ArrayList<>();
    List<JobFollowing> followings = new ArrayList<>();
    for (int i = 0; i < JOBS_OF_A_ROUND; i++) {
      String jobId = client.blocking().submit(TestJobs.demoDsl(), conf()).jobId();
      told.submitted(jobId);
      followings.add(client.follow(jobId, 0, event -> told.told(jobId, event)));
      mine.add(jobId);
    }
    jobs.addAll(mine);
    JobMoments.live(owner.url(), mine.get(JOBS_OF_A_ROUND - 1), new AtomicLong(), news);
    for (String jobId : mine) {
      told.look(client, jobId);
    }
    String session = "fedflow-" + owner.instance();
    long since = audit.now();
    harm.to(owner);
    long fenced = audit.awaitFenced(owner.instance());
    boolean amidTheOthersWork = random.nextBoolean();
    if (amidTheOthersWork) {
      audit.awaitTakenOrEnded(mine, session, since);
    } else {
      audit.awaitEnded(mine);
    }
    harm.ends(owner);
    audit.awaitEnded(mine);
    followings.forEach(JobFollowing::close);

    FlowHttpClient heir = FlowHttpClient.of(other.url());
    told.requireEnds(heir);
    told.requireAll(heir);
    outputs += told.outputs();
    events += told.events();
    List<AuditedWrite> writes = audit.writes(mine);
    assertThat(writes).extracting(AuditedWrite::writer).contains(session);
    WriteAudit written = new WriteAudit(writes);
    int taken = 0;
    for (String jobId : mine) {
      OptionalLong millis = written.takenAfter(jobId, session, since);
      millis.ifPresent(times::written);
      taken += millis.isPresent() ? 1 : 0;
    }
    times.fenced(fenced - since);
    owner.start(audit);
    return taken;
  }
}

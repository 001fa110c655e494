package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers of guest, host and arbiter that are killed at random moments of a job, and started again
 * after a random pause: the job ends well at all of them, with what an undisturbed one makes.
 * {@code -Dfedflow.kills} sets how often each is killed, {@code -Dfedflow.seed} repeats a run.
 */
class PartyKillsTest {

  private static final int KILLS_OF_EACH = Integer.getInteger("fedflow.kills", 1);
  private static final int KILLS_OF_ONE_JOB = 5;
  private static final int LONGEST_PAUSE_MILLIS = 5_000;

  /** On a busy machine two starts of a server after each other may take a minute. */
  private static final List<String> PATIENT =
      List.of("--drain-seconds", "0", "--peer-patience", "300");

  /** Hardly more news than this come from the start of a server to the job's end. */
  private static final int NEWS = 40;

  private static final int ITERATIONS = 3;
  private static final int GUEST = 0;

  @TempDir Path folder;

  @Test
  void killsOfAnyPartyAtRandomMomentsChangeNothing() throws Exception {
    long seed = Long.getLong("fedflow.seed", new Random().nextLong());
    Random random = new Random(seed);
    List<Integer> victims = victims(random);
    List<String> jobs = new ArrayList<>();
    try (ThreeProcesses servers = new ThreeProcesses(folder, PATIENT)) {
      servers.withDemoTables();
      servers.startAll();
      String undisturbed = submit(servers);
      servers.client(GUEST).follow(undisturbed, 0, news -> {});
      while (!victims.isEmpty()) {
        String jobId = submit(servers);
        jobs.add(jobId);
        List<Integer> now = new ArrayList<>();
        AtomicLong seen = new AtomicLong();
        while (!victims.isEmpty()
            && now.size() < KILLS_OF_ONE_JOB
            && JobMoments.live(servers.url(GUEST), jobId, seen, random.nextInt(NEWS))) {
          int victim = victims.remove(0);
          now.add(victim);
          servers.kill(victim);
          pause(random.nextInt(LONGEST_PAUSE_MILLIS));
          servers.start(victim);
        }
        for (int party = 0; party < ThreeServers.PARTIES.size(); party++) {
          assertThat(servers.client(party).follow(jobId, 0, news -> {}).data())
              .as("seed %d, party %d, job %s, killed %s", seed, party, jobId, now)
              .containsEntry("status", "success");
        }
      }
      servers.read(
          sites -> {
            Map<String, String> expected = ThreeProcesses.result(sites, undisturbed);
            assertThat(expected).hasSizeGreaterThan(ThreeServers.PARTIES.size());
            for (String jobId : jobs) {
              assertThat(ThreeProcesses.result(sites, jobId))
                  .as("seed %d, job %s", seed, jobId)
                  .isEqualTo(expected);
              for (TestServer site : sites) {
                JobMoments.startsOncePerAttempt(site.server().site(), jobId);
              }
            }
          });
    }
  }

  private static List<Integer> victims(Random random) {
    List<Integer> victims = new ArrayList<>();
    for (int party = 0; party < ThreeServers.PARTIES.size(); party++) {
      victims.addAll(Collections.nCopies(KILLS_OF_EACH, party));
    }
    Collections.shuffle(victims, random);
    return victims;
  }

  private static String submit(ThreeProcesses servers) throws InterruptedException {
    return servers.client(GUEST).submit(TestJobs.demoDsl(), ThreeServers.conf(ITERATIONS)).jobId();
  }

  /** How long the server is away is what is tested. */
  private static void pause(int millis) throws InterruptedException {
    assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
  }
}

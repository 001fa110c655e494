package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.client.JobNews;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A guest and a host with two servers each, over gRPC with TLS, of which those that have a job are
 * killed in its midst: the guest's and the host's at once, or one of them. The others go on with
 * it, and it makes what an undisturbed one makes. {@code -Dfedflow.ha.rounds} sets how often (the
 * default: once), {@code -Dfedflow.seed} repeats a run, {@code -Dfedflow.ha.lease} is the lease in
 * milliseconds.
 */
class PartyTakeoversTest {

  private static final int ROUNDS = Integer.getInteger("fedflow.ha.rounds", 1);
  private static final int ITERATIONS = 3;

  /** A job tells many more. */
  private static final int NEWS = 20;

  private static final System.Logger LOG = System.getLogger(PartyTakeoversTest.class.getName());

  @TempDir Path folder;

  private final long seed = Long.getLong("fedflow.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  /** Whose server is killed. */
  private enum Victims {
    BOTH,
    GUEST,
    HOST;

    boolean guest() {
      return this != HOST;
    }

    boolean host() {
      return this != GUEST;
    }
  }

  @Test
  void whoeverHasTheJobIsKilled_othersGoOnWithIt() throws Exception {
    List<Integer> ports = ThreeServers.freePorts(4);
    try (SharedSite guest = new SharedSite(folder, "9999", ports.subList(0, 2));
        SharedSite host = new SharedSite(folder, "10000", ports.subList(2, 4))) {
      guest.route(host);
      host.route(guest);
      upload(guest, host, "breast_hetero_guest");
      upload(host, guest, "breast_hetero_host");
      guest.start();
      host.start();
      String undisturbed = guest.client(0).submit(TestJobs.demoDsl(), conf()).jobId();
      requireEnd(guest, host, undisturbed);
      Set<String> jobs = new LinkedHashSet<>();
      for (int round = 0; round < ROUNDS; round++) {
        Victims victims = Victims.values()[round % Victims.values().length];
        boolean taken = false;
        // A job may end in the moment before.
        for (int attempt = 0; attempt < 3 && !taken; attempt++) {
          String jobId = round(victims, guest, host);
          jobs.add(jobId);
          taken =
              (!victims.guest() || guest.wasTakenOver(jobId))
                  && (!victims.host() || host.wasTakenOver(jobId));
        }
        assertThat(taken).as("seed %d: others took the job of %s over", seed, victims).isTrue();
        LOG.log(
            System.Logger.Level.INFO, "round " + (round + 1) + " of " + ROUNDS + ": " + victims);
      }
      guest.requireSound(jobs);
      host.requireSound(jobs);
      guest.end();
      host.end();
      compare(guest, host, undisturbed, jobs);
    }
  }

  private static Map<String, Object> conf() {
    return TestJobs.with(ThreeServers.conf(ITERATIONS), List.of("10000"), "role", "arbiter");
  }

  private static void upload(SharedSite site, SharedSite other, String table) throws Exception {
    try (TestServer inside = site.inside(other)) {
      inside.upload(table);
    }
  }

  private String round(Victims victims, SharedSite guest, SharedSite host) throws Exception {
    int asked = random.nextInt(2);
    String jobId = guest.client(asked).submit(TestJobs.demoDsl(), conf()).jobId();
    JobMoments.live(guest.url(asked), jobId, new AtomicLong(), 1 + random.nextInt(NEWS));
    SharingServer ofGuest = guest.owner(jobId);
    SharingServer ofHost = host.owner(jobId);
    if (victims.guest()) {
      ofGuest.process().kill();
    }
    if (victims.host()) {
      ofHost.process().kill();
    }
    if (random.nextBoolean()) {
      guest.audit().awaitEnded(List.of(jobId));
    }
    if (victims.guest()) {
      ofGuest.start(guest.audit());
    }
    if (victims.host()) {
      ofHost.start(host.audit());
    }
    requireEnd(guest, host, jobId);
    return jobId;
  }

  /** Whichever server is asked. */
  private void requireEnd(SharedSite guest, SharedSite host, String jobId) throws Exception {
    for (SharedSite site : List.of(guest, host)) {
      for (int server = 0; server < 2; server++) {
        JobNews end = site.client(server).follow(jobId, 0, news -> {});
        assertThat(end.data())
            .as("seed %d, job %s at %s", seed, jobId, site.url(server))
            .containsEntry("status", "success");
      }
    }
  }

  private void compare(SharedSite guest, SharedSite host, String undisturbed, Set<String> jobs)
      throws Exception {
    try (TestServer one = guest.inside(host);
        TestServer other = host.inside(guest)) {
      Map<String, String> expected = result(one, other, undisturbed);
      assertThat(expected).hasSizeGreaterThan(2);
      for (String jobId : jobs) {
        assertThat(result(one, other, jobId))
            .as("seed %d, job %s", seed, jobId)
            .isEqualTo(expected);
      }
    }
  }

  private static Map<String, String> result(TestServer one, TestServer other, String jobId)
      throws Exception {
    Map<String, String> all = new TreeMap<>(JobResult.of(one.server().site(), jobId));
    all.putAll(JobResult.of(other.server().site(), jobId));
    return all;
  }
}

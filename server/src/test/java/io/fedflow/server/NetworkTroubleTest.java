package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.testkit.net.TcpRelay;
import io.fedflow.testkit.net.Trouble;
import io.fedflow.transport.client.JobFollowing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training between three servers whose network misbehaves ends as if it had not. */
@Timeout(300)
class NetworkTroubleTest {

  private static final int ITERATIONS = 3;
  private static final Duration PARTITION = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static ThreeServers servers;
  private static Map<String, String> undisturbed;

  @BeforeAll
  static void start() throws Exception {
    servers = ThreeServers.start(folder);
    undisturbed = servers.result(submit());
    assertThat(undisturbed).hasSizeGreaterThan(ThreeServers.PARTIES.size());
  }

  @AfterAll
  static void stop() throws Exception {
    servers.close();
  }

  @AfterEach
  void calm() {
    servers.trouble(Trouble.NONE);
  }

  @Test
  void everythingATenthOfASecondLater() throws Exception {
    servers.trouble(Trouble.NONE.delayedBy(Duration.ofMillis(100)));

    endsAsUndisturbed(submit());
  }

  @Test
  void slowLinesAndWritesInPieces() throws Exception {
    servers.trouble(Trouble.NONE.throttledTo(400_000).splitInto(613));

    endsAsUndisturbed(submit());
  }

  @Test
  void connectionsThatAreResetAgainAndAgain() throws Exception {
    Random random = new Random(11);
    int resets = 0;
    String jobId = submit();
    try (JobFollowing following = servers.guest().client().follow(jobId, 0, news -> {})) {
      CompletableFuture<?> ended = following.ended().toCompletableFuture();
      while (!ended.isDone()) {
        for (TcpRelay relay : servers.relays()) {
          if (!relay.resetPending()) {
            relay.resetAfter(20_000 + random.nextInt(100_000));
            resets++;
          }
        }
        pause(ended);
      }
    }
    for (TcpRelay relay : servers.relays()) {
      relay.resetAfter(Long.MAX_VALUE / 2);
    }
    // One for each relay is not yet due at the end.
    assertThat(resets).isGreaterThan(2 * servers.relays().size());
    endsAsUndisturbed(jobId);
  }

  @Test
  void connectionsThatAreOpenAtOneEndOnly() throws Exception {
    String jobId = submitAndTrain();

    servers.relays().forEach(TcpRelay::forget);

    endsAsUndisturbed(jobId);
  }

  @Test
  void aHostThatCannotBeReachedForAWhile() throws Exception {
    isCutOff("10000");
  }

  @Test
  void anArbiterThatCannotBeReachedForAWhile() throws Exception {
    isCutOff("10001");
  }

  private static void isCutOff(String party) throws Exception {
    String jobId = submitAndTrain();
    servers.relaysOf(party).forEach(relay -> relay.trouble(Trouble.NONE.stall()));
    CompletableFuture<Void> healed = new CompletableFuture<>();
    Executor later = CompletableFuture.delayedExecutor(PARTITION.toMillis(), TimeUnit.MILLISECONDS);
    later.execute(
        () -> {
          servers.trouble(Trouble.NONE);
          healed.complete(null);
        });

    // Nothing comes from there meanwhile.
    assertThat(healed).isNotDone();
    endsAsUndisturbed(jobId);
    assertThat(healed).isDone();
  }

  private static String submit() throws InterruptedException {
    return servers
        .guest()
        .blocking()
        .submit(TestJobs.demoDsl(), ThreeServers.conf(ITERATIONS))
        .jobId();
  }

  /** Submits, and waits until the arbiter, who learns the loss, has one. */
  private static String submitAndTrain() throws Exception {
    String jobId = submit();
    CompletableFuture<Void> training = new CompletableFuture<>();
    JobFollowing following =
        servers
            .arbiter()
            .client()
            .follow(
                jobId,
                0,
                news -> {
                  if (news.type().equals("metric") && "loss".equals(news.data().get("name"))) {
                    training.complete(null);
                  }
                });
    try {
      training.get(120, TimeUnit.SECONDS);
    } finally {
      following.close();
    }
    return jobId;
  }

  private static void pause(CompletableFuture<?> ended) {
    ended.copy().completeOnTimeout(null, 20, TimeUnit.MILLISECONDS).join();
  }

  private static void endsAsUndisturbed(String jobId) throws Exception {
    for (TestServer server : servers.all()) {
      assertThat(server.ended(jobId)).containsEntry("status", "success");
    }
    assertThat(servers.result(jobId)).isEqualTo(undisturbed);
  }
}

package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.Wait;
import io.fedflow.spi.JobQuery;
import io.fedflow.transport.route.SiteAddress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while a job runs between it and another one. */
class LostServerTest {

  private static final long SECONDS = 120;

  @TempDir Path folder;

  private int guestPort;
  private int hostPort;
  private TestServer guest;
  private ServerProcess host;

  @BeforeEach
  void ports() throws Exception {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      guestPort = one.getLocalPort();
      hostPort = other.getLocalPort();
    }
    try (TestServer once = TestServer.start(options("host").build())) {
      once.upload("breast_hetero_host");
    }
  }

  @AfterEach
  void close() throws Exception {
    if (host != null) {
      host.kill();
    }
    if (guest != null) {
      guest.close();
    }
  }

  @Test
  void forGood_failsTheJobAfterThePatience_namingTheParty() throws Exception {
    start(new PeerTimes(Duration.ofSeconds(2), Duration.ofSeconds(3)));
    // Far more iterations than anybody waits for.
    String jobId = submit(10_000);
    awaitRunning(jobId);

    host.kill();

    Map<String, Object> end = guest.ended(jobId);
    assertThat(end).containsEntry("status", "failed");
    assertThat(end.get("cause").toString()).contains("host:10000 cannot be reached");
    assertThat(views(jobId)).hasSize(2).allMatch(view -> view.status() == JobStatus.FAILED);
    assertThat(Await.result(guest.server().site().pipelines().explain(jobId)))
        .anyMatch(
            wait ->
                wait.cause() == Wait.Cause.PEER_UNREACHABLE && "10000".equals(wait.party().id()));
  }

  @Test
  void andBackInTime_goesOnWithTheJob() throws Exception {
    start(new PeerTimes(Duration.ofSeconds(2), Duration.ofSeconds(SECONDS)));
    String jobId = submit(1);
    awaitRunning(jobId);

    host.kill();
    host = startHost();

    assertThat(guest.ended(jobId)).containsEntry("status", "success");
  }

  private void start(PeerTimes times) throws Exception {
    guest =
        TestServer.start(
            options("guest")
                .ports(0, guestPort)
                .federation(
                    Set.of("9999", "10001"),
                    Map.of("10000", new SiteAddress("127.0.0.1", hostPort)))
                .insecure(true)
                .peers(times)
                .build());
    guest.upload("breast_hetero_guest");
    host = startHost();
  }

  private ServerProcess startHost() throws Exception {
    return ServerProcess.start(
        folder.resolve("host"),
        "--insecure",
        "--party",
        "10000",
        "--grpc-port",
        String.valueOf(hostPort),
        "--route",
        "9999=127.0.0.1:" + guestPort,
        "--route",
        "10001=127.0.0.1:" + guestPort);
  }

  private ServerOptions.Builder options(String name) {
    return TestServer.lasting(folder.resolve(name));
  }

  private String submit(int iterations) throws Exception {
    Map<String, Object> conf =
        TestJobs.with(TestJobs.demoConf(iterations), List.of("10001"), "role", "arbiter");
    return guest
        .blocking()
        .submit(TestJobs.demoDsl(), TestJobs.with(conf, 1, "job_parameters", "work_mode"))
        .jobId();
  }

  private void awaitRunning(String jobId) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (views(jobId).stream().noneMatch(view -> view.status() == JobStatus.RUNNING)) {
      assertThat(System.nanoTime()).as("it runs in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private List<JobRow> views(String jobId) throws Exception {
    return Await.result(guest.server().site().tracking().jobs(JobQuery.ofJob(jobId)));
  }
}

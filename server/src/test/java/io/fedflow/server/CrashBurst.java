package io.fedflow.server;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.JobFollowing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that submit jobs, upload tables, deploy a model, and read what ended tasks made, until
 * they are told to stop. What a server refuses or fails to answer is no news.
 */
final class CrashBurst {

  private static final int SUBMITTERS = 2;
  private static final int JOBS_OF_A_SUBMITTER = 4;
  private static final int ROWS = 500;
  private static final int DEPLOYMENTS = 5;

  private final Acknowledged told;
  private final FlowHttpClient client;
  private final V1 v1;
  private final Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(SUBMITTERS + 4);
  private final ConcurrentLinkedQueue<JobFollowing> followings = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  private CrashBurst(Acknowledged told, String url, Path folder) {
    this.told = told;
    this.client = FlowHttpClient.of(url);
    this.v1 = new V1(url + "/v1/");
    this.folder = folder;
  }

  /**
   * Begins; tables of the demo have to be there.
   *
   * @param model id and version of one that can be deployed
   */
  static CrashBurst start(
      Acknowledged told, String url, Path folder, int round, Map<String, Object> model) {
    CrashBurst burst = new CrashBurst(told, url, folder);
    burst.threads.execute(() -> burst.submit(1, TestJobs.demoDsl(), TestJobs.demoConf(1)));
    for (int i = 0; i < SUBMITTERS; i++) {
      burst.threads.execute(() -> burst.submit(JOBS_OF_A_SUBMITTER, lightDsl(), lightConf()));
    }
    burst.threads.execute(() -> burst.upload("crash_" + round));
    burst.threads.execute(() -> burst.deploy(model));
    burst.threads.execute(burst::read);
    return burst;
  }

  private static Map<String, Object> lightDsl() {
    Map<String, Object> dsl = TestJobs.demoDsl();
    Object reading = ((Map<?, ?>) dsl.get("components")).get("dataio_0");
    return Map.of("components", Map.of("dataio_0", reading));
  }

  private static Map<String, Object> lightConf() {
    return TestJobs.with(TestJobs.demoConf(1), Map.of(), "algorithm_parameters");
  }

  private void submit(int count, Map<String, Object> dsl, Map<String, Object> conf) {
    for (int i = 0; i < count && !over; i++) {
      attempt(
          () -> {
            String jobId = client.blocking().submit(dsl, conf).jobId();
            told.submitted(jobId);
            followings.add(client.follow(jobId, 0, event -> told.told(jobId, event)));
          });
    }
  }

  private void upload(String table) {
    attempt(
        () -> {
          StringBuilder rows = new StringBuilder("id,x0,x1\n");
          for (int i = 0; i < ROWS; i++) {
            rows.append(i).append(',').append(i % 7).append(',').append(i * 0.5).append('\n');
          }
          Path file = Files.writeString(folder.resolve(table + ".csv"), rows);
          Map<String, Object> settings =
              Map.of("namespace", "crash", "table_name", table, "head", 1, "partition", 1);
          String jobId = client.blocking().upload(file, settings).jobId();
          told.submitted(jobId);
          while (!over && !ended(jobId)) {
            pause();
          }
          if (!over) {
            told.table(client, "crash", table);
          }
        });
  }

  private void deploy(Map<String, Object> model) {
    for (int i = 0; i < DEPLOYMENTS && !over; i++) {
      attempt(
          () -> {
            Map<String, Object> answer = answer("model/deploy", model);
            if (Integer.valueOf(0).equals(answer.get("retcode"))) {
              told.deployed(String.valueOf(TestServer.at(answer, "data", "model_version")));
            }
          });
    }
  }

  /** Empty if the server is away. */
  private Map<String, Object> answer(String path, Map<String, Object> body)
      throws InterruptedException {
    try {
      return v1.post(path, body);
    } catch (IOException dead) {
      return Map.of();
    }
  }

  private boolean ended(String jobId) throws InterruptedException {
    return client.blocking().jobQuery(Map.of("job_id", jobId)).stream()
        .allMatch(row -> "success".equals(row.get("f_status")));
  }

  private void read() {
    while (!over) {
      for (String jobId : told.jobs()) {
        attempt(() -> told.look(client, jobId));
      }
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
  }

  /** Something that fails when the server dies. */
  private interface Attempt {
    void run() throws InterruptedException, IOException;
  }

  private static void attempt(Attempt what) {
    try {
      what.run();
    } catch (FedflowException refusedOrDead) {
      // Not acknowledged: nothing is known of it, and nothing is asked for later.
      Thread.yield();
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Ends all clients; what was acknowledged until then counts. */
  void end() throws InterruptedException {
    over = true;
    threads.shutdown();
    if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("clients of a dead server did not end");
    }
    followings.forEach(JobFollowing::close);
  }
}

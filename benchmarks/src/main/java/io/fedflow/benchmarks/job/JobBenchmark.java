package io.fedflow.benchmarks.job;

import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts a server through the launcher, times its first HTTP answer, runs jobs over the shipped
 * tables, and splits their wall time into the components that compute on ciphertexts, the other
 * components, and what is left between them.
 *
 * <p>Run at the root of a built checkout; the only argument is how often each job runs, default 3.
 */
public final class JobBenchmark {

  private static final Set<String> ENCRYPTED =
      Set.of("intersection_0", "hetero_feature_binning_0", "hetero_lr_0");
  private static final int PORT = 19_380;
  private static final long PATIENCE_SECONDS = 60;
  private static final long ASK_AGAIN_NANOS = 20_000_000;

  private final JsonCodec json = new JacksonJsonCodec();
  private final BlockingFlowClient client =
      FlowHttpClient.of("http://127.0.0.1:" + PORT).blocking();

  private JobBenchmark() {}

  /** Prints one line for the start and one for each run of a job. */
  public static void main(String[] arguments) throws Exception {
    new JobBenchmark().run(arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]));
  }

  private void run(int times) throws Exception {
    Path folder = Files.createTempDirectory("fedflow-benchmark");
    long started = System.nanoTime();
    Process server =
        new ProcessBuilder(
                "./fedflow",
                "server",
                "--http-port",
                Integer.toString(PORT),
                "--data-dir",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    try {
      awaitFirstAnswer(server);
      System.out.printf(
          Locale.ROOT, "first HTTP answer after %.2f s%n", seconds(System.nanoTime() - started));
      for (String side : List.of("guest", "host")) {
        String name = "breast_hetero_" + side;
        String upload =
            client
                .upload(
                    Path.of("examples", "data", name + ".csv"),
                    Map.of(
                        "namespace", "experiment", "table_name", name, "head", 1, "partition", 1))
                .jobId();
        client.follow(upload, 0, news -> {});
      }
      System.out.printf(
          "%-34s %8s %10s %8s %9s%n", "job", "wall s", "encrypted", "others", "between");
      for (int i = 0; i < times; i++) {
        measure("demo, 2048 bits", document("demo_dsl"), document("demo_conf"));
        measure("Reader to Evaluation, 1024 bits", document("pipeline_dsl"), small());
      }
    } finally {
      server.destroy();
      server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void awaitFirstAnswer(Process server) throws InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest live =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/health/live")).build();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (server.isAlive() && System.nanoTime() < deadline) {
      try {
        http.send(live, HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(ASK_AGAIN_NANOS);
      }
    }
    throw new IllegalStateException("the server did not start; its log is in its data folder");
  }

  /**
   * The pipeline example with the settings of FATE's breast job: 1024 bits, rmsprop, batches of
   * 320.
   */
  private Map<String, Object> small() throws IOException {
    Map<String, Object> conf = document("pipeline_conf");
    Map<String, Object> lr = map(map(map(conf, "component_parameters"), "common"), "hetero_lr_0");
    lr.put("optimizer", "rmsprop");
    lr.put("batch_size", 320);
    lr.put("encrypt_param", Map.of("key_length", 1024));
    map(map(map(conf, "component_parameters"), "common"), "hetero_feature_binning_0")
        .put("encrypt_param", Map.of("key_length", 1024));
    return conf;
  }

  private void measure(String name, Map<String, Object> dsl, Map<String, Object> conf)
      throws InterruptedException {
    String jobId = client.submit(dsl, conf).jobId();
    client.follow(jobId, 0, news -> {});
    Map<String, Object> job = client.jobQuery(Map.of("job_id", jobId, "role", "guest")).get(0);
    if (!"success".equals(job.get("f_status"))) {
      throw new IllegalStateException(name + " ended as " + job.get("f_status"));
    }
    // The slowest party decides how long a component took.
    Map<String, Double> slowest = new TreeMap<>();
    for (Map<String, Object> task : client.taskQuery(Map.of("job_id", jobId))) {
      slowest.merge(
          String.valueOf(task.get("f_component_name")),
          millis(task, "f_end_time") - millis(task, "f_start_time"),
          Math::max);
    }
    double wall = millis(job, "f_end_time") - millis(job, "f_start_time");
    double encrypted = 0;
    double others = 0;
    for (Map.Entry<String, Double> entry : slowest.entrySet()) {
      if (ENCRYPTED.contains(entry.getKey())) {
        encrypted += entry.getValue();
      } else {
        others += entry.getValue();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-34s %8.2f %10.2f %8.2f %9.3f%n",
        name,
        wall / 1e3,
        encrypted / 1e3,
        others / 1e3,
        (wall - encrypted - others) / 1e3);
  }

  private Map<String, Object> document(String name) throws IOException {
    return copy(json.read(Files.readString(Path.of("examples", "jobs", name + ".json"))));
  }

  private static double millis(Map<String, Object> row, String field) {
    return ((Number) row.get(field)).doubleValue();
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> tree, String key) {
    return (Map<String, Object>) tree.computeIfAbsent(key, k -> new LinkedHashMap<>());
  }

  /** A tree whose objects may be changed. */
  private static Map<String, Object> copy(Object tree) {
    Map<String, Object> copy = new LinkedHashMap<>();
    ((Map<?, ?>) tree)
        .forEach(
            (key, value) ->
                copy.put(String.valueOf(key), value instanceof Map<?, ?> ? copy(value) : value));
    return copy;
  }
}

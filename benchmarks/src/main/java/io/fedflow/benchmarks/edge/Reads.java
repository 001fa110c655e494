package io.fedflow.benchmarks.edge;

import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rates and latencies of reads at 1, 16 and 256 connections, each beside a bare Vert.x route that
 * answers the same bytes from a process of its own in the same run; then of submits.
 *
 * <p>The only argument is how many seconds each measurement takes, default 5.
 */
public final class Reads {

  private static final int[] CONNECTIONS = {1, 16, 256};
  private static final int SUBMITS = 500;

  private final JsonCodec json = new JacksonJsonCodec();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final double seconds;

  private Reads(double seconds) {
    this.seconds = seconds;
  }

  /** Prints a line for each route and number of connections. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("fedflow-reads");
    Process bare =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (ServerProcess server = ServerProcess.start(folder);
        BufferedReader told =
            new BufferedReader(
                new InputStreamReader(bare.getInputStream(), StandardCharsets.UTF_8))) {
      new Reads(arguments.length == 0 ? 5 : Double.parseDouble(arguments[0]))
          .run(server, Integer.parseInt(told.readLine()));
    } finally {
      bare.destroy();
      bare.waitFor();
      Folders.delete(folder);
    }
  }

  private void run(ServerProcess server, int barePort) throws Exception {
    int port = URI.create(server.base()).getPort();
    String jobId = job(server);
    Map<String, Object> task =
        Map.of(
            "job_id", jobId, "role", "guest", "party_id", "9999", "component_name", "evaluation_0");
    Map<String, Object> metric = new LinkedHashMap<>(task);
    metric.put("metric_namespace", "train");
    metric.put("metric_name", "hetero_lr_0");
    Map<String, Map<String, Object>> reads = new LinkedHashMap<>();
    reads.put("/v1/job/query", Map.of("job_id", jobId, "role", "guest"));
    reads.put("/v1/job/task/query", Map.of("job_id", jobId, "role", "guest"));
    reads.put("/v1/tracking/component/metric_data", metric);
    reads.put("/v1/tracking/component/metric/all", task);
    System.out.printf(
        "%-36s %6s %5s %9s %7s %8s %8s %7s%n",
        "route", "bytes", "conn", "answers/s", "of bare", "p50 ms", "p99 ms", "bare p99");
    for (Map.Entry<String, Map<String, Object>> read : reads.entrySet()) {
      byte[] body = json.write(read.getValue()).getBytes(StandardCharsets.UTF_8);
      byte[] answer = post(server.base() + read.getKey(), body);
      String name = read.getKey().replaceAll("[^a-z]", "");
      put(barePort, name, answer);
      Load real = new Load(port, read.getKey(), body);
      Load bare = new Load(barePort, "/answer/" + name, body);
      real.run(16, seconds, Integer.MAX_VALUE);
      bare.run(16, seconds, Integer.MAX_VALUE);
      for (int connections : CONNECTIONS) {
        // Halves before and after, so that a change of the machine's load meets both.
        Load.Reached before = bare.run(connections, seconds / 2, Integer.MAX_VALUE);
        Load.Reached reached = real.run(connections, seconds, Integer.MAX_VALUE);
        Load.Reached after = bare.run(connections, seconds / 2, Integer.MAX_VALUE);
        double limit = (before.rate() + after.rate()) / 2;
        System.out.printf(
            Locale.ROOT,
            "%-36s %6d %5d %9.0f %6.0f%% %8.2f %8.2f %7.2f%n",
            read.getKey(),
            answer.length,
            connections,
            reached.rate(),
            100 * reached.rate() / limit,
            reached.median(),
            reached.p99(),
            Math.max(before.p99(), after.p99()));
      }
    }
    submits(port);
  }

  /** Jobs of one component that reads a small table; they run while others are submitted. */
  private void submits(int port) throws Exception {
    Map<String, Object> table = Map.of("namespace", "reads", "name", "t");
    byte[] body =
        json.write(
                Map.of(
                    "job_dsl",
                    Map.of(
                        "components",
                        Map.of(
                            "reader_0",
                            Map.of("module", "Reader", "output", Map.of("data", List.of("data"))))),
                    "job_runtime_conf",
                    Map.of(
                        "dsl_version", 2,
                        "initiator", Map.of("role", "guest", "party_id", 9999),
                        "role", Map.of("guest", List.of(9999)),
                        "component_parameters",
                            Map.of(
                                "role",
                                Map.of(
                                    "guest",
                                    Map.of("0", Map.of("reader_0", Map.of("table", table))))))))
            .getBytes(StandardCharsets.UTF_8);
    Load submit = new Load(port, "/v1/job/submit", body);
    submit.run(16, seconds, SUBMITS);
    for (int connections : CONNECTIONS) {
      Load.Reached reached = submit.run(connections, seconds, SUBMITS);
      System.out.printf(
          Locale.ROOT,
          "%-36s %6s %5d %9.0f %7s %8.2f %8.2f%n",
          "/v1/job/submit",
          "",
          connections,
          reached.rate(),
          "",
          reached.median(),
          reached.p99());
    }
  }

  /** The demo with small keys and few rounds: a job with six components and metrics. */
  private String job(ServerProcess server) throws Exception {
    BlockingFlowClient client = FlowHttpClient.of(server.base()).blocking();
    for (String side : List.of("guest", "host")) {
      upload(
          client,
          "experiment",
          "breast_hetero_" + side,
          Path.of("examples", "data", "breast_hetero_" + side + ".csv"));
    }
    Path small = Files.writeString(Files.createTempFile("reads", ".csv"), "id,x\na,1\n");
    upload(client, "reads", "t", small);
    Files.delete(small);
    Map<String, Object> conf = copy(document("demo_conf"));
    Map<String, Object> algorithms = map(conf, "algorithm_parameters");
    Map<String, Object> lr = map(algorithms, "hetero_lr_0");
    lr.put("encrypt_param", Map.of("key_length", 1024));
    lr.put("max_iter", 2);
    map(algorithms, "hetero_feature_binning_0").put("encrypt_param", Map.of("key_length", 1024));
    String jobId = client.submit(document("demo_dsl"), conf).jobId();
    client.follow(jobId, 0, news -> {});
    return jobId;
  }

  private static void upload(BlockingFlowClient client, String namespace, String name, Path file)
      throws InterruptedException {
    String jobId =
        client
            .upload(
                file, Map.of("namespace", namespace, "table_name", name, "head", 1, "partition", 1))
            .jobId();
    client.follow(jobId, 0, news -> {});
  }

  private byte[] post(String address, byte[] body) throws Exception {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create(address))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    String text = new String(response.body(), StandardCharsets.UTF_8);
    if (response.statusCode() != 200 || !text.contains("\"retcode\":0")) {
      throw new IllegalStateException(address + " answered " + text);
    }
    return response.body();
  }

  private void put(int port, String name, byte[] answer) throws Exception {
    http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/answer/" + name))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(answer))
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }

  private Map<String, Object> document(String name) throws Exception {
    return copy(json.read(Files.readString(Path.of("examples", "jobs", name + ".json"))));
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

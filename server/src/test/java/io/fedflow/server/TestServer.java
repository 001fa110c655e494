package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.ComponentAt;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.JobNews;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server on free ports and what tests ask it. */
final class TestServer implements AutoCloseable {

  static final String NAMESPACE = "experiment";

  private final FedflowServer server;
  private final FlowHttpClient client;
  private final Path folder;

  private TestServer(FedflowServer server, Path folder) {
    this.server = server;
    this.client = FlowHttpClient.of(server.url());
    this.folder = folder;
  }

  static ServerOptions.Builder options(Path folder) {
    return ServerOptions.builder(folder)
        .ports(0, 0)
        .database(TestDatabase.of(folder))
        .drain(Duration.ZERO);
  }

  /** As {@link #options}, for a server that must find what another one left in the folder. */
  static ServerOptions.Builder lasting(Path folder) {
    return options(folder).database(TestDatabase.lasting(folder));
  }

  static TestServer standalone(Path folder) throws StartupFailure {
    return start(options(folder).build());
  }

  static TestServer start(ServerOptions options) throws StartupFailure {
    return new TestServer(FedflowServer.start(options), options.dataDir());
  }

  /** A server that somebody else started. */
  static TestServer of(FedflowServer server, Path folder) {
    return new TestServer(server, folder);
  }

  FedflowServer server() {
    return server;
  }

  FlowHttpClient client() {
    return client;
  }

  BlockingFlowClient blocking() {
    return client.blocking();
  }

  /** Both tables of the demo. */
  TestServer withDemoTables() throws Exception {
    upload("breast_hetero_guest");
    upload("breast_hetero_host");
    return this;
  }

  void upload(String table) throws Exception {
    Path file = folder.resolve(table + ".csv");
    try (InputStream in =
        TestServer.class.getResourceAsStream("/io/fedflow/server/cli/data/" + table + ".csv")) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(ended(upload(file, table, Map.of()))).containsEntry("status", "success");
  }

  /** Text as a table; gives the id of the job that loads it. */
  String upload(String table, String text) throws Exception {
    return upload(table, text, Map.of());
  }

  /** Text as a table with further settings of the upload. */
  String upload(String table, String text, Map<String, Object> further) throws Exception {
    return upload(Files.writeString(folder.resolve(table + ".csv"), text), table, further);
  }

  private String upload(Path file, String table, Map<String, Object> further)
      throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(further);
    settings.putAll(Map.of("namespace", NAMESPACE, "table_name", table, "head", 1, "partition", 1));
    return blocking().upload(file, settings).jobId();
  }

  /** Submits and waits; gives status and cause. */
  Map<String, Object> run(Map<String, Object> dsl, Map<String, Object> conf)
      throws InterruptedException {
    Map<String, Object> end = ended(blocking().submit(dsl, conf).jobId());
    return end;
  }

  /** Waits for the end; gives {@code job_id}, {@code status} and {@code cause}. */
  Map<String, Object> ended(String jobId) throws InterruptedException {
    JobNews last = blocking().follow(jobId, 0, news -> {});
    return last.data();
  }

  /** A single training metric of the demo's evaluation. */
  double metric(String jobId, String name) throws InterruptedException {
    Object data = at(metrics(jobId), "train", "hetero_lr_0", "data");
    return ((List<?>) data)
        .stream()
            .map(pair -> (List<?>) pair)
            .filter(pair -> name.equals(pair.get(0)))
            .mapToDouble(pair -> ((Number) pair.get(1)).doubleValue())
            .findFirst()
            .orElseThrow();
  }

  Map<String, Object> metrics(String jobId) throws InterruptedException {
    return blocking().metrics(guest(jobId, "evaluation_0"));
  }

  static ComponentAt guest(String jobId, String component) {
    return new ComponentAt(jobId, component, "guest", "9999");
  }

  static Object at(Object tree, String... keys) {
    Object at = tree;
    for (String key : keys) {
      at = ((Map<?, ?>) at).get(key);
    }
    return at;
  }

  @Override
  public void close() {
    server.close();
  }
}

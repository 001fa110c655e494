package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.TaskQuery;
import io.fedflow.tracking.TrackingManager;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.ModelAt;
import io.fedflow.transport.client.Submission;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole jobs between three servers that fail at one party: they end failed at all of them, whose
 * records name party, component, code and the column by its anonymous name; its own name and its
 * values are read at their own site only.
 */
@Timeout(300)
class FailureAcrossPartiesTest {

  private static final String SECRET = "not-for-others";
  private static final String PRIVATE_NAME = "salary";
  private static final String LEFT_OUT = "details stay at its site";
  private static final List<Party> PARTIES =
      List.of(Party.of("guest", "9999"), Party.of("host", "10000"), Party.of("arbiter", "10001"));
  private static final Party GUEST = PARTIES.get(0);
  private static final Party HOST = PARTIES.get(1);

  @TempDir static Path folder;
  private static ThreeServers servers;

  @BeforeAll
  static void start() throws Exception {
    servers = ThreeServers.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    servers.close();
  }

  @Test
  void aCellThatIsNoNumber() throws Exception {
    upload(HOST, "damaged", renamed("x19", changed("breast_hetero_host", "x19", SECRET, 1)));

    String jobId = run(regression(), reading(HOST, "damaged"));

    failedEverywhere(
        jobId, HOST, "dataio_0", "transform.cell", "column host_10000_x19", PRIVATE_NAME, SECRET);
    assertThat(servers.guest().blocking().job(jobId).get("trace_id"))
        .isEqualTo(servers.all().get(1).blocking().job(jobId).get("trace_id"));
  }

  @Test
  void aColumnWithoutAnyValue() throws Exception {
    upload(
        HOST,
        "empty_column",
        renamed("x3", changed("breast_hetero_host", "x3", "", Integer.MAX_VALUE)));

    String jobId = run(regression(), reading(HOST, "empty_column"));

    failedEverywhere(
        jobId, HOST, "hetero_lr_0", "features.missing", "column host_10000_x3", PRIVATE_NAME);
  }

  @Test
  void labelsOfOneClass() throws Exception {
    upload(GUEST, "one_class", changed("breast_hetero_guest", "y", "1", Integer.MAX_VALUE));

    String jobId = run(regression(), reading(GUEST, "one_class"));

    failedEverywhere(
        jobId,
        GUEST,
        "hetero_lr_0",
        "label.classes",
        "column guest_9999_y",
        "label y",
        "one class");
  }

  @Test
  void otherColumnsAtAPrediction() throws Exception {
    upload(HOST, "renamed", renamed("x3", table("breast_hetero_host")));
    Submission trained = servers.guest().blocking().submit(regression(), conf());
    assertThat(servers.guest().ended(trained.jobId())).containsEntry("status", "success");
    URI url = URI.create(servers.guest().server().url());
    Map<String, Object> conf =
        new FlowClient(url.getHost(), url.getPort(), "v1")
            .model()
            .predictConf(new ModelAt(trained.modelId(), trained.modelVersion()))
            .await()
            .checked()
            .object();
    conf = with(conf, GUEST, "eval_data", "breast_hetero_guest");
    conf = with(conf, HOST, "eval_data", "renamed");

    String jobId = run(Map.of(), conf);

    failedEverywhere(
        jobId, HOST, "dataio_0", "transform.columns", "column host_10000_x3", "[x3]", PRIVATE_NAME);
  }

  @Test
  void aModelOfAnotherModule_isRefusedByItsName() throws Exception {
    Map<String, Object> selection =
        Map.of(
            "module",
            "HeteroFeatureSelection",
            "input",
            Map.of(
                "data",
                Map.of("data", List.of("dataio_0.train")),
                "model",
                List.of("dataio_0.dataio")),
            "output",
            Map.of("data", List.of("train")));
    Map<String, Object> conf = TestJobs.with(conf(), Map.of(), "algorithm_parameters");

    String jobId = run(reader("selection_0", selection), conf);

    List<String> causes = new ArrayList<>();
    for (TestServer server : servers.all()) {
      server.ended(jobId);
      assertThat(job(server, jobId).status()).isEqualTo(JobStatus.FAILED);
      assertThat(job(server, jobId).cause()).contains("selection_0: ").contains("[inputs.module]");
      causes.add(job(server, jobId).cause());
    }
    assertThat(causes)
        .anySatisfy(
            cause ->
                assertThat(cause)
                    .contains("input model: found dataio_0.", "the module DataIO made")
                    .contains("allowed are models of HeteroFeatureSelection"));
  }

  /** What a party did wrong in the protocol is no secret of the one that noticed. */
  @Test
  void aMessageThatIsRefused_isToldToAllWithItsSender() throws Exception {
    Map<String, Object> conf =
        TestJobs.with(
            TestJobs.with(
                conf(),
                Map.of("intersect_method", "rsa"),
                "algorithm_parameters",
                "intersection_0"),
            Map.of("rsa_params", List.of(Map.of("key_length", 1024))),
            "role_parameters",
            "host",
            "intersection_0");

    String jobId = run(intersection(), conf);

    for (TestServer server : servers.all()) {
      server.ended(jobId);
      assertThat(job(server, jobId).status()).isEqualTo(JobStatus.FAILED);
      assertThat(job(server, jobId).cause())
          .contains("guest:9999 intersection_0", "message ", "of host:10000")
          .contains("rsa_params.key_length: found a public key of 1024 bits", "at least 2048")
          .endsWith("[crypto.key-too-small]");
    }
  }

  /**
   * Job and task failed at every party, and name the party that failed, the component, the code and
   * the column as all may read it; only that party's records hold the details.
   */
  private static void failedEverywhere(
      String jobId, Party failed, String component, String code, String column, String... details)
      throws Exception {
    for (int i = 0; i < PARTIES.size(); i++) {
      TestServer server = servers.all().get(i);
      server.ended(jobId);
      JobRow job = job(server, jobId);
      assertThat(job.status()).as("job at " + PARTIES.get(i)).isEqualTo(JobStatus.FAILED);
      List<String> causes = new ArrayList<>(List.of(job.cause()));
      for (TaskRow row : Await.result(site(server).tasks(TaskQuery.ofJob(jobId)))) {
        if (row.task().component().equals(component)) {
          assertThat(row.status()).as("task at " + row.party()).isEqualTo(TaskStatus.FAILED);
          causes.add(row.cause());
        }
      }
      assertThat(causes)
          .allSatisfy(cause -> assertThat(cause).contains(failed + " " + component, code, column));
      if (PARTIES.get(i).equals(failed)) {
        assertThat(causes).hasSize(2).allSatisfy(cause -> assertThat(cause).contains(details));
      } else {
        assertThat(causes).allSatisfy(cause -> assertThat(cause).contains(LEFT_OUT));
        assertThat(everything(server, jobId)).contains(code, column).doesNotContain(details);
      }
    }
  }

  private static String everything(TestServer server, String jobId) throws Exception {
    return server.blocking().job(jobId).toString()
        + server.server().site().pipelines().explain(jobId).toCompletableFuture().get();
  }

  private static JobRow job(TestServer server, String jobId) throws Exception {
    return Await.result(site(server).jobs(JobQuery.ofJob(jobId))).get(0);
  }

  private static TrackingManager site(TestServer server) {
    return server.server().site().tracking();
  }

  private static String run(Map<String, Object> dsl, Map<String, Object> conf) throws Exception {
    return String.valueOf(servers.guest().run(dsl, conf).get("job_id"));
  }

  private static void upload(Party party, String name, String text) throws Exception {
    TestServer server = servers.all().get(PARTIES.indexOf(party));
    assertThat(server.ended(server.upload(name, text))).containsEntry("status", "success");
  }

  /** Reads and trains, and chooses no columns. */
  private static Map<String, Object> regression() {
    Map<String, Object> lr =
        Map.of(
            "module",
            "HeteroLR",
            "input",
            Map.of("data", Map.of("train_data", List.of("dataio_0.train"))),
            "output",
            Map.of("data", List.of("train"), "model", List.of("hetero_lr")));
    return reader("hetero_lr_0", lr);
  }

  private static Map<String, Object> intersection() {
    Map<String, Object> intersection =
        Map.of(
            "module",
            "Intersection",
            "input",
            Map.of("data", Map.of("data", List.of("dataio_0.train"))),
            "output",
            Map.of("data", List.of("train")));
    return reader("intersection_0", intersection);
  }

  private static Map<String, Object> reader(String name, Map<String, Object> next) {
    Object dataio = TestServer.at(TestJobs.demoDsl(), "components", "dataio_0");
    return Map.of("components", Map.of("dataio_0", dataio, name, next));
  }

  /** The demo's conf without what the jobs here do not have. */
  private static Map<String, Object> conf() {
    Map<String, Object> conf = ThreeServers.conf(1);
    Object lr = TestServer.at(conf, "algorithm_parameters", "hetero_lr_0");
    return TestJobs.with(conf, Map.of("hetero_lr_0", lr), "algorithm_parameters");
  }

  private static Map<String, Object> reading(Party party, String table) {
    return with(conf(), party, "train_data", table);
  }

  private static Map<String, Object> with(
      Map<String, Object> conf, Party party, String input, String table) {
    return TestJobs.with(
        conf,
        List.of(Map.of("namespace", TestServer.NAMESPACE, "name", table)),
        "role_parameters",
        party.role().name(),
        "args",
        "data",
        input);
  }

  /** A table with the private name for a column. */
  private static String renamed(String column, String table) {
    return table.replaceFirst("," + column + "(?=[,\\n])", "," + PRIVATE_NAME);
  }

  /** A shipped table with another text in the first rows of a column. */
  private static String changed(String table, String column, String cell, int rows)
      throws Exception {
    String[] lines = table(table).split("\n");
    int at = Arrays.asList(lines[0].split(",")).indexOf(column);
    for (int row = 1; row < lines.length && row <= rows; row++) {
      String[] cells = lines[row].split(",", -1);
      cells[at] = cell;
      lines[row] = String.join(",", cells);
    }
    return String.join("\n", lines) + "\n";
  }

  private static String table(String name) throws Exception {
    try (InputStream in =
        TestServer.class.getResourceAsStream("/io/fedflow/server/cli/data/" + name + ".csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
    }
  }
}

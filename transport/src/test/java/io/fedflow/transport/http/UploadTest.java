package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {

  private static final String ROWS = "id,x0\na,1\nb,2\n";

  @TempDir Path folder;
  Path staging;
  Path allowed;
  EdgeFixture edge;

  @BeforeEach
  void start() throws Exception {
    staging = folder.resolve("staging");
    allowed = Files.createDirectories(folder.resolve("allowed"));
    edge =
        new EdgeFixture(
            staging, options -> options.maxUploadBytes(100_000).localDataFolders(List.of(allowed)));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  @Covers("/v1/data/upload")
  void fileIsStagedAndAJobSubmitted() throws Exception {
    Reply reply = upload(encoded(settings()), "file", ROWS);
    assertThat(reply.retcode()).isZero();
    assertThat(reply.tree()).containsEntry("jobId", "2026");
    assertThat(reply.map())
        .containsEntry("table_name", "t")
        .containsEntry("namespace", "ns")
        .containsEntry("code", 0)
        .containsKeys("board_url", "message", "job_id");
    Map<String, Object> parameters = parameters();
    assertThat(parameters)
        .containsEntry("namespace", "ns")
        .containsEntry("name", "t")
        .containsEntry("head", 1)
        .containsEntry("partition", 16)
        .containsEntry("destroy", true)
        .containsEntry("id_delimiter", ",")
        .containsEntry("extend_sid", false)
        .doesNotContainKeys("drop", "storage_engine", "verbose", "table_name");
    String name = (String) parameters.get("file");
    assertThat(Path.of(name).isAbsolute()).as("rows of jobs show no server path").isFalse();
    Path file = staging.toAbsolutePath().resolve(name);
    assertThat(file).startsWith(staging.toAbsolutePath()).hasContent(ROWS);
    assertThat(edge.site.pipelines.submitted.get(0).dsl())
        .isEqualTo(Map.of("components", Map.of("upload_0", Map.of("module", "Upload"))));
    assertThat(edge.site.pipelines.submitted.get(0).conf())
        .containsEntry("role", Map.of("local", List.of("0")))
        .containsEntry("dsl_version", 2);
  }

  @Test
  void duplicateIds_areForTheJobToJudge() throws Exception {
    Map<String, Object> settings = settings();
    settings.put("duplicate_ids", "error");
    assertThat(upload(encoded(settings), "file", ROWS).retcode()).isZero();
    assertThat(parameters()).containsEntry("duplicate_ids", "error");
  }

  @Test
  void fileGoesOnceTheJobEnded() throws Exception {
    upload(encoded(settings()), "file", ROWS);
    assertThat(staged()).hasSize(1);
    edge.site.queue.emit(event(1, "running"));
    edge.site.queue.emit(event(2, "success"));
    awaitNoFollower();
    assertThat(staged()).isEmpty();
  }

  @Test
  void refusedJobsLeaveNoFile() throws Exception {
    edge.site.pipelines.onSubmit =
        documents ->
            CompletableFuture.failedFuture(FedflowException.invalid("table.name", "too long"));
    Reply reply = upload(encoded(settings()), "file", ROWS);
    assertThat(reply.retcode()).as("as FATE has it").isZero();
    assertThat(reply.retmsg()).isEqualTo("too long");
    assertThat(reply.tree()).doesNotContainKey("jobId");
    assertThat(reply.map()).containsEntry("code", 103).containsEntry("message", "too long");
    assertNothingStagedAfterClose();
  }

  @Test
  void halfEncodedQueries_areRead() {
    String half =
        "%7B%22namespace%22:%22a&b=c+d,e%22,%22table_name%22:%22t%22,%22head%22:1,%22partition%22:1%7D";
    assertThat(upload(half, "file", ROWS).retcode()).isZero();
    assertThat(parameters()).containsEntry("namespace", "a&b=c+d,e");
  }

  @Test
  void twiceEncodedQueries_areRead() {
    Map<String, Object> settings = settings();
    settings.put("namespace", "100%");
    String twice = encoded(settings).replace("%", "%25");
    assertThat(upload(twice, "file", ROWS).retcode()).isZero();
    assertThat(parameters()).containsEntry("namespace", "100%");
  }

  @Test
  void aTrailingEqualsSign_isForgiven() {
    assertThat(upload(encoded(settings()) + "=", "file", ROWS).retcode()).isZero();
  }

  @Test
  void oldQueries_areRead() {
    String old = "namespace=n%20s&table_name=t&head=1&partition=4&drop=1";
    assertThat(upload(old, "file", ROWS).retcode()).isZero();
    assertThat(parameters()).containsEntry("namespace", "n s").containsEntry("partition", 4);
  }

  @Test
  void formFields_areRead() throws Exception {
    String boundary = "xyz";
    String body =
        field(boundary, "namespace", "ns")
            + field(boundary, "table_name", "t")
            + part(boundary, "file", "../../etc/passwd", ROWS)
            + field(boundary, "head", "0")
            + field(boundary, "partition", "2")
            + "--xyz--\r\n";
    Reply reply =
        edge.postText("/v1/data/upload", body, "multipart/form-data; boundary=" + boundary);
    assertThat(reply.retcode()).isZero();
    assertThat(parameters()).containsEntry("head", 0).containsEntry("partition", 2);
    assertThat(staged())
        .extracting(file -> file.getFileName().toString())
        .containsExactly((String) parameters().get("file"));
  }

  @Test
  void switches_mayBeTexts() {
    Map<String, Object> settings = settings();
    settings.put("head", "true");
    settings.put("extend_sid", "false");
    settings.put("drop", true);
    assertThat(upload(encoded(settings), "file", ROWS).retcode()).isZero();
    assertThat(parameters()).containsEntry("head", 1).containsEntry("destroy", true);
  }

  @Test
  void brokenSettings_areRefusedAndLeaveNoFile() throws Exception {
    assertThat(upload("%7B%22namespace%22:%22a", "file", ROWS).retcode()).isEqualTo(101);
    assertThat(upload("%7B%22namespace%22:%22a%22%7D", "file", ROWS).retmsg())
        .contains("table_name, head, partition");
    Map<String, Object> settings = settings();
    settings.put("partition", 5000);
    assertThat(upload(encoded(settings), "file", ROWS).retcode()).isEqualTo(101);
    settings.put("partition", List.of());
    assertThat(upload(encoded(settings), "file", ROWS).retcode()).isEqualTo(101);
    assertThat(edge.site.pipelines.submitted).isEmpty();
    assertNothingStagedAfterClose();
  }

  @Test
  void withoutAFilePart_isRefused() {
    assertThat(upload(encoded(settings()), "other", ROWS).retcode()).isEqualTo(100);
    assertThat(edge.post("/v1/data/upload", settings()).retcode()).isEqualTo(100);
  }

  @Test
  void otherWordsThanUpload_areRefusedByTheStatus() {
    Reply reply = edge.post("/v1/data/steal", settings());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.retcode()).isEqualTo(400);
    assertThat(reply.retmsg()).contains("found data/steal, allowed data/upload");
    // A word with a route of its own is answered by that.
    assertThat(edge.post("/v1/data/download", settings()).retmsg()).contains("output_path");
    assertThat(edge.site.pipelines.submitted).isEmpty();
  }

  @Test
  void largeFiles_areRefused() throws Exception {
    Reply reply = upload(encoded(settings()), "file", "x".repeat(300_000));
    assertThat(reply.retcode()).isEqualTo(103);
    assertThat(reply.retmsg()).contains("100000");
    assertNothingStagedAfterClose();
  }

  @Test
  void brokenMultipart_isRefused() {
    Reply reply =
        edge.postText(
            "/v1/data/upload?" + encoded(settings()),
            "not multipart",
            "multipart/form-data; boundary=b");
    assertThat(reply.retcode()).isIn(100, 101);
  }

  @Test
  void anExistingTable_needsDrop() {
    edge.site.data.store(StoreRequest.upload("ns", "t"), Rows.instances());
    Map<String, Object> settings = settings();
    settings.put("drop", 0);
    Reply reply = upload(encoded(settings), "file", ROWS);
    assertThat(reply.retcode()).isEqualTo(100);
    assertThat(reply.retmsg()).contains("drop 1");
    settings.put("drop", 1);
    assertThat(upload(encoded(settings), "file", ROWS).retcode()).isZero();
  }

  @Test
  void serverFiles_mustLieInAllowedFolders() throws Exception {
    Path inside = Files.writeString(allowed.resolve("d.csv"), ROWS);
    Path outside = Files.writeString(folder.resolve("secret.csv"), ROWS);
    Files.createSymbolicLink(allowed.resolve("link.csv"), outside);
    for (String name : List.of("d.csv", inside.toString())) {
      assertThat(local(name).retcode()).as(name).isZero();
    }
    for (String name :
        List.of(
            outside.toString(),
            "../secret.csv",
            "link.csv",
            "none.csv",
            ".",
            "\u0000",
            "/etc/passwd")) {
      Reply refused = local(name);
      assertThat(refused.retcode()).as(name).isEqualTo(101);
      assertThat(refused.retmsg()).doesNotContain(folder.toString());
    }
    assertThat(Files.exists(inside)).isTrue();
  }

  private Reply local(String file) {
    Map<String, Object> settings = settings();
    settings.put("use_local_data", 0);
    settings.put("file", file);
    return edge.post("/v1/data/upload", settings);
  }

  private Reply upload(String query, String part, String content) {
    String body = part("xyz", part, "d.csv", content) + "--xyz--\r\n";
    return edge.send(
        edge.request("/v1/data/upload?" + query)
            .header("Content-Type", "multipart/form-data; boundary=xyz")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static String part(String boundary, String name, String file, String content) {
    return "--"
        + boundary
        + "\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"; filename=\""
        + file
        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String field(String boundary, String name, String value) {
    return "--"
        + boundary
        + "\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value
        + "\r\n";
  }

  private String encoded(Map<String, Object> settings) {
    return URLEncoder.encode(edge.codec.write(settings), StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  private static Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("file", "/home/somebody/d.csv");
    settings.put("namespace", "ns");
    settings.put("table_name", "t");
    settings.put("head", 1);
    settings.put("partition", 16);
    settings.put("id_delimiter", ",");
    settings.put("drop", 1);
    settings.put("verbose", 1);
    settings.put("extend_sid", 0);
    settings.put("storage_engine", "STANDALONE");
    return settings;
  }

  private Map<String, Object> parameters() {
    Object tree =
        edge.site.pipelines.submitted.get(edge.site.pipelines.submitted.size() - 1).conf();
    for (String key : List.of("component_parameters", "role", "local", "0", "upload_0")) {
      tree = ((Map<?, ?>) tree).get(key);
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> parameters = (Map<String, Object>) tree;
    return parameters;
  }

  private static JobEvent event(long sequence, String status) {
    return new JobEvent(
        "2026", sequence, 1, Party.of("local", "0"), "job.status", "", Map.of("status", status));
  }

  private List<Path> staged() throws Exception {
    try (Stream<Path> all = Files.list(staging)) {
      return all.toList();
    }
  }

  private void awaitNoFollower() throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    edge.vertx.setPeriodic(
        5,
        timer -> {
          if (edge.site.queue.followers.isEmpty()) {
            gone.complete(null);
          }
        });
    gone.get(10, TimeUnit.SECONDS);
  }

  private void assertNothingStagedAfterClose() throws Exception {
    edge.close();
    assertThat(staged()).isEmpty();
    start();
  }
}

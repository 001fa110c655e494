package io.fedflow.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.RecordingServer.Arrived;
import io.fedflow.transport.client.RecordingServer.Reply;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FlowTransfersTest {

  private static final ComponentAt AT = new ComponentAt("j1", "lr_0", "guest", "9999");
  private static final ModelAt MODEL = new ModelAt("m#1", "2026");

  @TempDir Path folder;
  private RecordingServer server;
  private FlowClient client;

  @BeforeEach
  void start() {
    server = new RecordingServer();
    client = new FlowClient("127.0.0.1", server.port(), "v1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void uploads_putTheirConfIntoTheQuery() throws Exception {
    String rows = "id,x\n" + "1,2\n".repeat(100_000);
    Path file = Files.writeString(folder.resolve("a\"b.csv"), rows);
    Map<String, Object> conf =
        Map.of("file", file.toString(), "namespace", "100% & #+é", "table_name", "t", "head", 1);
    client.data().upload(conf, true).await();
    Arrived arrived = server.last();
    assertThat(arrived.method()).isEqualTo("POST");
    assertThat(arrived.path()).isEqualTo("/v1/data/upload");
    assertThat(arrived.query()).startsWith("%7B").doesNotContain("&", "#", "+", " ");
    Map<String, Object> expected = new TreeMap<>(conf);
    expected.putAll(Map.of("verbose", 0, "drop", 1));
    assertThat(new JacksonJsonCodec().read(decoded(arrived.query()))).isEqualTo(expected);
    assertThat(arrived.body())
        .contains("Content-Disposition: form-data; name=\"file\"; filename=\"a_b.csv\"\r\n")
        .contains("Content-Type: application/octet-stream\r\n\r\n" + rows + "\r\n--");
    assertThat(arrived.headers().get("Content-Type")).startsWith("multipart/form-data; boundary=");
  }

  @Test
  void imports_sendEveryFieldAndTheArchive() throws Exception {
    Path file = Files.writeString(folder.resolve("m.zip"), "PK");
    client
        .model()
        .importModel(
            Map.of(
                "file", file.toString(), "model_id", "m#1", "party_id", 9999, "force_update", true))
        .await();
    Arrived arrived = server.last();
    assertThat(arrived.path()).isEqualTo("/v1/model/import");
    String boundary = arrived.headers().get("Content-Type").split("boundary=")[1];
    assertThat(arrived.body())
        .isEqualTo(
            part(boundary, "file", file.toString())
                + part(boundary, "force_update", "1")
                + part(boundary, "from_database", "False")
                + part(boundary, "model_id", "m#1")
                + part(boundary, "party_id", "9999")
                + "--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.zip\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\nPK\r\n--"
                + boundary
                + "--\r\n");
  }

  @Test
  void outputData_isUnpacked() throws Exception {
    server.then(file(archive(Map.of("data.csv", "id,x\n1,2\n", "data.meta", "{}"))));
    Path done = client.component().outputData(AT, folder, -1).await();
    assertThat(done).isEqualTo(folder.resolve("job_j1_lr_0_guest_9999_output_data"));
    assertThat(done.resolve("data.csv")).hasContent("id,x\n1,2\n");
    assertThat(done).isDirectoryNotContaining(each -> each.toString().endsWith(".part"));
    Arrived arrived = server.last();
    assertThat(arrived.method()).isEqualTo("GET");
    assertThat(arrived.path()).isEqualTo("/v1/tracking/component/output/data/download");
    assertThat(new JacksonJsonCodec().read(arrived.body()))
        .isEqualTo(
            Map.of(
                "job_id",
                "j1",
                "component_name",
                "lr_0",
                "role",
                "guest",
                "party_id",
                9999,
                "local",
                Map.of("role", "guest", "party_id", 9999),
                "limit",
                -1));
  }

  @Test
  void logs_keepTheirInnerPaths() throws Exception {
    server.then(file(archive(Map.of("guest/9999/INFO.log", "hello"))));
    Path done = client.job().log("j1", folder).await();
    assertThat(done).isEqualTo(folder.resolve("job_j1_log"));
    assertThat(done.resolve("guest/9999/INFO.log")).hasContent("hello");
    assertThat(server.last().method()).isEqualTo("POST");
    assertThat(server.last().path()).isEqualTo("/v1/job/log/download");
  }

  @Test
  void archives_thatLeadElsewhere_areRefused() throws Exception {
    server.then(file(archive(Map.of("../../evil", "x"))));
    assertThatThrownBy(() -> client.job().log("j1", folder.resolve("in")).await())
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("outside");
    assertThat(folder.resolve("evil")).doesNotExist();
    server.then(file("no archive".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> client.job().log("j2", folder).await())
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("archive.broken"));
  }

  @Test
  void refusedDownloads_leaveNothing() {
    server.then(Reply.json(404, "{\"retcode\":404,\"retmsg\":\"no such job\"}"));
    Path output = folder.resolve("out");
    assertThatThrownBy(() -> client.component().outputData(AT, output, 5).await())
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("no such job");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void exports_takeTheNameTheyCameWith() throws Exception {
    server.then(
        new Reply(
            200,
            "PK".getBytes(StandardCharsets.UTF_8),
            Map.of("Content-Disposition", "attachment; filename=guest#9999#m_2026.zip")));
    Map<String, Object> conf = Map.of("model_id", "m");
    Path done = client.model().exportModel(conf, folder).await();
    assertThat(done).isEqualTo(folder.resolve("guest#9999#m_2026.zip")).hasContent("PK");
    assertThat(server.last().method()).isEqualTo("GET");
    assertThat(server.last().body()).isEqualTo("{\"model_id\":\"m\"}");
    server.then(
        new Reply(
            200,
            "PK".getBytes(StandardCharsets.UTF_8),
            Map.of("Content-Disposition", "attachment; filename=../../x.zip")));
    assertThat(client.model().exportModel(conf, folder).await().getParent()).isEqualTo(folder);
    server.then(file("PK".getBytes(StandardCharsets.UTF_8)));
    assertThat(client.model().exportModel(conf, folder).await())
        .isEqualTo(folder.resolve("model.zip"));
  }

  @Test
  void documents_areStoredAsTheyCome() throws Exception {
    server.then(file("{\"components\":{}}".getBytes(StandardCharsets.UTF_8)));
    Path target = folder.resolve("predict_dsl.json");
    assertThat(client.model().predictDsl(MODEL, target).await()).isEqualTo(target);
    assertThat(target).hasContent("{\"components\":{}}");
    assertThat(server.last().body())
        .isEqualTo(
            "{\"model_id\":\"m#1\",\"model_version\":\"2026\",\"filename\":\"predict_dsl.json\"}");
  }

  @Test
  void configs_becomeOneFileEach() throws Exception {
    server.then(
        Reply.json(
            200,
            "{\"retcode\":0,\"retmsg\":\"success\",\"data\":{\"job_id\":\"j1\","
                + "\"dsl\":{\"a\":1},\"runtime_conf\":{}}}"));
    Path done = client.job().config("j1", "guest", "9999", folder).await();
    assertThat(done).isEqualTo(folder.resolve("job_j1_config"));
    assertThat(done.resolve("dsl.json")).hasContent("{\"a\":1}");
    assertThat(done.resolve("runtime_conf.json")).hasContent("{}");
    assertThat(done.resolve("job_id.json")).doesNotExist();
  }

  private static String decoded(String query) {
    return URLDecoder.decode(query, StandardCharsets.UTF_8);
  }

  private static String part(String boundary, String name, String value) {
    return "--"
        + boundary
        + "\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value
        + "\r\n";
  }

  private static Reply file(byte[] bytes) {
    return new Reply(200, bytes, Map.of());
  }

  private static byte[] archive(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}

package io.fedflow.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.failure.ProblemsException;
import io.fedflow.transport.client.RecordingServer.Arrived;
import io.fedflow.transport.client.RecordingServer.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FlowClientTest {

  private static final TaskFilter JOB = TaskFilter.job("j1");

  @TempDir Path folder;
  private RecordingServer server;
  private FlowOptions options;
  private FlowClient client;

  @BeforeEach
  void start() {
    server = new RecordingServer();
    options = FlowOptions.of("127.0.0.1", server.port()).withRetries(2, Duration.ZERO);
    client = new FlowClient(options);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void submit_readsBothFiles() throws Exception {
    Path conf = Files.writeString(folder.resolve("conf.json"), "{\"a\":1}");
    Path dsl = Files.writeString(folder.resolve("dsl.json"), "{\"b\":2}");
    server.then(Reply.json(200, "{\"retcode\":0,\"retmsg\":\"success\",\"jobId\":\"2026\"}"));
    assertThat(client.job().submit(conf, dsl).await().jobId()).isEqualTo("2026");
    assertThat(server.last().body())
        .isEqualTo("{\"job_runtime_conf\":{\"a\":1},\"job_dsl\":{\"b\":2}}");
    client.job().submit(conf, (Path) null).await();
    assertThat(server.last().body()).isEqualTo("{\"job_runtime_conf\":{\"a\":1},\"job_dsl\":null}");
  }

  @Test
  void absentConf_isNamedBeforeAnyRequest() throws Exception {
    Path good = Files.writeString(folder.resolve("good.json"), "{}");
    Path absent = folder.resolve("absent.json");
    Path list = Files.writeString(folder.resolve("list.json"), "[1]");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"a\":");
    assertThatThrownBy(() -> client.job().submit(absent, good).await())
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("absent.json");
    assertThatThrownBy(() -> client.job().submit(good, absent).await())
        .hasMessageContaining("absent.json");
    assertThatThrownBy(() -> client.model().load(list).await())
        .hasMessageContaining("list.json")
        .hasMessageContaining("object");
    assertThatThrownBy(() -> client.table().bind(broken, true).await())
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("broken.json");
    assertThatThrownBy(() -> client.data().upload(Map.of("file", "/no/such.csv"), true).await())
        .hasMessageContaining("such.csv");
    assertThatThrownBy(() -> client.data().upload(Map.of(), true).await())
        .hasMessageContaining("file: found null");
    assertThatThrownBy(() -> client.model().exportModel(good).await())
        .hasMessageContaining("output_path");
    assertThat(server.arrived()).isEmpty();
  }

  @Test
  void refusals_areAnswers() throws Exception {
    server.then(Reply.json(200, "{\"retcode\":102,\"retmsg\":\"no job\"}"));
    Answer answer = client.job().stop("j1").await();
    assertThat(answer.retcode()).isEqualTo(102);
    assertThat(answer.retmsg()).isEqualTo("no job");
    assertThat(answer.good()).isFalse();
    assertThatThrownBy(answer::checked)
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("no job");
    server.then(Reply.json(404, "{\"retcode\":404,\"retmsg\":\"gone\"}"));
    assertThat(client.job().query(JOB).await().status()).isEqualTo(404);
    server.then(
        Reply.json(
            200,
            "{\"retcode\":103,\"retmsg\":\"x\",\"data\":{\"problems\":[{\"pointer\":\"/role\","
                + "\"message\":\"is missing\",\"found\":\"nothing\",\"allowed\":\"parties\"}]}}"));
    assertThatThrownBy(client.job().query(JOB).await()::checked)
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("/role");
  }

  @Test
  void answers_showTheirParts() throws Exception {
    server.then(
        Reply.json(
            200, "{\"retcode\":0,\"retmsg\":\"success\",\"data\":[{\"a\":1}],\"jobId\":\"j\"}"));
    Answer answer = client.job().query(JOB).await();
    assertThat(answer.rows()).containsExactly(Map.of("a", 1));
    assertThat(answer.object()).isEmpty();
    assertThat(answer.checked()).isSameAs(answer);
  }

  @Test
  void somethingElse_isNoAnswer() {
    server.then(new Reply(200, "<html>".getBytes(), Map.of()));
    assertThatThrownBy(() -> client.job().query(JOB).await())
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("server.strange"));
  }

  @Test
  void questions_areAskedAgain() throws Exception {
    server.then(Reply.CUT, Reply.CUT);
    assertThat(client.job().query(JOB).await().good()).isTrue();
    assertThat(server.arrived()).hasSize(3);
    assertThat(server.arrived()).extracting(Arrived::body).containsOnly("{\"job_id\":\"j1\"}");
  }

  @Test
  void questions_areNotAskedForever() {
    server.then(Reply.CUT, Reply.CUT, Reply.CUT, Reply.CUT);
    assertThatThrownBy(() -> client.job().query(JOB).await())
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("server.broken"));
    assertThat(server.arrived()).hasSize(3);
  }

  @Test
  void changes_areSentOnce() {
    server.then(Reply.CUT);
    assertThatThrownBy(() -> client.job().submit(Map.of(), Map.of()).await())
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("look before you repeat");
    assertThat(server.arrived()).hasSize(1);
  }

  @Test
  void whatTheServerSays_isNotAskedAgain() throws Exception {
    server.then(Reply.json(503, "{\"retcode\":503,\"retmsg\":\"later\"}"));
    assertThat(client.job().query(JOB).await().retcode()).isEqualTo(503);
    assertThat(server.arrived()).hasSize(1);
  }

  @Test
  void slowServers_areGivenUpOnce() {
    ClientOptions hasty =
        new ClientOptions(
            options.connection().server(),
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            0);
    try (SilentServer silent = new SilentServer("")) {
      FlowClient waiting = client(silent, hasty);
      assertThatThrownBy(() -> waiting.job().query(JOB).await())
          .isInstanceOfSatisfying(
              FedflowException.class, e -> assertThat(e.code()).isEqualTo("server.slow"));
    }
    try (SilentServer stalls =
        new SilentServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"retcode\"")) {
      FlowClient waiting = client(stalls, hasty);
      assertThatThrownBy(() -> waiting.job().query(JOB).await())
          .isInstanceOfSatisfying(
              FedflowException.class, e -> assertThat(e.code()).isEqualTo("server.slow"));
      assertThatThrownBy(() -> waiting.job().log("j1", folder).await())
          .isInstanceOfSatisfying(
              FedflowException.class, e -> assertThat(e.code()).isEqualTo("server.slow"));
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void signedRequests_carryTheFourHeaders() throws Exception {
    RequestSigner signer =
        new RequestSigner(
            new ClientKeys("app-1", "s3cret"),
            InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_123L)),
            () -> "n1");
    FlowClient signing = new FlowClient(options, signer);
    signing.job().query(JOB).await();
    byte[] sent = "{\"job_id\":\"j1\"}".getBytes();
    assertThat(server.last().headers())
        .containsAllEntriesOf(signer.headers("/v1/job/query", sent, Map.of()));
    Path file = Files.writeString(folder.resolve("t.csv"), "id,x\n");
    signing.data().upload(Map.of("file", file.toString()), false).await();
    assertThat(server.last().headers())
        .containsAllEntriesOf(
            signer.headers("/v1/data/upload?" + server.last().query(), new byte[0], Map.of()));
    signing.model().importModel(Map.of("file", file.toString(), "force_update", true)).await();
    Map<String, String> form =
        Map.of("file", file.toString(), "force_update", "1", "from_database", "False");
    assertThat(server.last().headers())
        .containsAllEntriesOf(signer.headers("/v1/model/import", new byte[0], form));
  }

  @Test
  void keys_signByThemselves() throws Exception {
    new FlowClient(options.withKeys(new ClientKeys("app-1", "s"))).queue().clean().await();
    assertThat(server.last().headers())
        .containsEntry("APP_KEY", "app-1")
        .containsKeys("TIMESTAMP", "NONCE", "SIGNATURE");
  }

  private static FlowClient client(SilentServer server, ClientOptions patience) {
    ClientOptions connection =
        new ClientOptions(
            server.address(),
            patience.connectTimeout(),
            patience.requestTimeout(),
            patience.silence(),
            0);
    return new FlowClient(new FlowOptions(connection, "v1", null, 2, Duration.ZERO));
  }
}

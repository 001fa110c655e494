package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.EdgeFixture.Reply;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

  @TempDir static Path folder;
  static EdgeFixture edge;

  @BeforeAll
  static void start() {
    edge =
        new EdgeFixture(
            folder, options -> options.maxBodyBytes(20_000).requestTimeout(Duration.ofSeconds(1)));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Test
  void unknownPaths_answerLikeFate() {
    Reply reply = edge.post("/v1/no/such/route", Map.of());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.retcode()).isEqualTo(100);
    assertThat(edge.get("/v1/job/query").retcode()).as("wrong method").isEqualTo(100);
    assertThat(edge.get("/fedflow/v1/nothing").status()).isEqualTo(404);
  }

  @Test
  void trailingSlash_isIgnored() {
    assertThat(edge.post("/v1/version/get/", Map.of()).retcode()).isZero();
  }

  @Test
  void envelopeKeys_areSortedAndNullsLeftOut() {
    assertThat(edge.post("/v1/job/query", Map.of("job_id", "x")).text())
        .isEqualTo("{\"data\":[],\"retcode\":0,\"retmsg\":\"no job could be found\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
  void bodies_areJsonWhateverTheirType(String type) {
    assertThat(edge.postText("/v1/version/get", "{\"module\":\"JDK\"}", type).map())
        .containsKeys("JDK", "API");
  }

  @Test
  void forms_areRead() {
    Reply reply =
        edge.postText("/v1/version/get", "module=JDK&x=%zz", "application/x-www-form-urlencoded");
    assertThat(reply.map()).containsKey("JDK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "\u0000", "{\"a\":1}}", "{'a':1}", "%7B%7D"})
  void malformedBodies_areArgumentErrors(String body) {
    Reply reply = edge.postText("/v1/job/submit", body, "application/json");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.retcode()).isEqualTo(101);
    assertThat(reply.retmsg()).contains("JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "3", "\"text\"", "{}", "{\"job_runtime_conf\":null}"})
  void missingArguments_areNamed(String body) {
    Reply reply = edge.postText("/v1/job/submit", body, "application/json");
    assertThat(reply.retcode()).isEqualTo(101);
    assertThat(reply.retmsg()).contains("job_runtime_conf");
  }

  @Test
  void deepNesting_isRefused() {
    Reply reply = edge.postText("/v1/job/submit", "[".repeat(10_000), "application/json");
    assertThat(reply.retcode()).isEqualTo(101);
  }

  @Test
  void largeBodies_areRefusedWithAnAnswer() {
    Reply reply = edge.postText("/v1/job/submit", "x".repeat(50_000), "application/json");
    assertThat(reply.retcode()).isEqualTo(103);
    assertThat(reply.retmsg()).contains("20000");
    Reply plain = edge.postText("/fedflow/v1/queue/slots", "x".repeat(50_000), "application/json");
    assertThat(plain.status()).isEqualTo(413);
    assertThat(plain.retmsg()).contains("20000");
  }

  @Test
  void requestIds_comeBackIfHarmless() {
    Reply kept =
        edge.send(edge.request("/health/live").header("X-Request-Id", "abc-1").GET().build());
    assertThat(kept.raw().headers().firstValue("X-Request-Id")).hasValue("abc-1");
    Reply replaced =
        edge.send(edge.request("/health/live").header("X-Request-Id", "a b<").GET().build());
    assertThat(replaced.raw().headers().firstValue("X-Request-Id").orElseThrow()).hasSize(36);
    String trace = "0af7651916cd43dd8448eb211c80319c";
    var traced =
        edge.send(
            edge.request("/health/live")
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .GET()
                .build());
    assertThat(traced.raw().headers().firstValue("X-Request-Id")).hasValue(trace);
  }

  @Test
  void pagesOfOtherSites_areRefused() {
    Reply reply =
        edge.send(
            edge.request("/v1/job/stop")
                .header("Origin", "https://evil.example")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"job_id\":\"1\"}"))
                .build());
    assertThat(reply.status()).isEqualTo(403);
    assertThat(edge.site.pipelines.stopped).isEmpty();
  }

  @Test
  void bugs_tellARequestIdAndNothingElse() {
    edge.site.tracking.instead =
        CompletableFuture.failedFuture(new IllegalStateException("/secret/path broke"));
    try {
      Reply reply = edge.post("/v1/job/query", Map.of("job_id", "1"));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.retcode()).isEqualTo(100);
      assertThat(reply.retmsg())
          .doesNotContain("secret")
          .contains(reply.raw().headers().firstValue("X-Request-Id").orElseThrow());
    } finally {
      edge.site.tracking.instead = null;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INVALID", "CONFLICT", "UNAVAILABLE", "EXHAUSTED", "PEER", "CANCELLED"})
  void knownFailures_keepTheirWords(String kind) {
    edge.site.tracking.instead =
        CompletableFuture.<Void>failedFuture(
                new FedflowException(FailureKind.valueOf(kind), "some.code", "host 10000 is away"))
            .thenApply(never -> List.of());
    try {
      Reply reply = edge.post("/v1/job/query", Map.of("job_id", "1"));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.retcode()).isBetween(100, 105);
      assertThat(reply.retmsg()).isEqualTo("host 10000 is away");
      assertThat(edge.get("/fedflow/v1/jobs").status()).isBetween(400, 503);
    } finally {
      edge.site.tracking.instead = null;
    }
  }

  @Test
  void answersThatNeverCome_endInTime() {
    edge.site.tracking.instead = new CompletableFuture<>();
    try {
      Reply reply = edge.post("/v1/job/query", Map.of("job_id", "1"));
      assertThat(reply.retcode()).isEqualTo(105);
    } finally {
      edge.site.tracking.instead = null;
    }
  }

  @Test
  void textsThatAreNotHttp_doNotHang() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", edge.port)) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write("\u0001\u0002 nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("400");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/v1/..%2f..%2fetc/passwd", "/fedflow/v1/jobs/%00", "/v1//"})
  void oddPaths_areAnswered(String path) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", edge.port)) {
      socket.setSoTimeout(5_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).containsAnyOf("HTTP/1.1 200", "HTTP/1.1 400", "HTTP/1.1 404");
      assertThat(answer).contains("retcode");
    }
  }

  @Test
  void everyRefusal_isInTheLogUnderItsRequest() {
    Logger log = Logger.getLogger("io.fedflow.transport.http.wire.Sender");
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setLevel(Level.ALL);
    Level before = log.getLevel();
    log.setLevel(Level.FINE);
    log.addHandler(handler);
    try {
      edge.send(
          edge.request("/v1/job/stop")
              .header("X-Request-Id", "mine-1")
              .POST(BodyPublishers.ofString("{}"))
              .build());
      assertThat(lines)
          .singleElement()
          .asString()
          .contains("request mine-1: POST /v1/job/stop is answered with 101", "job_id");
      edge.post("/v1/log/size", Map.of("log_type", "x\n".repeat(900)));
      assertThat(lines).hasSize(2);
      assertThat(lines.get(1)).hasSizeLessThanOrEqualTo(501).doesNotContain("\n");
      edge.post("/v1/job/query", Map.of());
      assertThat(lines).hasSize(2);
    } finally {
      log.removeHandler(handler);
      log.setLevel(before);
    }
  }
}

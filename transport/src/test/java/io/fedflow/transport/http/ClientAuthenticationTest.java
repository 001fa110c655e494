package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.testkit.runner.RunnerWorld;
import io.fedflow.transport.client.Answer;
import io.fedflow.transport.client.ClientKeys;
import io.fedflow.transport.client.ClientOptions;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.FlowOptions;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.auth.AppKeys;
import io.fedflow.transport.http.wire.Mounted;
import io.fedflow.transport.signing.RequestSignature;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edge that wants to know who asks. */
class ClientAuthenticationTest {

  private static final String KEY = "app-1";
  private static final String SECRET = "s3cret-long";
  private static final int REFUSED = 109;
  private static final Set<String> OPEN =
      Set.of(
          "/",
          "/index.html",
          "/fedflow/api",
          "/fedflow/openapi.json",
          "/metrics",
          "/health/live",
          "/health/ready",
          "/health/startup",
          "/health/warnings");

  @TempDir Path folder;
  private Path staging;
  private EdgeFixture edge;

  @BeforeEach
  void start() throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), KEY + ' ' + SECRET + '\n');
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    AppKeys keys = AppKeys.read(file);
    staging = folder.resolve("staging");
    edge = new EdgeFixture(staging, options -> options.clients(keys));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private FlowClient flow(String secret) {
    return new FlowClient(
        FlowOptions.of("127.0.0.1", edge.port).withKeys(new ClientKeys(KEY, secret)));
  }

  private HttpRequest.Builder signed(String target, String body, String header) {
    RequestSignature text =
        new RequestSignature(
            String.valueOf(System.currentTimeMillis()), UUID.randomUUID().toString(), KEY, target);
    byte[] signature =
        text.of(SECRET.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8), "");
    return edge.request(target)
        .header("timestamp", text.timestamp())
        .header("Nonce", text.nonce())
        .header(header, KEY)
        .header("SIGNATURE", Base64.getEncoder().encodeToString(signature));
  }

  @Test
  void everyRouteWantsASignature_exceptHealthMetricsAndPages() {
    for (Mounted route : edge.edge.routes()) {
      if (OPEN.contains(route.path())) {
        continue;
      }
      String path = route.path().replaceAll(":[A-Za-z_]+", "x");
      Reply reply =
          edge.send(
              edge.request(path).method(route.method(), BodyPublishers.ofString("{}")).build());

      assertThat(reply.tree()).as(route.toString()).containsEntry("retcode", REFUSED);
      assertThat(reply.retmsg()).contains("TIMESTAMP: missing");
      assertThat(reply.status()).isEqualTo(path.startsWith("/v1/") ? 200 : 401);
    }
    for (String open : OPEN) {
      assertThat(edge.get(open).text()).as(open).isNotEmpty().doesNotContain("TIMESTAMP");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/../v1/job/query",
        "/health/%2e%2e/v1/job/query",
        "/health/./../v1/job/query",
        "//v1/job/query",
        "/v1//job/query",
        "/v1/job/query/",
        "/no/such/route"
      })
  void oddPaths_leadNowhereElse(String path) {
    String body =
        EdgeFixture.await(
                edge.vertx
                    .createHttpClient()
                    .request(HttpMethod.POST, edge.port, "127.0.0.1", path)
                    .compose(request -> request.send("{}").compose(HttpClientResponse::body)))
            .toString();

    assertThat(body).contains("TIMESTAMP: missing");
  }

  @Test
  void fatesClient_isBelievedWithItsSecretOnly() throws Exception {
    Answer answer = flow(SECRET).tag().list(10).await();
    Answer refused = flow("another-secret").tag().list(10).await();

    assertThat(answer.retcode()).isZero();
    assertThat(refused.retcode()).isEqualTo(REFUSED);
    assertThat(refused.retmsg()).contains("APP_KEY, SIGNATURE");
  }

  @Test
  void formOfAModelFile_isCovered() throws Exception {
    Path model = Files.writeString(folder.resolve("model.zip"), "no model");
    Map<String, Object> conf =
        Map.of(
            "role",
            "guest",
            "party_id",
            9999,
            "model_id",
            "m",
            "model_version",
            "v",
            "file",
            model.toString());

    Answer believed = flow(SECRET).model().importModel(conf).await();
    Answer refused = flow("another-secret").model().importModel(conf).await();

    // What is behind the authentication refuses it: that is how far it got.
    assertThat(believed.retcode()).isNotZero().isNotEqualTo(REFUSED);
    assertThat(refused.retcode()).isEqualTo(REFUSED);
    awaitNothingStaged();
  }

  @Test
  void tableOfAFile_isTakenFromWhoSigned() throws Exception {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "id,x0\na,1\n");
    Map<String, Object> conf =
        Map.of(
            "file",
            rows.toString(),
            "namespace",
            "ns",
            "table_name",
            "t",
            "head",
            1,
            "partition",
            1);

    assertThat(flow("another-secret").data().upload(conf, true).await().retcode())
        .isEqualTo(REFUSED);
    awaitNothingStaged();
    assertThat(flow(SECRET).data().upload(conf, true).await().retcode()).isZero();
  }

  /** A file is deleted after its answer, away from the event loop. */
  private void awaitNothingStaged() {
    RunnerWorld.until("nothing is staged", () -> files(staging) == 0);
  }

  private static long files(Path folder) {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    } catch (IOException | UncheckedIOException deletedMeanwhile) {
      return -1;
    }
  }

  @Test
  void ourClient_signsToo() throws Exception {
    FlowHttpClient client =
        new FlowHttpClient(
            ClientOptions.of("http://127.0.0.1:" + edge.port), new ClientKeys(KEY, SECRET));

    assertThat(client.blocking().version()).isNotNull();
    assertThat(client.blocking().jobs(3)).containsKey("jobs");
    assertThatThrownBy(() -> FlowHttpClient.of("http://127.0.0.1:" + edge.port).blocking().jobs(3))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("TIMESTAMP: missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"APP_KEY", "APP-KEY", "app_key", "App-Key"})
  void namesOfHeaders_areReadAsFatesServerReadsThem(String header) {
    assertThat(
            edge.send(
                    signed("/v1/job/task/query", "{\"a\":1}", header)
                        .POST(BodyPublishers.ofString("{\"a\":1}"))
                        .build())
                .retcode())
        .isNotEqualTo(REFUSED);
  }

  @Test
  void bodyIsCoveredByteForByte_andQueryToo() {
    String target = "/v1/job/query?x=1";
    String body = "{\"job_id\": \"j\"}";

    assertThat(
            edge.send(signed(target, body, "APP_KEY").POST(BodyPublishers.ofString(body)).build())
                .retcode())
        .isNotEqualTo(REFUSED);
    assertThat(
            edge.send(
                    signed(target, body, "APP_KEY")
                        .POST(BodyPublishers.ofString("{\"job_id\":\"j\"}"))
                        .build())
                .retcode())
        .isEqualTo(REFUSED);
    assertThat(
            edge.send(
                    signed("/v1/job/query?x=2", body, "APP_KEY")
                        .uri(edge.request(target).build().uri())
                        .POST(BodyPublishers.ofString(body))
                        .build())
                .retcode())
        .isEqualTo(REFUSED);
  }

  @Test
  void emptyObject_mayBeSignedInBothWays() {
    for (String covered : new String[] {"{}", ""}) {
      assertThat(
              edge.send(
                      signed("/v1/server/version/get", covered, "APP_KEY")
                          .POST(BodyPublishers.ofString("{}"))
                          .build())
                  .retcode())
          .isZero();
    }
  }

  @Test
  void sameRequestAgain_isRefused() {
    HttpRequest request =
        signed("/v1/server/version/get", "", "APP_KEY").POST(BodyPublishers.ofString("{}")).build();

    assertThat(edge.send(request).retcode()).isZero();
    assertThat(edge.send(request).retcode()).isEqualTo(REFUSED);
    assertThat(edge.send(request).retmsg()).contains("NONCE: found that of an earlier request");
  }
}

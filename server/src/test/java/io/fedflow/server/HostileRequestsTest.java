package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is sent to a server over SQLite, it answers: soon, without a failure of its own, without
 * a stack or a path, and goes on. A failure names the seed that shows it again.
 */
class HostileRequestsTest {

  private static final int REQUESTS = Integer.getInteger("fedflow.hostile", 100);
  private static final long SEED = Long.getLong("fedflow.seed", 20_260_101L);
  private static final JsonCodec JSON = new JacksonJsonCodec();
  private static final int AT_ONCE = 16;

  /** What an answer must not hold, unless the request did. */
  private static Pattern leaks() {
    String places =
        Stream.of(
                folder.toString(), System.getProperty("user.dir"), System.getProperty("java.home"))
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return Pattern.compile(
        "Exception|\\tat |io\\.fedflow\\.|io\\.vertx|java\\.(lang|util|nio|io)\\.|SQLITE|sqlite3?:"
            + "|syntax error|internal error|"
            + places);
  }

  /** Routes that answer 503 when all is well with the server. */
  private static final Set<String> TOLD_BY_STATUS = Set.of("/health/ready", "/v1/info/eggroll");

  private static final Map<String, List<String>> ROUTES = new TreeMap<>();
  private static final Map<String, List<String>> ARGUMENTS = new TreeMap<>();

  @TempDir static Path folder;
  private static TestServer server;
  private static String jobId;
  private static HttpClient http;
  private static Pattern leaks;

  @BeforeAll
  static void start() throws Exception {
    leaks = leaks();
    server = TestServer.standalone(folder);
    jobId = server.upload("t", "id,y,x\na,1,2\nb,0,3\n");
    server.ended(jobId);
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    describe();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The server tells its routes itself. */
  private static void describe() throws Exception {
    Map<?, ?> document =
        (Map<?, ?>)
            JSON.read(
                http.send(request("/fedflow/openapi.json").build(), BodyHandlers.ofString())
                    .body());
    for (Map.Entry<?, ?> path : ((Map<?, ?>) document.get("paths")).entrySet()) {
      for (Map.Entry<?, ?> each : ((Map<?, ?>) path.getValue()).entrySet()) {
        if (each.getValue() instanceof Map<?, ?> operation
            // It never ends.
            && !path.getKey().toString().endsWith("/events")) {
          String route =
              each.getKey().toString().toUpperCase(Locale.ROOT) + ' ' + path.getKey().toString();
          String group = ((List<?>) operation.get("tags")).get(0).toString();
          ROUTES.computeIfAbsent(group, g -> new ArrayList<>()).add(route);
          ARGUMENTS.put(route, arguments(operation));
        }
      }
    }
  }

  private static List<String> arguments(Map<?, ?> operation) {
    List<String> names = new ArrayList<>();
    if (operation.get("requestBody") instanceof Map<?, ?> body
        && ((Map<?, ?>) body.get("content")).get("application/json") instanceof Map<?, ?> json) {
      ((Map<?, ?>) ((Map<?, ?>) json.get("schema")).get("properties"))
          .keySet()
          .forEach(name -> names.add(name.toString()));
    }
    if (operation.get("parameters") instanceof List<?> parameters) {
      parameters.forEach(each -> names.add(((Map<?, ?>) each).get("name").toString()));
    }
    return names.isEmpty() ? List.of("job_id", "role", "party_id", "name") : names;
  }

  static Stream<String> groups() {
    return ROUTES.keySet().stream();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.server().url() + path))
        .timeout(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void requestsOfAnyKind_areAnswered(String group) throws Exception {
    Random random = new Random(SEED);
    List<String> routes = ROUTES.get(group);
    Map<String, Object> sound =
        Map.of(
            "job_id", jobId,
            "role", "local",
            "party_id", "0",
            "component_name", "upload_0",
            "namespace", TestServer.NAMESPACE,
            "name", "t",
            "table_name", "t");
    Deque<Pending> pending = new ArrayDeque<>();
    for (int i = 0; i < REQUESTS; i++) {
      String route = routes.get(random.nextInt(routes.size()));
      HostileRequest hostile = HostileRequest.of(random, route, ARGUMENTS.get(route), sound);
      pending.add(new Pending(i, hostile, send(hostile)));
      if (pending.size() == AT_ONCE) {
        check(group, pending.remove());
      }
    }
    while (!pending.isEmpty()) {
      check(group, pending.remove());
    }
    assertHealthy();
  }

  /** A request and its answer to come. */
  private record Pending(
      int number, HostileRequest request, CompletableFuture<HttpResponse<byte[]>> answer) {}

  private static CompletableFuture<HttpResponse<byte[]>> send(HostileRequest hostile) {
    return http.sendAsync(
        request(hostile.path())
            .header("Content-Type", hostile.contentType())
            .method(hostile.method(), BodyPublishers.ofByteArray(hostile.body()))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static void check(String group, Pending pending) throws IOException {
    String asked =
        "group "
            + group
            + ", request "
            + pending.number()
            + " of -Dfedflow.seed="
            + SEED
            + ": "
            + pending.request();
    HttpResponse<byte[]> answer;
    try {
      answer = pending.answer().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer to " + asked, e);
    }
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    String told = asked + "\nanswered " + answer.statusCode() + ' ' + text;
    if (answer.statusCode() >= 500 && !TOLD_BY_STATUS.contains(answer.uri().getPath())) {
      fail(told);
    }
    boolean json =
        answer.headers().firstValue("Content-Type").orElse("").equals("application/json");
    if (json && !answer.uri().getPath().equals("/fedflow/openapi.json")) {
      assertThat(JSON.read(text)).as(told).isInstanceOf(Map.class);
    }
    assertNothingLeaks(pending.request(), unpacked(answer.body()), told);
    answer
        .headers()
        .map()
        .forEach((name, values) -> assertNothingLeaks(pending.request(), values + "", told));
    assertThat(answer.headers().firstValue("X-Request-Id")).as(told).isPresent();
  }

  /** What was asked may be said again; nothing else that tells how the server is made or lies. */
  private static void assertNothingLeaks(HostileRequest request, String answer, String told) {
    Matcher leak = leaks.matcher(answer);
    while (leak.find()) {
      if (!request.says(leak.group())) {
        fail("found " + leak.group() + " in what was answered to " + told);
      }
    }
  }

  /** Logs and tables come packed. */
  private static String unpacked(byte[] body) throws IOException {
    boolean packed = body.length > 1 && body[0] == 0x1f && (body[1] & 0xff) == 0x8b;
    try (InputStream in =
        packed
            ? new GZIPInputStream(new ByteArrayInputStream(body))
            : new ByteArrayInputStream(body)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertHealthy() throws Exception {
    assertThat(http.send(request("/health/live").build(), BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
    String rows =
        http.send(
                request("/v1/job/query")
                    .POST(BodyPublishers.ofString("{\"job_id\":\"" + jobId + "\"}"))
                    .build(),
                BodyHandlers.ofString())
            .body();
    assertThat(rows).contains("\"f_job_id\":\"" + jobId + "\"");
  }

  @Test
  void aHundredMegabytes_areRefusedInWords() throws Exception {
    byte[] piece = new byte[1 << 20];
    HttpResponse<String> answer =
        http.send(
            request("/v1/job/submit")
                .POST(
                    BodyPublishers.ofByteArrays(
                        () -> Stream.generate(() -> piece).limit(100).iterator()))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.body()).contains("\"retcode\":103", "allowed");
    assertHealthy();
  }

  @Test
  void metacharactersOfSql_selectNothing() throws IOException, InterruptedException {
    for (String filter : List.of("job_id", "role", "party_id", "status", "component_name")) {
      for (String text : List.of("' OR '1'='1", "%", "_", "x' OR 1=1 --", "\\", "\"")) {
        for (String route : List.of("job/query", "job/task/query", "job/list/job")) {
          if (!route.equals("job/task/query") && filter.equals("component_name")) {
            // No filter there.
            continue;
          }
          String body = JSON.write(Map.of(filter, text));
          String answer =
              http.send(
                      request("/v1/" + route).POST(BodyPublishers.ofString(body)).build(),
                      BodyHandlers.ofString())
                  .body();
          assertThat(answer).as(route + ' ' + body).doesNotContain("upload_0").contains("retcode");
          if (!route.equals("job/list/job")) {
            assertThat(answer).as(route + ' ' + body).doesNotContain(jobId);
          }
        }
      }
    }
  }
}

package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays back what FATE's client sent when it ran against a server of ours, and checks that the
 * answers still have the outline that was right then.
 */
@Timeout(300)
class RecordedRequestsTest {

  private static final String BOUNDARY = "d2f60a3a5e3b4c0f9c6f";
  private static final JacksonJsonCodec CODEC = new JacksonJsonCodec();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** These must come while the job before them still runs or waits. */
  private static final Set<String> AT_ONCE = Set.of("job stop");

  @TempDir Path folder;
  private byte[] archive = {};

  @Test
  void everyRequest_isAnsweredAsBefore() throws Exception {
    ServerOptions strictly = TestServer.options(folder.resolve("strict")).permissions(true).build();
    try (TestServer server = TestServer.start(OriginalSite.options(folder)).withDemoTables();
        TestServer strict = TestServer.start(strictly)) {
      Placeholders names = new Placeholders(folder);
      List<RecordedRequest> recorded = Recordings.read("/originals/requests.jsonl");
      assertThat(recorded).hasSizeGreaterThan(100);
      for (RecordedRequest request : recorded) {
        boolean usual = request.site().isEmpty();
        if (usual && !AT_ONCE.contains(request.command())) {
          awaitEnds(V1.of(server), names.jobs());
        }
        String url = (usual ? server : strict).server().url();
        check(request, send(url, request, names), names);
      }
    }
  }

  private static void awaitEnds(V1 v1, List<String> jobs) throws Exception {
    for (String job : jobs) {
      while (!((List<?>) v1.data("job/query", Map.of("job_id", job)))
          .stream()
              .map(row -> TestServer.at(row, "f_status"))
              .allMatch(Set.of("success", "failed", "canceled", "timeout")::contains)) {
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private HttpResponse<byte[]> send(String url, RecordedRequest request, Placeholders names)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(url + names.reveal(request.target())));
    byte[] body = {};
    if (!request.parts().isEmpty()) {
      body = form(request.parts(), names);
      builder.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
    } else if (request.body() != null) {
      body = names.reveal(CODEC.write(request.body())).getBytes(StandardCharsets.UTF_8);
      builder.header("Content-Type", "application/json");
    }
    return CLIENT.send(
        builder.method(request.method(), BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofByteArray());
  }

  private byte[] form(List<Map<String, String>> parts, Placeholders names) throws IOException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (Map<String, String> part : parts) {
      String filename = part.get("filename") == null ? null : names.reveal(part.get("filename"));
      String head =
          "--"
              + BOUNDARY
              + "\r\nContent-Disposition: form-data; name=\""
              + part.get("name")
              + '"'
              + (filename == null
                  ? ""
                  : "; filename=\"" + filename + "\"\r\nContent-Type: application/octet-stream")
              + "\r\n\r\n";
      form.write(head.getBytes(StandardCharsets.UTF_8));
      String content = part.get("content");
      form.write(
          content.equals(Placeholders.ARCHIVE)
              ? archive
              : names.reveal(content).getBytes(StandardCharsets.UTF_8));
      form.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    form.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  private void check(RecordedRequest request, HttpResponse<byte[]> response, Placeholders names) {
    String text = new String(response.body(), StandardCharsets.UTF_8);
    String as = request.command() + ' ' + request.toTree() + " answered " + text;
    if (request.retmsg().equals(RecordedRequest.LATER)) {
      assertThat(response.statusCode()).as(as).isLessThan(500);
      return;
    }
    assertThat(response.statusCode()).as(as).isEqualTo(request.status());
    if (request.retcode() == null) {
      assertThat(response.body()).as(as).isNotEmpty();
      if (response.headers().firstValue("Content-Disposition").orElse("").endsWith(".zip")) {
        archive = response.body();
      }
      return;
    }
    Map<?, ?> answer = (Map<?, ?>) CODEC.read(text);
    assertThat(answer.get("retcode")).as(as).isEqualTo(request.retcode());
    if (!request.retmsg().isEmpty()) {
      assertThat(answer.get("retmsg")).as(as).isEqualTo(request.retmsg());
    }
    assertThat(RecordedRequest.fields(answer.get("data"))).as(as).containsAll(request.data());
    names.learn(answer);
  }
}

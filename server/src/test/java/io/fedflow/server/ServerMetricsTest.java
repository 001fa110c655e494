package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells of its jobs to whoever watches it. */
class ServerMetricsTest {

  private static final String TABLE = "id,y,x\na,0,1\nb,1,2\n";

  @TempDir Path folder;

  @Test
  void aScrapeCountsWhatJobsDid() throws Exception {
    try (TestServer server = TestServer.standalone(folder)) {
      String before = scrape(server);
      assertThat(before).contains("jvm_memory_used_bytes{").doesNotContain("fedflow_jobs_total");
      assertThat(server.ended(server.upload("one", TABLE))).containsEntry("status", "success");
      assertThat(server.ended(server.upload("two", TABLE))).containsEntry("status", "success");
      String after = scrape(server);

      assertThat(value(after, "fedflow_jobs_total{by=\"local\",status=\"success\"}")).isEqualTo(2);
      assertThat(value(after, "fedflow_job_status_seconds_count{by=\"local\",status=\"running\"}"))
          .isEqualTo(2);
      assertThat(
              value(
                  after,
                  "fedflow_attempt_seconds_count"
                      + "{module=\"Upload\",role=\"local\",status=\"success\"}"))
          .isEqualTo(2);
      assertThat(value(after, "fedflow_attempts_started_total{module=\"Upload\",role=\"local\"}"))
          .isEqualTo(2);
      assertThat(
              value(
                  after,
                  "fedflow_command_seconds_count{command=\"StartTask\",delivery=\"arrived\"}"))
          .isEqualTo(2);
      assertThat(value(after, "fedflow_turn_seconds_count{by=\"coordinator\"}")).isPositive();
      assertThat(value(after, "fedflow_queue_waiting")).isZero();
      assertThat(after).doesNotContain("fedflow_store_retries_total");
    }
  }

  @Test
  void aFlightRecordingHasTheJobsOfAServer() throws Exception {
    Path file = folder.resolve("server.jfr");
    String jobId;
    try (Recording recording = new Recording()) {
      recording.enable("fedflow.JobMoved");
      recording.start();
      try (TestServer server = TestServer.standalone(folder)) {
        jobId = server.upload("one", TABLE);
        assertThat(server.ended(jobId)).containsEntry("status", "success");
      }
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> moves =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("fedflow.JobMoved"))
            .filter(event -> event.getString("job").equals(jobId))
            .filter(event -> event.getString("by").startsWith("local:"))
            .toList();
    assertThat(moves)
        .extracting(event -> event.getString("from") + " " + event.getString("to"))
        .containsExactlyInAnyOrder("ready waiting", "waiting running", "running success");
  }

  private static double value(String scrape, String sample) {
    var line = Pattern.compile("^" + Pattern.quote(sample) + " (\\S+)$", Pattern.MULTILINE);
    var found = line.matcher(scrape);
    assertThat(found.find()).as("%s in %s", sample, scrape).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private static String scrape(TestServer server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.server().url() + "/metrics")).GET().build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}

package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.pipeline.Retention;
import io.fedflow.spi.LogQuery;
import io.fedflow.spi.TrackingStore.Kind;
import io.fedflow.tracking.LogLine;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes that drop what is kept for too long, and the one that searches logs. */
class RetentionRoutesTest {

  private static final String CLEAN = "/fedflow/v1/retention/clean";

  @TempDir Path folder;

  private static Retention keep(Kind kind, int days) {
    return new Retention(Map.of(kind, Duration.ofDays(days)));
  }

  @Test
  void whatIsNamedCounts_otherwiseTheServersOwnTimes() {
    try (EdgeFixture edge =
        new EdgeFixture(folder, options -> options.retention(keep(Kind.LOGS, 30)))) {
      assertThat(edge.get("/fedflow/v1/retention").map()).isEqualTo(Map.of("logs", 30));
      Reply own = edge.post(CLEAN, Map.of());
      assertThat(own.map()).containsEntry("cleaned", 1).containsEntry("dry_run", false);
      Reply named = edge.post(CLEAN, Map.of("outputs_days", 7, "dry_run", true));
      assertThat(named.map())
          .containsEntry("tables", 2)
          .containsEntry("bytes", 1_000)
          .containsEntry("dry_run", true);
      assertThat(edge.site.pipelines.swept)
          .containsExactly(keep(Kind.LOGS, 30).toString(), keep(Kind.OUTPUTS, 7) + " dry");
      edge.site.pipelines.onSweep = "model version v is deployed and needs it";
      Reply kept = edge.post(CLEAN, Map.of("metrics_days", 0));
      assertThat(kept.map())
          .containsEntry("cleaned", 0)
          .containsEntry("kept", 1)
          .containsEntry("bytes", 0);
      assertThat(kept.text()).contains("model version v is deployed");
    }
  }

  @Test
  void badTimes_andNone_areRefusedInWords() {
    try (EdgeFixture edge = new EdgeFixture(folder, options -> options)) {
      assertThat(edge.post(CLEAN, Map.of()).text()).contains("keeps everything", "logs_days");
      for (Object bad : List.of(-2, "soon", 99_999_999)) {
        Reply refused = edge.post(CLEAN, Map.of("outputs_days", bad));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("outputs_days: found");
      }
      assertThat(edge.site.pipelines.swept).isEmpty();
    }
  }

  @Test
  void logsAreSearched_inPages() {
    try (EdgeFixture edge = new EdgeFixture(folder, options -> options)) {
      for (int i = 1; i <= 5; i++) {
        edge.site.tracking.lines.add(
            new LogLine("j1", Rows.GUEST, "lr_0", i, 9, LogLine.Level.INFO, "loss " + i));
      }
      Reply first = edge.get("/fedflow/v1/logs?text=loss&limit=3&component=lr_0&level=warning");
      assertThat((List<?>) first.map().get("lines")).hasSize(3);
      String last = String.valueOf(first.map().get("last"));
      assertThat(last).isEqualTo("j1/guest/3/9999");
      Reply rest = edge.get("/fedflow/v1/logs?role=guest&party_id=9999&job_id=j1&behind=" + last);
      assertThat(rest.text()).contains("loss 4", "loss 5").doesNotContain("loss 3");
      LogQuery asked = edge.site.tracking.searched.get(0);
      assertThat(asked.component()).isEqualTo("lr_0");
      assertThat(asked.minimumLevel()).isEqualTo(LogLine.Level.WARNING);
      assertThat(edge.get("/fedflow/v1/logs?text=nothing").map())
          .containsEntry("lines", List.of())
          .containsEntry("last", "");
      for (String bad : List.of("behind=x", "behind=j/guest/x/9", "level=loud", "limit=0")) {
        assertThat(edge.get("/fedflow/v1/logs?" + bad).status()).as(bad).isEqualTo(400);
      }
      assertThat(edge.get("/fedflow/v1/logs?text=" + "x".repeat(1_001)).text())
          .contains("text: found 1001");
    }
  }
}

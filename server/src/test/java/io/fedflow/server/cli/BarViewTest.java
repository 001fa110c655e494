package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.client.JobNews;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a terminal shows. */
class BarViewTest {

  private final JobProgress progress = new JobProgress(List.of("lr_0", "evaluation_0"), () -> 1);
  private final StringWriter shown = new StringWriter();

  @Test
  void drawsABarPerTaskThatFitsTheTerminal() {
    progress.accept(
        news("state", Map.of("kind", "task.status", "component", "lr_0", "status", "running")));
    progress.accept(news("metric", Map.of("component", "lr_0", "name", "loss", "value", 0.25)));
    progress.accept(
        news("progress", Map.of("component", "lr_0", "fraction", 0.5, "note", "half way")));

    new BarView(new PrintWriter(shown), 50).end(progress);

    List<String> rows = shown.toString().replace("\u001b[K", "").lines().toList();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).startsWith("lr_0         [########........] running").hasSize(49);
    assertThat(rows.get(1)).isEqualTo("evaluation_0 [................] waiting ");
  }

  private static JobNews news(String type, Map<String, Object> data) {
    return new JobNews(type, 0, data);
  }
}

package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.client.JobNews;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How news become lines. */
class JobProgressTest {

  private final AtomicLong nanos = new AtomicLong(1);
  private final JobProgress progress = new JobProgress(List.of("a_0", "b_0"), nanos::get);
  private final StringWriter shown = new StringWriter();
  private final LineView view = new LineView(new PrintWriter(shown));

  @Test
  void everyPartyTellsTheSameButOnlyTheFirstShows() {
    news("state", Map.of("kind", "task.party_status", "component", "a_0", "status", "running"));
    news("state", Map.of("kind", "task.status", "component", "a_0", "status", "running"));
    nanos.addAndGet(1_500_000_000L);
    news("state", Map.of("kind", "task.party_status", "component", "a_0", "status", "success"));
    assertThat(progress.tasks().get(0).over()).isFalse();
    news("state", Map.of("kind", "task.status", "component", "a_0", "status", "success"));
    news("state", Map.of("kind", "task.status", "component", "a_0", "status", "success"));

    assertThat(shown).hasToString(lines("a_0: running", "a_0: success 1.5 s"));
    assertThat(progress.tasks().get(0).fraction()).isEqualTo(1);
    assertThat(progress.tasks().get(1)).isEqualTo(TaskLine.waiting("b_0"));
  }

  @Test
  void aLossShowsWithTheStepThatItBelongsTo() {
    news("state", Map.of("kind", "task.status", "component", "b_0", "status", "running"));
    news("metric", Map.of("component", "b_0", "name", "loss", "value", 0.5));
    news("progress", Map.of("component", "b_0", "fraction", 0.5, "note", "iteration 1 of 2"));
    news("progress", Map.of("component", "b_0", "fraction", 0.5, "note", "iteration 1 of 2"));

    assertThat(shown).hasToString(lines("b_0: running", "b_0: iteration 1 of 2, loss 0.500000"));
  }

  @Test
  void otherNewsChangeNothing() {
    news("log", Map.of("component", "a_0", "text", "hello"));
    news("metric", Map.of("component", "a_0", "name", "auc", "value", 0.5));
    news("state", Map.of("kind", "job.status", "component", "", "status", "running"));

    assertThat(shown).hasToString("");
  }

  private void news(String type, Map<String, Object> data) {
    TaskLine line = progress.accept(new JobNews(type, 0, data));
    if (line != null) {
      view.changed(progress, line);
    }
  }

  private static String lines(String... each) {
    return String.join(System.lineSeparator(), each) + System.lineSeparator();
  }
}

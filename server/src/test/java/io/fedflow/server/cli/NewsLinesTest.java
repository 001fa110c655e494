package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.client.JobNews;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class NewsLinesTest {

  private static final JobNews LOG =
      new JobNews(
          "log",
          0,
          Map.of(
              "role",
              "guest",
              "party_id",
              "9999",
              "component",
              "lr_0",
              "time",
              1000,
              "level",
              "INFO",
              "text",
              "iteration 1"));
  private static final JobNews METRIC =
      new JobNews(
          "metric",
          0,
          Map.of(
              "role",
              "guest",
              "party_id",
              "9999",
              "component",
              "lr_0",
              "time",
              1000,
              "namespace",
              "train",
              "name",
              "loss",
              "key",
              0,
              "value",
              0.5));
  private static final JobNews RUNNING =
      new JobNews(
          "state", 3, Map.of("component", "lr_0", "kind", "task.status", "status", "running"));

  /** Tells three things as {@code job wait --follow} does. */
  @Command
  private static final class Telling implements Runnable {

    @Mixin private Console console;

    @Override
    public void run() {
      NewsLines lines = new NewsLines(console);
      JobProgress progress = new JobProgress(List.of("lr_0"), () -> 0);
      for (JobNews news : List.of(LOG, METRIC, RUNNING)) {
        lines.news(news);
        TaskLine line = progress.accept(news);
        if (line != null) {
          lines.changed(progress, line);
        }
      }
      lines.end(progress);
    }
  }

  private static List<String> told(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new Telling());
    line.setOut(new PrintWriter(out, true));
    assertThat(line.execute(arguments)).isZero();
    return out.toString().lines().toList();
  }

  @Test
  void people_readLines() {
    assertThat(told())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).endsWith("INFO guest:9999 lr_0: iteration 1"))
        .anySatisfy(line -> assertThat(line).endsWith("METRIC guest:9999 lr_0: train/loss 0 = 0.5"))
        .contains("lr_0: running");
  }

  @Test
  void programs_readAnObjectALine() {
    assertThat(told("--json"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("{\"type\":\""))
        .anySatisfy(line -> assertThat(line).contains("\"text\":\"iteration 1\""));
  }
}

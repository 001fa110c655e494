package io.fedflow.server.cli;

import io.fedflow.transport.client.JobNews;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells everything that a followed job does, a line for each; as JSON if that is asked for. */
final class NewsLines implements ProgressView {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final Console console;
  private final ProgressView statuses;

  NewsLines(Console console) {
    this.console = console;
    this.statuses = console.lines();
  }

  @Override
  public void news(JobNews news) {
    if (console.json()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("type", news.type());
      tree.putAll(news.data());
      console.result(tree);
      return;
    }
    Tree data = new Tree(news.data());
    switch (news.type()) {
      case "log" ->
          console.say(
              time(data) + data.at("level").text() + ' ' + at(data) + data.at("text").text());
      case "metric" ->
          console.say(
              time(data)
                  + "METRIC "
                  + at(data)
                  + data.at("namespace").text()
                  + '/'
                  + data.at("name").text()
                  + ' '
                  + data.at("key").text()
                  + " = "
                  + data.at("value").text());
      default -> {
        // Statuses and progress come as changed lines.
      }
    }
  }

  @Override
  public void changed(JobProgress job, TaskLine line) {
    statuses.changed(job, line);
  }

  @Override
  public void end(JobProgress job) {
    statuses.end(job);
  }

  private static String time(Tree data) {
    return TIME.format(Instant.ofEpochMilli((long) data.at("time").number())) + ' ';
  }

  private static String at(Tree data) {
    return data.at("role").text()
        + ':'
        + data.at("party_id").text()
        + ' '
        + data.at("component").text()
        + ": ";
  }
}

package io.fedflow.server.cli;

import io.fedflow.transport.client.JobNews;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** The state of a followed job, made from its news. Thread-safe. */
final class JobProgress {

  private final LongSupplier nanos;
  private final Map<String, TaskLine> tasks = new LinkedHashMap<>();

  /**
   * Before the first news.
   *
   * @param components in the order of the document
   * @param nanos the clock
   */
  JobProgress(List<String> components, LongSupplier nanos) {
    this.nanos = nanos;
    components.forEach(name -> tasks.put(name, TaskLine.waiting(name)));
  }

  /**
   * Takes news in.
   *
   * @return the component's line if the news changed it; null otherwise
   */
  synchronized TaskLine accept(JobNews news) {
    Tree data = new Tree(news.data());
    return switch (news.type()) {
      case "state" -> state(data);
      case "progress" ->
          change(data, line -> line.progress(data.at("fraction").number(), data.at("note").text()));
      case "metric" ->
          data.at("name").text().equals("loss")
              ? change(data, line -> line.loss(data.at("value").number()))
              : null;
      default -> null;
    };
  }

  /** All lines in order. */
  synchronized List<TaskLine> tasks() {
    return List.copyOf(tasks.values());
  }

  private TaskLine state(Tree data) {
    String status = data.at("status").text();
    return switch (data.at("kind").text()) {
      case "task.status" -> change(data, line -> line.status(status, nanos.getAsLong()));
      // A party's part starts before the whole is known to run; its end is not the whole's end.
      case "task.party_status" ->
          status.equals("running")
              ? change(data, line -> line.status(status, nanos.getAsLong()))
              : null;
      default -> null;
    };
  }

  /** Every party tells the same; only the first to tell changes the line. */
  private TaskLine change(Tree data, UnaryOperator<TaskLine> change) {
    String name = data.at("component").text();
    TaskLine before = tasks.getOrDefault(name, TaskLine.waiting(name));
    TaskLine after = change.apply(before);
    if (before.over() || after.equals(before) || after.status().equals("waiting")) {
      return null;
    }
    if (after.status().equals(before.status()) && after.over()) {
      return null;
    }
    tasks.put(name, after);
    return after;
  }
}

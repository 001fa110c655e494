package io.fedflow.server.cli;

import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.ComponentAt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the demo's job achieved, as the guest sees it.
 *
 * @param end how it ended
 * @param took from submission to end
 * @param metrics {@code auc}, {@code ks}, {@code accuracy} on the training data
 * @param informationValues pairs of a column and its value, the highest first
 * @param tasks one tree per component
 */
record DemoReport(
    JobEnd end,
    Duration took,
    Map<String, Object> metrics,
    List<Tree> informationValues,
    List<Map<String, Object>> tasks) {

  private static final String GUEST = "guest";
  private static final String PARTY = "9999";
  private static final String MODEL = "hetero_lr_0";
  private static final int SHOWN_VALUES = 5;

  /** Asks the guest's server. */
  static DemoReport read(BlockingFlowClient guest, JobEnd end, Duration took)
      throws InterruptedException {
    return new DemoReport(
        end,
        took,
        end.good() ? metrics(guest, end.jobId()) : Map.of(),
        end.good()
            ? new Tree(guest.summary(at(end.jobId(), "hetero_feature_binning_0")))
                .at("result", "iv")
                .each()
            : List.of(),
        tasks(new Tree(guest.job(end.jobId()))));
  }

  private static Map<String, Object> metrics(BlockingFlowClient guest, String jobId)
      throws InterruptedException {
    Tree train = new Tree(guest.metrics(at(jobId, "evaluation_0"))).at("train");
    Map<String, Object> metrics = new LinkedHashMap<>();
    for (Tree pair : train.at(MODEL, "data").each()) {
      metrics.put(pair.at(0).text(), pair.at(1).value());
    }
    double accuracy = accuracy(train.at(MODEL + "_confusion_mat", "meta"));
    if (!Double.isNaN(accuracy)) {
      metrics.put("accuracy", accuracy);
    }
    return metrics;
  }

  /** The share of rows on the right side of one half. */
  private static double accuracy(Tree confusion) {
    List<Tree> thresholds = confusion.at("thresholds").each();
    for (int i = 0; i < thresholds.size(); i++) {
      if (Math.abs(thresholds.get(i).number() - 0.5) < 1e-9) {
        double right = confusion.at("tp").at(i).number() + confusion.at("tn").at(i).number();
        double wrong = confusion.at("fp").at(i).number() + confusion.at("fn").at(i).number();
        return Math.round(right / (right + wrong) * 1e6) / 1e6;
      }
    }
    return Double.NaN;
  }

  private static List<Map<String, Object>> tasks(Tree job) {
    List<Map<String, Object>> tasks = new ArrayList<>();
    for (Tree task : job.at("tasks").each()) {
      if (task.at("role").text().equals(GUEST)) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("component", task.at("component").text());
        tree.put("status", task.at("status").text());
        double millis = task.at("end_time").number() - task.at("start_time").number();
        tree.put("seconds", millis / 1e3);
        tasks.add(tree);
      }
    }
    return tasks;
  }

  private static ComponentAt at(String jobId, String component) {
    return new ComponentAt(jobId, component, GUEST, PARTY);
  }

  /** The object that {@code --json} prints. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("status", end.status());
    tree.put("jobId", end.jobId());
    tree.put("seconds", took.toMillis() / 1e3);
    tree.put("metrics", metrics);
    tree.put("tasks", tasks);
    if (!end.cause().isEmpty()) {
      tree.put("cause", end.cause());
    }
    return tree;
  }

  /** Words for a person. */
  void print(Console console, List<Path> folders) {
    console.say(String.format(Locale.ROOT, "%s, in %.1f s", end.words(), took.toMillis() / 1e3));
    if (!end.good()) {
      return;
    }
    console.say("");
    console.say("On the training data:");
    metrics.forEach((name, value) -> console.say(String.format("  %-9s %s", name, value)));
    console.say("Highest information values:");
    informationValues.stream()
        .limit(SHOWN_VALUES)
        .forEach(
            pair ->
                console.say(
                    String.format(
                        Locale.ROOT, "  %-20s %.4f", pair.at(0).text(), pair.at(1).number())));
    console.say(
        folders.stream()
            .distinct()
            .map(Path::toString)
            .collect(Collectors.joining(", ", "Tables, models and metrics lie in ", ".")));
  }
}

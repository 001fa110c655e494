package io.fedflow.tracking;

import io.fedflow.component.TaskId;
import io.fedflow.component.TaskLog;
import io.fedflow.component.TaskTracker;
import io.fedflow.data.Stages;
import io.fedflow.party.Party;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.TrackingManager.TaskNews;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Takes what one task reports at one party, stores it in batches and passes it on live.
 * Thread-safe. {@link #flush} makes everything durable before the task's success is; after {@link
 * #fence} nothing is taken any more.
 */
public final class TaskReporter implements TaskTracker, TaskLog {

  private final TaskId task;
  private final Party party;
  private final TrackingStore store;
  private final InstantSource clock;
  private final Consumer<TaskNews> news;
  private final BatchedWriter<MetricValue> metrics;
  private final BatchedWriter<LogLine> log;
  private final Map<String, MetricMeta> metas = new LinkedHashMap<>();
  private Map<String, Object> summary;
  private boolean fenced;

  /**
   * A reporter for one attempt at one party.
   *
   * @param news receives everything live; must not block
   */
  public TaskReporter(
      TaskId task, Party party, TrackingStore store, InstantSource clock, Consumer<TaskNews> news) {
    this.task = task;
    this.party = party;
    this.store = store;
    this.clock = clock;
    this.news = news;
    this.metrics = new BatchedWriter<>(store::appendMetrics);
    this.log = new BatchedWriter<>(store::appendLog);
  }

  @Override
  public void metric(String namespace, String name, List<MetricPoint> points) {
    List<MetricValue> values =
        points.stream()
            .map(
                p ->
                    new MetricValue(
                        task, party, namespace, name, p.key(), p.value(), clock.millis()))
            .toList();
    synchronized (this) {
      if (fenced) {
        return;
      }
      metrics.add(values);
    }
    values.forEach(value -> news.accept(new TaskNews.Measured(value)));
  }

  @Override
  public synchronized void metricMeta(
      String namespace, String name, String metricType, Map<String, Object> extras) {
    if (!fenced) {
      metas.put(
          namespace + '\n' + name,
          new MetricMeta(task, party, namespace, name, metricType, extras));
    }
  }

  @Override
  public synchronized void summary(Map<String, Object> given) {
    if (!fenced) {
      summary = given;
    }
  }

  @Override
  public void progress(double fraction, String note) {
    synchronized (this) {
      if (fenced) {
        return;
      }
    }
    news.accept(new TaskNews.Progressed(task, party, fraction, note));
  }

  @Override
  public void info(String message) {
    line(LogLine.Level.INFO, message);
  }

  @Override
  public void warning(String message) {
    line(LogLine.Level.WARNING, message);
  }

  @Override
  public void error(String message) {
    line(LogLine.Level.ERROR, message);
  }

  @Override
  public void debug(String message) {
    line(LogLine.Level.DEBUG, message);
  }

  /**
   * Takes nothing any more: whatever the task reports from now on is dropped without a word, metas
   * and summary that were not yet written too.
   */
  public synchronized void fence() {
    fenced = true;
    metas.clear();
    summary = null;
  }

  /** Makes everything reported so far durable. Blocking: called from the task's thread. */
  public void flush() {
    CompletableFuture<Void> points = metrics.flush();
    CompletableFuture<Void> lines = log.flush();
    List<MetricMeta> described;
    Map<String, Object> summed;
    synchronized (this) {
      described = List.copyOf(metas.values());
      summed = summary;
    }
    if (!described.isEmpty()) {
      Stages.join(store.putMetricMetas(described));
    }
    if (summed != null) {
      Stages.join(store.putSummary(task, party, summed));
    }
    Stages.join(points);
    Stages.join(lines);
  }

  private void line(LogLine.Level level, String text) {
    LogLine line =
        new LogLine(task.jobId(), party, task.component(), 0, clock.millis(), level, text);
    synchronized (this) {
      if (fenced) {
        return;
      }
      log.add(List.of(line));
    }
    news.accept(new TaskNews.Logged(line));
  }
}

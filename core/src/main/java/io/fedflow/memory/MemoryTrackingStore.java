package io.fedflow.memory;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What tasks reported, in memory. Thread-safe: every method holds the monitor. */
final class MemoryTrackingStore implements TrackingStore {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final Map<TaskAt, Reported> reports = new HashMap<>();
  private final Map<LogOf, List<LogLine>> logs = new HashMap<>();

  @Override
  public synchronized CompletionStage<Void> appendMetrics(List<MetricValue> values) {
    for (MetricValue value : values) {
      of(value.task(), value.party()).add(value);
    }
    return DONE;
  }

  @Override
  public synchronized CompletionStage<Void> putMetricMetas(List<MetricMeta> metas) {
    for (MetricMeta meta : metas) {
      of(meta.task(), meta.party()).put(meta);
    }
    return DONE;
  }

  @Override
  public synchronized CompletionStage<List<MetricValue>> metrics(TaskId task, Party party) {
    return CompletableFuture.completedStage(reported(task, party).metrics());
  }

  @Override
  public synchronized CompletionStage<List<MetricMeta>> metricMetas(TaskId task, Party party) {
    return CompletableFuture.completedStage(reported(task, party).metas());
  }

  @Override
  public synchronized CompletionStage<Void> putSummary(
      TaskId task, Party party, Map<String, Object> summary) {
    of(task, party).put(summary);
    return DONE;
  }

  @Override
  public synchronized CompletionStage<Optional<Map<String, Object>>> summary(
      TaskId task, Party party) {
    return CompletableFuture.completedStage(reported(task, party).summary());
  }

  @Override
  public synchronized CompletionStage<Void> putOutputs(
      TaskId task, Party party, List<OutputData> outputs) {
    of(task, party).put(outputs);
    return DONE;
  }

  @Override
  public synchronized CompletionStage<List<OutputData>> outputs(TaskId task, Party party) {
    return CompletableFuture.completedStage(reported(task, party).outputs());
  }

  @Override
  public synchronized CompletionStage<Long> countOutputs(String namespace, String name) {
    return CompletableFuture.completedStage(
        reports.values().stream()
            .filter(
                reported ->
                    reported.outputs().stream()
                        .anyMatch(o -> o.namespace().equals(namespace) && o.name().equals(name)))
            .count());
  }

  @Override
  public synchronized CompletionStage<Void> clean(TaskId task, Party party) {
    List<OutputData> outputs = reported(task, party).outputs();
    reports.remove(new TaskAt(task, party));
    if (!outputs.isEmpty()) {
      of(task, party).put(outputs.stream().map(OutputData::dropped).toList());
    }
    return DONE;
  }

  @Override
  public synchronized CompletionStage<Void> deleteMetrics(String jobId) {
    reports.forEach(
        (at, reported) -> {
          if (at.task().jobId().equals(jobId)) {
            reported.dropMetrics();
          }
        });
    return DONE;
  }

  @Override
  public synchronized CompletionStage<Void> appendLog(List<LogLine> lines) {
    for (LogLine line : lines) {
      List<LogLine> log =
          logs.computeIfAbsent(new LogOf(line.jobId(), line.party()), k -> new ArrayList<>());
      log.add(
          new LogLine(
              line.jobId(),
              line.party(),
              line.component(),
              log.size() + 1L,
              line.time(),
              line.level(),
              line.text()));
    }
    return DONE;
  }

  @Override
  public synchronized CompletionStage<List<LogLine>> log(
      String jobId,
      Party party,
      String component,
      LogLine.Level minimumLevel,
      long after,
      int limit) {
    StoreRules.checkPage(0, limit, StoreRules.MAX_ROWS);
    return CompletableFuture.completedStage(
        logs.getOrDefault(new LogOf(jobId, party), List.of()).stream()
            .filter(line -> line.number() > after)
            .filter(line -> component.isEmpty() || component.equals(line.component()))
            .filter(line -> line.level().compareTo(minimumLevel) >= 0)
            .limit(limit)
            .toList());
  }

  private Reported reported(TaskId task, Party party) {
    Reported reported = reports.get(new TaskAt(task, party));
    return reported == null ? new Reported() : reported;
  }

  private Reported of(TaskId task, Party party) {
    return reports.computeIfAbsent(new TaskAt(task, party), k -> new Reported());
  }

  private record TaskAt(TaskId task, Party party) {}

  private record LogOf(String jobId, Party party) {}
}

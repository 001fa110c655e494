package io.fedflow.memory;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.spi.LogQuery;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What tasks reported, in memory. Thread-safe: every method holds the monitor. */
final class MemoryTrackingStore implements TrackingStore {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private static final Comparator<LogLine> BY_PLACE =
      Comparator.comparing(LogLine::jobId)
          .thenComparing(line -> line.party().role().name())
          .thenComparing(line -> line.party().id())
          .thenComparing(LogLine::number);

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
  public synchronized CompletionStage<List<String>> jobsWith(Kind kind, String after, int limit) {
    StoreRules.checkPage(0, limit, StoreRules.MAX_ROWS);
    Stream<String> jobs =
        switch (kind) {
          case OUTPUTS ->
              jobsThat(r -> r.outputs().stream().anyMatch(output -> !output.isDropped()));
          case METRICS -> jobsThat(r -> !r.metrics().isEmpty());
          case LOGS -> logs.keySet().stream().map(LogOf::jobId);
        };
    return CompletableFuture.completedStage(
        jobs.distinct().filter(id -> id.compareTo(after) > 0).sorted().limit(limit).toList());
  }

  private Stream<String> jobsThat(Predicate<Reported> have) {
    return reports.entrySet().stream()
        .filter(each -> have.test(each.getValue()))
        .map(each -> each.getKey().task().jobId());
  }

  @Override
  public synchronized CompletionStage<Void> deleteLog(String jobId) {
    logs.keySet().removeIf(of -> of.jobId().equals(jobId));
    return DONE;
  }

  @Override
  public synchronized CompletionStage<List<LogLine>> searchLog(LogQuery query) {
    return CompletableFuture.completedStage(
        logs.values().stream()
            .flatMap(List::stream)
            .filter(line -> matches(query, line))
            .sorted(BY_PLACE)
            .filter(line -> query.after().filter(place -> !isBehind(line, place)).isEmpty())
            .limit(query.limit())
            .toList());
  }

  private static boolean matches(LogQuery query, LogLine line) {
    return (query.jobId().isEmpty() || query.jobId().equals(line.jobId()))
        && (query.role().isEmpty() || query.role().equals(line.party().role().name()))
        && (query.partyId().isEmpty() || query.partyId().equals(line.party().id()))
        && (query.component().isEmpty() || query.component().equals(line.component()))
        && line.level().compareTo(query.minimumLevel()) >= 0
        && line.text().toLowerCase(Locale.ROOT).contains(query.text().toLowerCase(Locale.ROOT));
  }

  private static boolean isBehind(LogLine line, LogQuery.Place place) {
    LogLine there =
        new LogLine(place.jobId(), place.party(), "", place.number(), 0, LogLine.Level.DEBUG, "");
    return BY_PLACE.compare(line, there) > 0;
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

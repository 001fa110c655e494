package io.fedflow.transport.http.fake;

import io.fedflow.component.TaskId;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.party.Party;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.LogQuery;
import io.fedflow.spi.TaskQuery;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import io.fedflow.tracking.TrackingManager;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Rows, metrics and logs in lists. */
public final class FakeTracking implements TrackingManager {

  public final List<JobRow> jobs = new CopyOnWriteArrayList<>();
  public final List<TaskRow> tasks = new CopyOnWriteArrayList<>();
  public final List<MetricValue> values = new CopyOnWriteArrayList<>();
  public final List<MetricMeta> metas = new CopyOnWriteArrayList<>();
  public final List<LogQuery> searched = new CopyOnWriteArrayList<>();
  public final List<LogLine> lines = new CopyOnWriteArrayList<>();
  public final Map<String, Map<String, Object>> summaries = new ConcurrentHashMap<>();
  public final Map<String, List<OutputData>> outputs = new ConcurrentHashMap<>();
  public final List<Consumer<TaskNews>> followers = new CopyOnWriteArrayList<>();
  public volatile CompletionStage<List<JobRow>> instead;

  @Override
  public CompletionStage<List<JobRow>> jobs(JobQuery query) {
    if (instead != null) {
      return instead;
    }
    Comparator<JobRow> order = Comparator.comparingLong(JobRow::createTime);
    return done(
        jobs.stream()
            .filter(j -> in(query.jobIds(), j.jobId()))
            .filter(j -> in(query.roles(), j.party().role().name()))
            .filter(j -> in(query.partyIds(), j.party().id()))
            .filter(j -> in(query.statuses(), j.status()))
            .sorted(query.newestFirst() ? order.reversed() : order)
            .skip(query.offset())
            .limit(query.limit())
            .toList());
  }

  @Override
  public CompletionStage<Long> countJobs(JobQuery query) {
    return jobs(query).thenApply(rows -> (long) rows.size());
  }

  @Override
  public CompletionStage<JobPage> search(JobSearch search) {
    List<JobRow> found = jobs.stream().filter(search::matches).toList();
    return done(
        new JobPage(
            found.stream()
                .sorted(search.comparator())
                .skip(search.offset())
                .limit(search.limit())
                .toList(),
            found.size()));
  }

  @Override
  public CompletionStage<List<TaskRow>> tasks(TaskQuery query) {
    return done(matching(query).skip(query.offset()).limit(query.limit()).toList());
  }

  private Stream<TaskRow> matching(TaskQuery query) {
    return tasks.stream()
        .filter(t -> in(query.jobIds(), t.task().jobId()))
        .filter(t -> in(query.components(), t.task().component()))
        .filter(t -> in(query.roles(), t.party().role().name()))
        .filter(t -> in(query.partyIds(), t.party().id()))
        .filter(t -> in(query.statuses(), t.status()))
        .filter(t -> in(query.partyStatuses(), t.partyStatus()));
  }

  @Override
  public CompletionStage<Optional<TaskRow>> latest(String jobId, String component, Party party) {
    return done(matching(TaskQuery.of(jobId, component, party)).findFirst());
  }

  @Override
  public CompletionStage<List<MetricValue>> metrics(TaskId task, Party party) {
    return done(
        values.stream().filter(v -> v.task().equals(task) && v.party().equals(party)).toList());
  }

  @Override
  public CompletionStage<List<MetricMeta>> metricMetas(TaskId task, Party party) {
    return done(
        metas.stream().filter(v -> v.task().equals(task) && v.party().equals(party)).toList());
  }

  @Override
  public CompletionStage<Optional<Map<String, Object>>> summary(TaskId task, Party party) {
    return done(Optional.ofNullable(summaries.get(task + "@" + party)));
  }

  @Override
  public CompletionStage<List<OutputData>> outputs(TaskId task, Party party) {
    return done(outputs.getOrDefault(task + "@" + party, List.of()));
  }

  @Override
  public CompletionStage<Void> deleteMetrics(String jobId) {
    values.removeIf(v -> v.task().jobId().equals(jobId));
    metas.removeIf(v -> v.task().jobId().equals(jobId));
    return done(null);
  }

  @Override
  public CompletionStage<List<LogLine>> log(
      String jobId,
      Party party,
      String component,
      LogLine.Level minimumLevel,
      long after,
      int limit) {
    return done(
        lines.stream()
            .filter(l -> l.jobId().equals(jobId) && l.party().equals(party))
            .filter(l -> component.isEmpty() || l.component().equals(component))
            .filter(l -> l.level().compareTo(minimumLevel) >= 0 && l.number() > after)
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<List<LogLine>> searchLog(LogQuery query) {
    searched.add(query);
    return done(
        lines.stream()
            .filter(l -> query.jobId().isEmpty() || l.jobId().equals(query.jobId()))
            .filter(l -> l.text().contains(query.text()))
            .filter(l -> query.after().filter(p -> p.number() >= l.number()).isEmpty())
            .limit(query.limit())
            .toList());
  }

  @Override
  public AutoCloseable follow(String jobId, Consumer<TaskNews> consumer) {
    followers.add(consumer);
    return () -> followers.remove(consumer);
  }

  private static boolean in(Collection<?> wanted, Object value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}

package io.fedflow.tracking;

import io.fedflow.component.TaskId;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.party.Party;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.LogQuery;
import io.fedflow.spi.TaskQuery;
import io.fedflow.spi.TrackingStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The tracking manager over the stores. Thread-safe. */
public final class StoredTrackingManager implements TrackingManager {

  private static final System.Logger LOG = System.getLogger(StoredTrackingManager.class.getName());

  private final JobStore jobs;
  private final TrackingStore store;
  private final Map<String, List<Consumer<TaskNews>>> followers = new ConcurrentHashMap<>();

  /** A manager over these stores. */
  public StoredTrackingManager(JobStore jobs, TrackingStore store) {
    this.jobs = jobs;
    this.store = store;
  }

  @Override
  public CompletionStage<List<JobRow>> jobs(JobQuery query) {
    return jobs.jobs(query);
  }

  @Override
  public CompletionStage<Long> countJobs(JobQuery query) {
    return jobs.countJobs(query);
  }

  @Override
  public CompletionStage<JobPage> search(JobSearch search) {
    return jobs.search(search);
  }

  @Override
  public CompletionStage<List<TaskRow>> tasks(TaskQuery query) {
    return jobs.tasks(query);
  }

  @Override
  public CompletionStage<Optional<TaskRow>> latest(String jobId, String component, Party party) {
    return jobs.tasks(TaskQuery.of(jobId, component, party))
        .thenApply(rows -> rows.stream().findFirst());
  }

  @Override
  public CompletionStage<List<MetricValue>> metrics(TaskId task, Party party) {
    return store.metrics(task, party);
  }

  @Override
  public CompletionStage<List<MetricMeta>> metricMetas(TaskId task, Party party) {
    return store.metricMetas(task, party);
  }

  @Override
  public CompletionStage<Optional<Map<String, Object>>> summary(TaskId task, Party party) {
    return store.summary(task, party);
  }

  @Override
  public CompletionStage<List<OutputData>> outputs(TaskId task, Party party) {
    return store.outputs(task, party);
  }

  @Override
  public CompletionStage<Void> deleteMetrics(String jobId) {
    return store.deleteMetrics(jobId);
  }

  @Override
  public CompletionStage<List<LogLine>> log(
      String jobId,
      Party party,
      String component,
      LogLine.Level minimumLevel,
      long after,
      int limit) {
    return store.log(jobId, party, component, minimumLevel, after, limit);
  }

  @Override
  public CompletionStage<List<LogLine>> searchLog(LogQuery query) {
    return store.searchLog(query);
  }

  @Override
  public AutoCloseable follow(String jobId, Consumer<TaskNews> consumer) {
    followers.compute(
        jobId,
        (id, list) -> {
          List<Consumer<TaskNews>> all = list == null ? new CopyOnWriteArrayList<>() : list;
          all.add(consumer);
          return all;
        });
    return () ->
        followers.computeIfPresent(
            jobId,
            (id, list) -> {
              list.remove(consumer);
              return list.isEmpty() ? null : list;
            });
  }

  /** Passes news of a job to its followers, one at a time per follower. */
  public void publish(String jobId, TaskNews news) {
    for (Consumer<TaskNews> follower : followers.getOrDefault(jobId, List.of())) {
      synchronized (follower) {
        pass(follower, news);
      }
    }
  }

  /** One follower's trouble is not that of the task that reports, or of the other followers. */
  private static void pass(Consumer<TaskNews> follower, TaskNews news) {
    try {
      follower.accept(news);
    } catch (RuntimeException failed) {
      LOG.log(System.Logger.Level.WARNING, "a follower of news failed", failed);
    }
  }
}

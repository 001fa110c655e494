package io.fedflow.memory;

import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.TaskQuery;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Jobs in memory. Thread-safe: every method holds the monitor for its whole, short work. */
final class MemoryJobStore implements JobStore {

  private final Map<String, StoredJob> jobs = new LinkedHashMap<>();
  private final MemoryTrackingStore logs;
  private long places;

  /**
   * A store without jobs.
   *
   * @param logs gets the log lines of turns
   */
  MemoryJobStore(MemoryTrackingStore logs) {
    this.logs = logs;
  }

  @Override
  public synchronized CompletionStage<Void> commit(StoreTurn turn) {
    StoreRules.checkTurn(turn);
    Optional<RuntimeException> objection = stored(turn.jobId()).objection(turn);
    if (objection.isPresent()) {
      return CompletableFuture.failedStage(objection.get());
    }
    jobs.computeIfAbsent(turn.jobId(), id -> new StoredJob()).apply(turn, () -> ++places);
    return logs.appendLog(turn.lines());
  }

  @Override
  public synchronized CompletionStage<List<JobRow>> jobs(JobQuery query) {
    StoreRules.checkPage(query.offset(), query.limit(), StoreRules.MAX_ROWS);
    Comparator<JobRow> byAge = Comparator.comparingLong(JobRow::createTime);
    Comparator<JobRow> order =
        (query.newestFirst() ? byAge.reversed() : byAge)
            .thenComparing(JobRow::jobId)
            .thenComparing(JobRow::party);
    return CompletableFuture.completedStage(
        matching(query).sorted(order).skip(query.offset()).limit(query.limit()).toList());
  }

  @Override
  public synchronized CompletionStage<Long> countJobs(JobQuery query) {
    return CompletableFuture.completedStage(matching(query).count());
  }

  @Override
  public synchronized CompletionStage<JobPage> search(JobSearch search) {
    StoreRules.checkPage(search.offset(), search.limit(), StoreRules.MAX_ROWS);
    List<JobRow> found =
        jobs.values().stream().flatMap(StoredJob::views).filter(search::matches).toList();
    return CompletableFuture.completedStage(
        new JobPage(
            found.stream()
                .sorted(search.comparator())
                .skip(search.offset())
                .limit(search.limit())
                .toList(),
            found.size()));
  }

  @Override
  public synchronized CompletionStage<List<TaskRow>> tasks(TaskQuery query) {
    StoreRules.checkPage(query.offset(), query.limit(), StoreRules.MAX_ROWS);
    return CompletableFuture.completedStage(
        among(query.jobIds())
            .flatMap(job -> job.tasks(query.onlyLatest()))
            .filter(row -> matches(query, row.row()))
            .sorted(StoredJob.BY_JOB_AND_AGE)
            .map(StoredJob.PlacedTask::row)
            .skip(query.offset())
            .limit(query.limit())
            .toList());
  }

  @Override
  public synchronized CompletionStage<Optional<CoordinationRow>> coordination(String jobId) {
    return CompletableFuture.completedStage(stored(jobId).coordination());
  }

  @Override
  public synchronized CompletionStage<List<String>> unfinished() {
    Comparator<Map.Entry<String, StoredJob>> oldestFirst =
        Comparator.comparingLong(entry -> entry.getValue().birth());
    return CompletableFuture.completedStage(
        jobs.entrySet().stream()
            .filter(entry -> entry.getValue().unfinished())
            .sorted(oldestFirst.thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList());
  }

  @Override
  public synchronized CompletionStage<List<JobEvent>> events(String jobId, long after, int limit) {
    StoreRules.checkPage(0, limit, StoreRules.MAX_EVENTS);
    return CompletableFuture.completedStage(stored(jobId).events(after, limit));
  }

  @Override
  public synchronized CompletionStage<Long> lastEvent(String jobId) {
    return CompletableFuture.completedStage(stored(jobId).lastEvent());
  }

  @Override
  public synchronized CompletionStage<Void> dropEvents(String jobId, long upTo) {
    stored(jobId).dropEvents(upTo);
    return CompletableFuture.completedStage(null);
  }

  private StoredJob stored(String jobId) {
    StoredJob job = jobs.get(jobId);
    return job == null ? new StoredJob() : job;
  }

  private Stream<JobRow> matching(JobQuery query) {
    return among(query.jobIds())
        .flatMap(StoredJob::views)
        .filter(row -> admits(query.roles(), row.party().role().name()))
        .filter(row -> admits(query.partyIds(), row.party().id()))
        .filter(row -> admits(query.statuses(), row.status()));
  }

  private Stream<StoredJob> among(List<String> jobIds) {
    return jobIds.isEmpty()
        ? jobs.values().stream()
        : jobIds.stream().distinct().map(jobs::get).filter(Objects::nonNull);
  }

  private static boolean matches(TaskQuery query, TaskRow row) {
    return admits(query.components(), row.task().component())
        && admits(query.roles(), row.party().role().name())
        && admits(query.partyIds(), row.party().id())
        && admits(query.statuses(), row.status())
        && admits(query.partyStatuses(), row.partyStatus());
  }

  private static <T> boolean admits(Collection<T> allowed, T value) {
    return allowed.isEmpty() || allowed.contains(value);
  }
}

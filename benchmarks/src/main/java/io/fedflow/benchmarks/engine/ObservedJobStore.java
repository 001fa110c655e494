package io.fedflow.benchmarks.engine;

import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.TaskQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A job store that tells of every turn once it is stored. Thread-safe if {@code stored} is.
 *
 * @param real keeps the turns
 * @param stored gets them, on whatever thread they were acknowledged
 */
record ObservedJobStore(JobStore real, Consumer<StoreTurn> stored) implements JobStore {

  @Override
  public CompletionStage<Void> commit(StoreTurn turn) {
    return real.commit(turn).thenRun(() -> stored.accept(turn));
  }

  @Override
  public CompletionStage<List<JobRow>> jobs(JobQuery query) {
    return real.jobs(query);
  }

  @Override
  public CompletionStage<Long> countJobs(JobQuery query) {
    return real.countJobs(query);
  }

  @Override
  public CompletionStage<List<TaskRow>> tasks(TaskQuery query) {
    return real.tasks(query);
  }

  @Override
  public CompletionStage<Optional<CoordinationRow>> coordination(String jobId) {
    return real.coordination(jobId);
  }

  @Override
  public CompletionStage<List<String>> unfinished() {
    return real.unfinished();
  }

  @Override
  public CompletionStage<List<JobEvent>> events(String jobId, long after, int limit) {
    return real.events(jobId, after, limit);
  }

  @Override
  public CompletionStage<Long> lastEvent(String jobId) {
    return real.lastEvent(jobId);
  }

  @Override
  public CompletionStage<Void> dropEvents(String jobId, long upTo) {
    return real.dropEvents(jobId, upTo);
  }
}

package io.fedflow.testkit.sim;

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
 * A job store that shows every turn that it really stored.
 *
 * @param store where they go; answers at once
 * @param stored is shown them
 */
record WatchedJobStore(JobStore store, Consumer<StoreTurn> stored) implements JobStore {

  @Override
  public CompletionStage<Void> commit(StoreTurn turn) {
    return store
        .commit(turn)
        .whenComplete(
            (ok, failed) -> {
              if (failed == null) {
                stored.accept(turn);
              }
            });
  }

  @Override
  public CompletionStage<List<JobRow>> jobs(JobQuery query) {
    return store.jobs(query);
  }

  @Override
  public CompletionStage<Long> countJobs(JobQuery query) {
    return store.countJobs(query);
  }

  @Override
  public CompletionStage<List<TaskRow>> tasks(TaskQuery query) {
    return store.tasks(query);
  }

  @Override
  public CompletionStage<Optional<CoordinationRow>> coordination(String jobId) {
    return store.coordination(jobId);
  }

  @Override
  public CompletionStage<List<String>> unfinished() {
    return store.unfinished();
  }

  @Override
  public CompletionStage<List<JobEvent>> events(String jobId, long after, int limit) {
    return store.events(jobId, after, limit);
  }

  @Override
  public CompletionStage<Long> lastEvent(String jobId) {
    return store.lastEvent(jobId);
  }

  @Override
  public CompletionStage<Void> dropEvents(String jobId, long upTo) {
    return store.dropEvents(jobId, upTo);
  }
}

package io.fedflow.spi;

import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.queue.JobEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A job store that asks another one for everything: the base of stores that watch, delay or spoil
 * some of it. Keeps the promises that the other one keeps. Thread-safe like the other one.
 */
public abstract class ForwardingJobStore implements JobStore {

  private final JobStore real;

  /**
   * A store in front of another.
   *
   * @param real is asked; not null
   */
  protected ForwardingJobStore(JobStore real) {
    this.real = real;
  }

  /** The store that is asked. */
  protected final JobStore real() {
    return real;
  }

  @Override
  public CompletionStage<Void> commit(StoreTurn turn) {
    return real.commit(turn);
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
  public CompletionStage<JobPage> search(JobSearch search) {
    return real.search(search);
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

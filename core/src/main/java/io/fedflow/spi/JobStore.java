package io.fedflow.spi;

import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.queue.JobEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps jobs, tasks and their events.
 *
 * <p>Promises, each with a test in the conformance kit: J1 a turn is durable when its stage
 * completes; J2 a turn is all or nothing; J3 a row whose revision is not the stored one plus one
 * refuses its whole turn with CONFLICT {@code store.revision}; J4 reads after a turn's completion
 * see it; J5 events come back in sequence order without loss; J6 stages never complete with null;
 * J7 a turn with an event sequence that exists already is refused like J3; J8 dropped events are
 * gone for good when the stage completes, and only they; J9 the log lines of a turn are in the
 * {@link TrackingStore} of the same stores when it completes, after those that were there; J10 a
 * search gives its page in order, and the total of all views that match. Thread-safe.
 */
public interface JobStore {

  /** Stores a turn. Fails with CONFLICT (J3), or UNAVAILABLE if certainly nothing was stored. */
  CompletionStage<Void> commit(StoreTurn turn);

  /** The matching views of jobs, in the query's order. */
  CompletionStage<List<JobRow>> jobs(JobQuery query);

  /** How many views match, without paging. */
  CompletionStage<Long> countJobs(JobQuery query);

  /** A page of the matching views, and how many match on all pages. */
  CompletionStage<JobPage> search(JobSearch search);

  /** The matching views of tasks: by the id of their job, oldest first, in order of insertion. */
  CompletionStage<List<TaskRow>> tasks(TaskQuery query);

  /** The coordinator's row. */
  CompletionStage<Optional<CoordinationRow>> coordination(String jobId);

  /**
   * Ids of all jobs that have a view or coordination in a status that is not terminal, oldest
   * first.
   */
  CompletionStage<List<String>> unfinished();

  /** Events of a job with a sequence above {@code after}, at most {@code limit} (1..10,000). */
  CompletionStage<List<JobEvent>> events(String jobId, long after, int limit);

  /** The greatest sequence of a job's events; 0 if it has none. */
  CompletionStage<Long> lastEvent(String jobId);

  /** Drops the events of a job up to a sequence, this one included. Again is without effect. */
  CompletionStage<Void> dropEvents(String jobId, long upTo);
}

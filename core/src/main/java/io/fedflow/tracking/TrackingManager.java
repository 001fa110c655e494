package io.fedflow.tracking;

import io.fedflow.component.TaskId;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.party.Party;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.LogQuery;
import io.fedflow.spi.TaskQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Reads what jobs and tasks did, and follows it live. Thread-safe; consumers are called one at a
 * time per listener.
 */
public interface TrackingManager {

  /** Matching views of jobs. */
  CompletionStage<List<JobRow>> jobs(JobQuery query);

  /** How many views match, without paging. */
  CompletionStage<Long> countJobs(JobQuery query);

  /** A page of matching views, and how many there are. */
  CompletionStage<JobPage> search(JobSearch search);

  /** Matching views of tasks. */
  CompletionStage<List<TaskRow>> tasks(TaskQuery query);

  /** The latest attempt of a component at a party. */
  CompletionStage<Optional<TaskRow>> latest(String jobId, String component, Party party);

  /** All points of an attempt at a party. */
  CompletionStage<List<MetricValue>> metrics(TaskId task, Party party);

  /** All metric descriptions of an attempt at a party. */
  CompletionStage<List<MetricMeta>> metricMetas(TaskId task, Party party);

  /** The summary of an attempt at a party. */
  CompletionStage<Optional<Map<String, Object>>> summary(TaskId task, Party party);

  /** The output tables of an attempt at a party. */
  CompletionStage<List<OutputData>> outputs(TaskId task, Party party);

  /**
   * Deletes the metrics of a job, of all attempts at all parties of this site. What a task reports
   * afterwards is kept.
   */
  CompletionStage<Void> deleteMetrics(String jobId);

  /** Log lines of a job at one party; see {@link io.fedflow.spi.TrackingStore#log}. */
  CompletionStage<List<LogLine>> log(
      String jobId,
      Party party,
      String component,
      LogLine.Level minimumLevel,
      long after,
      int limit);

  /** Log lines of any job and party of this site; see {@link LogQuery}. */
  CompletionStage<List<LogLine>> searchLog(LogQuery query);

  /**
   * Follows what tasks of a job report from now on, at all parties of this site.
   *
   * @param consumer called on a thread of the engine; must not block
   * @return ends it
   */
  AutoCloseable follow(String jobId, Consumer<TaskNews> consumer);

  /** Something that a task just reported. Not stored as such: metrics and logs are. */
  sealed interface TaskNews {

    /** A log line, not yet numbered. */
    record Logged(LogLine line) implements TaskNews {}

    /** A metric point. */
    record Measured(MetricValue value) implements TaskNews {}

    /**
     * How far a task is.
     *
     * @param task the attempt
     * @param party at which party
     * @param fraction 0..1
     * @param note a few words
     */
    record Progressed(TaskId task, Party party, double fraction, String note) implements TaskNews {}
  }
}

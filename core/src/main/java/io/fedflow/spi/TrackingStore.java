package io.fedflow.spi;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps what tasks reported: metrics, summaries, outputs, logs. Everything is of one task at one
 * party.
 *
 * <p>Promises: T1 a write is durable when its stage completes (logs may lag); T2 metric points come
 * back in the order written; writing the same (task, party, namespace, name, key) again appends; T3
 * meta and summary are replaced; T4 reads after completion see the write; T5 log lines come back in
 * the order written with growing numbers from 1 per job and party; T6 deleting a job's metrics
 * deletes all of them and nothing else; T7 so does deleting its log; T8 a search gives the lines
 * that match, each once, in the order of their places; T9 the jobs with something of a kind are
 * exactly those that have some left. Thread-safe.
 */
public interface TrackingStore {

  /** Appends metric points. */
  CompletionStage<Void> appendMetrics(List<MetricValue> values);

  /** Replaces descriptions of metrics. */
  CompletionStage<Void> putMetricMetas(List<MetricMeta> metas);

  /** All points of a task at a party, in the order written. */
  CompletionStage<List<MetricValue>> metrics(TaskId task, Party party);

  /** All descriptions of a task at a party, in the order first written. */
  CompletionStage<List<MetricMeta>> metricMetas(TaskId task, Party party);

  /** Replaces a summary. */
  CompletionStage<Void> putSummary(TaskId task, Party party, Map<String, Object> summary);

  /** A summary. */
  CompletionStage<Optional<Map<String, Object>>> summary(TaskId task, Party party);

  /** Replaces the list of output tables of a task. */
  CompletionStage<Void> putOutputs(TaskId task, Party party, List<OutputData> outputs);

  /** The output tables of a task, in output order. */
  CompletionStage<List<OutputData>> outputs(TaskId task, Party party);

  /** How many attempts list a table among their outputs, at all parties of all jobs. */
  CompletionStage<Long> countOutputs(String namespace, String name);

  /**
   * Drops metrics, metas and summary of one attempt, and marks its outputs as dropped: all of it or
   * nothing. The tables themselves are left alone.
   */
  CompletionStage<Void> clean(TaskId task, Party party);

  /**
   * Drops metrics and metas of all attempts of a job, at all parties kept here: all of them or
   * none. Summaries and outputs stay; nothing happens if there are no metrics.
   */
  CompletionStage<Void> deleteMetrics(String jobId);

  /** What a job may have left here. */
  enum Kind {
    /** Output tables that were not dropped. */
    OUTPUTS,
    /** Metric points. */
    METRICS,
    /** Log lines. */
    LOGS
  }

  /**
   * Ids of jobs that have something of a kind here, in ascending order.
   *
   * @param after only ids behind this one; empty for all
   * @param limit at most so many; 1..100,000
   */
  CompletionStage<List<String>> jobsWith(Kind kind, String after, int limit);

  /** Drops the log of a job at all parties kept here: all of it or nothing. */
  CompletionStage<Void> deleteLog(String jobId);

  /** Log lines of any job and party, as a query says. May read all that is kept. */
  CompletionStage<List<LogLine>> searchLog(LogQuery query);

  /** Appends log lines; their {@code number} is ignored and assigned by the store. */
  CompletionStage<Void> appendLog(List<LogLine> lines);

  /**
   * Log lines of a job at one party.
   *
   * @param component only of this component; empty for all
   * @param minimumLevel only this level or graver
   * @param after only numbers above; 0 for all
   * @param limit at most so many; 1..100,000
   */
  CompletionStage<List<LogLine>> log(
      String jobId,
      Party party,
      String component,
      LogLine.Level minimumLevel,
      long after,
      int limit);
}

package io.fedflow.job;

import io.fedflow.data.DataManager;
import io.fedflow.data.Stages;
import io.fedflow.data.TableEntry;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.OutputData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Drops what attempts of ended jobs left at this site. Tables of users stay, and so do tables that
 * another job lists among its outputs; models stay, too. Doing it again changes nothing.
 * Thread-safe.
 */
final class JobCleaner {

  private final EngineParts parts;
  private final DataManager data;
  private final TaskCheckpoints checkpoints;
  private final TaskCaches caches;

  /**
   * Of two jobs that list the same table, the second to be cleaned must see that it is the last.
   */
  private final SerialLane lane;

  JobCleaner(EngineParts parts, DataManager data, TaskCheckpoints checkpoints, TaskCaches caches) {
    this.parts = parts;
    this.data = data;
    this.checkpoints = checkpoints;
    this.caches = caches;
    this.lane = new SerialLane(parts.executor());
  }

  /**
   * Cleans attempts of one job, which stays ended meanwhile.
   *
   * @return fails with CONFLICT {@code job.read} if a live job reads from it
   */
  CompletionStage<Void> clean(String jobId, List<TaskRow> attempts) {
    return lane.run(
        () ->
            CompletableFuture.runAsync(
                () -> {
                  requireUnread(jobId);
                  attempts.forEach(this::clean);
                  parts.runner().forget(jobId);
                },
                parts.blocking()));
  }

  /**
   * Drops some of what a job left, at all its parties here, and nothing else of it.
   *
   * @return fails with CONFLICT {@code job.read} if a live job reads tables that were to be dropped
   */
  CompletionStage<Void> drop(String jobId, List<TaskRow> attempts, Set<TrackingStore.Kind> kinds) {
    return lane.run(
        () ->
            CompletableFuture.runAsync(
                () -> {
                  if (kinds.contains(TrackingStore.Kind.OUTPUTS)) {
                    requireUnread(jobId);
                    attempts.forEach(this::dropOutputs);
                  }
                  TrackingStore tracking = parts.stores().tracking();
                  if (kinds.contains(TrackingStore.Kind.METRICS)) {
                    Stages.join(tracking.deleteMetrics(jobId));
                  }
                  if (kinds.contains(TrackingStore.Kind.LOGS)) {
                    Stages.join(tracking.deleteLog(jobId));
                  }
                },
                parts.blocking()));
  }

  private void dropOutputs(TaskRow attempt) {
    TrackingStore tracking = parts.stores().tracking();
    List<OutputData> outputs = Stages.join(tracking.outputs(attempt.task(), attempt.party()));
    outputs.stream().filter(output -> !output.isDropped()).forEach(this::drop);
    if (!outputs.isEmpty()) {
      Stages.join(
          tracking.putOutputs(
              attempt.task(), attempt.party(), outputs.stream().map(OutputData::dropped).toList()));
    }
    checkpoints.delete(attempt.task(), attempt.party());
    caches.delete(attempt.task(), attempt.party());
  }

  private void requireUnread(String jobId) {
    for (String live : Stages.join(parts.stores().jobs().unfinished())) {
      for (JobRow reader : Stages.join(parts.stores().jobs().jobs(JobQuery.ofJob(live)))) {
        if (names(reader.conf(), jobId)) {
          throw new FedflowException(
              FailureKind.CONFLICT,
              "job.read",
              "job " + jobId + " is read by job " + live + ", which has not ended");
        }
      }
    }
  }

  /** Whether a document names a job, by its id or inside the name of a table that the job made. */
  private static boolean names(Object tree, String jobId) {
    if (tree instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(value -> names(value, jobId));
    }
    if (tree instanceof List<?> list) {
      return list.stream().anyMatch(value -> names(value, jobId));
    }
    return String.valueOf(tree).contains(jobId);
  }

  private void clean(TaskRow attempt) {
    TrackingStore tracking = parts.stores().tracking();
    parts.runner().stop(attempt.task(), attempt.party(), "the job is cleaned");
    for (OutputData output : Stages.join(tracking.outputs(attempt.task(), attempt.party()))) {
      if (!output.isDropped()) {
        drop(output);
      }
    }
    Stages.join(tracking.clean(attempt.task(), attempt.party()));
    checkpoints.delete(attempt.task(), attempt.party());
    caches.delete(attempt.task(), attempt.party());
  }

  private void drop(OutputData output) {
    Optional<TableEntry> entry = Stages.join(data.find(output.namespace(), output.name()));
    boolean made = entry.filter(found -> found.origin().equals("output")).isPresent();
    long users =
        Stages.join(parts.stores().tracking().countOutputs(output.namespace(), output.name()));
    if (made && users <= 1) {
      Stages.join(data.delete(output.namespace(), output.name()));
    }
  }
}

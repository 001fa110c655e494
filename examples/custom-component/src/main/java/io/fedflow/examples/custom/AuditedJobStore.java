package io.fedflow.examples.custom;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TaskQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * Another job store, with a line in a file for every event before it is stored: an audit that is
 * never behind. Thread-safe if the writer has one thread.
 *
 * @param kept where jobs are kept
 * @param file grows; made if missing
 * @param writer writes the file, so that no turn waits for a disk on a thread of the engine
 */
public record AuditedJobStore(JobStore kept, Path file, ExecutorService writer)
    implements JobStore {

  /** The same stores with this one among them. */
  public Stores in(Stores stores) {
    return new Stores(
        this, stores.tracking(), stores.tables(), stores.models(), stores.blobs(), stores::close);
  }

  @Override
  public CompletionStage<Void> commit(StoreTurn turn) {
    return CompletableFuture.runAsync(() -> audit(turn), writer)
        .thenCompose(written -> kept.commit(turn));
  }

  private void audit(StoreTurn turn) {
    List<String> lines =
        turn.events().stream()
            .map(
                event ->
                    String.join(
                        " ",
                        event.jobId(),
                        event.party().toString(),
                        event.kind(),
                        event.component(),
                        String.valueOf(event.details().get("status"))))
            .toList();
    try {
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      // The engine tries again: certainly nothing was stored.
      throw new FedflowException(
          FailureKind.UNAVAILABLE, "audit.io", "the audit " + file + " cannot be written", e);
    }
  }

  @Override
  public CompletionStage<List<JobRow>> jobs(JobQuery query) {
    return kept.jobs(query);
  }

  @Override
  public CompletionStage<Long> countJobs(JobQuery query) {
    return kept.countJobs(query);
  }

  @Override
  public CompletionStage<List<TaskRow>> tasks(TaskQuery query) {
    return kept.tasks(query);
  }

  @Override
  public CompletionStage<Optional<CoordinationRow>> coordination(String jobId) {
    return kept.coordination(jobId);
  }

  @Override
  public CompletionStage<List<String>> unfinished() {
    return kept.unfinished();
  }

  @Override
  public CompletionStage<List<JobEvent>> events(String jobId, long after, int limit) {
    return kept.events(jobId, after, limit);
  }

  @Override
  public CompletionStage<Long> lastEvent(String jobId) {
    return kept.lastEvent(jobId);
  }

  @Override
  public CompletionStage<Void> dropEvents(String jobId, long upTo) {
    return kept.dropEvents(jobId, upTo);
  }
}

package io.fedflow.examples.custom;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.ForwardingJobStore;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * Another job store, with a line in a file for every event before it is stored: an audit that is
 * never behind. Thread-safe if the writer has one thread.
 */
public final class AuditedJobStore extends ForwardingJobStore {

  private final Path file;
  private final ExecutorService writer;

  /**
   * An audited store.
   *
   * @param kept where jobs are kept
   * @param file grows; made if missing
   * @param writer writes the file, so that no turn waits for a disk on a thread of the engine
   */
  public AuditedJobStore(JobStore kept, Path file, ExecutorService writer) {
    super(kept);
    this.file = file;
    this.writer = writer;
  }

  /** The same stores with this one among them. */
  public Stores in(Stores stores) {
    return new Stores(
        this,
        stores.tracking(),
        stores.tables(),
        stores.models(),
        stores.blobs(),
        stores.servers(),
        stores.instances(),
        stores::close);
  }

  @Override
  public CompletionStage<Void> commit(StoreTurn turn) {
    return CompletableFuture.runAsync(() -> audit(turn), writer)
        .thenCompose(written -> real().commit(turn));
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
}

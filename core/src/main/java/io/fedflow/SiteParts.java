package io.fedflow;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.data.DataManager;
import io.fedflow.federation.Mailboxes;
import io.fedflow.job.JobEngine;
import io.fedflow.job.StoreRetries;
import io.fedflow.job.TaskRunner;
import io.fedflow.model.ModelManager;
import io.fedflow.queue.QueueManager;
import io.fedflow.spi.Stores;
import io.fedflow.tracking.TrackingManager;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a running site consists of, in one place for its end. */
record SiteParts(
    JobEngine engine,
    TrackingManager tracking,
    DataManager data,
    ModelManager models,
    QueueManager queue,
    ComponentCatalog catalog,
    Mailboxes mailboxes,
    TaskRunner runner,
    StoreRetries retries,
    List<ExecutorService> executors,
    Stores stores) {

  private static final long PATIENCE_SECONDS = 10;
  private static final long FAREWELL_SECONDS = 2;
  private static final System.Logger LOG = System.getLogger(SiteParts.class.getName());

  void close() {
    engine.close();
    runner.close();
    retries.close();
    leave();
    executors.forEach(ExecutorService::shutdown);
    boolean interrupted = false;
    for (ExecutorService executor : executors) {
      try {
        if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          executor.shutdownNow();
        }
      } catch (InterruptedException stop) {
        interrupted = true;
        executor.shutdownNow();
      }
    }
    stores.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without it, others wait for the lease to end. */
  private void leave() {
    try {
      engine.leave().toCompletableFuture().get(FAREWELL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException late) {
      LOG.log(
          System.Logger.Level.WARNING,
          "other servers of this site take its jobs only when its lease ends",
          late);
    }
  }
}

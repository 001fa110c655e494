package io.fedflow.transport.owner;

import io.fedflow.spi.SiteServer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which server of this site has a job, where several share its stores. Thread-safe. */
@FunctionalInterface
public interface JobOwners {

  /** One server has all. */
  JobOwners HERE = jobId -> CompletableFuture.completedStage(Optional.empty());

  /**
   * Who is to be asked about a job.
   *
   * @param jobId may be any text
   * @return another server of this site; empty if this one is to answer, because the job is live
   *     here, or nowhere, or unknown, or because its owner cannot be told
   */
  CompletionStage<Optional<SiteServer>> elsewhere(String jobId);
}

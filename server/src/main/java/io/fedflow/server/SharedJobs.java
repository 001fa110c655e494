package io.fedflow.server;

import io.fedflow.Fedflow;
import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteInstances;
import io.fedflow.spi.SiteServer;
import io.fedflow.transport.owner.JobOwners;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Finds the server of this site that has a job: the stores tell the instance, the registry where it
 * listens.
 *
 * @param site what is live here
 * @param instances who owns what
 * @param registry where servers announce themselves by the ids of their instances
 * @param clock tells whose announcement still counts
 */
record SharedJobs(
    Supplier<Fedflow> site, SiteInstances instances, ServiceRegistry registry, InstantSource clock)
    implements JobOwners {

  @Override
  public CompletionStage<Optional<SiteServer>> elsewhere(String jobId) {
    if (site.get().isLive(jobId)) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return instances
        .owner(jobId)
        .thenCompose(
            owner ->
                owner.isEmpty() || owner.get().equals(instances.id())
                    ? CompletableFuture.completedStage(Optional.empty())
                    : at(owner.get()));
  }

  private CompletionStage<Optional<SiteServer>> at(String instanceId) {
    return registry
        .live(clock.millis())
        .thenApply(
            servers ->
                servers.stream()
                    .filter(server -> server.instanceId().equals(instanceId))
                    .findFirst());
  }
}

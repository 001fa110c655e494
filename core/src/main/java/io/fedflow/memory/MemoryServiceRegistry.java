package io.fedflow.memory;

import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows the servers of this process only. Thread-safe. */
public final class MemoryServiceRegistry implements ServiceRegistry {

  private record Lease(SiteServer server, long end) {}

  private static final Comparator<SiteServer> BY_START =
      Comparator.comparingLong(SiteServer::started).thenComparing(SiteServer::instanceId);

  private final Map<String, Lease> leases = new HashMap<>();

  @Override
  public synchronized CompletionStage<Void> announce(SiteServer server, long now, Duration lease) {
    long end = ServiceRegistry.leaseEnd(now, lease);
    leases.values().removeIf(gone -> gone.end() < now - FORGOTTEN_AFTER.toMillis());
    leases.put(server.instanceId(), new Lease(server, end));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Void> withdraw(String instanceId) {
    leases.remove(instanceId);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<List<SiteServer>> live(long now) {
    return CompletableFuture.completedStage(
        leases.values().stream()
            .filter(lease -> lease.end() > now)
            .map(Lease::server)
            .sorted(BY_START)
            .toList());
  }
}

package io.fedflow.testkit.store;

import io.fedflow.memory.MemoryServiceRegistry;
import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The contract run against broken registries. Not run by themselves. */
final class BrokenRegistries {

  private BrokenRegistries() {}

  /** A whole registry, for one thing to be broken. */
  private static class Whole implements ServiceRegistry {
    final ServiceRegistry kept = new MemoryServiceRegistry();

    @Override
    public CompletionStage<Void> announce(SiteServer server, long now, Duration lease) {
      return kept.announce(server, now, lease);
    }

    @Override
    public CompletionStage<Void> withdraw(String instanceId) {
      return kept.withdraw(instanceId);
    }

    @Override
    public CompletionStage<List<SiteServer>> live(long now) {
      return kept.live(now);
    }
  }

  private abstract static class Run extends ServiceRegistryContract {
    private final ServiceRegistry broken;

    Run(ServiceRegistry broken) {
      this.broken = broken;
    }

    @Override
    protected ServiceRegistry registry() {
      return broken;
    }
  }

  /** G1: lists the dead. */
  static class NoLeaseEnds extends Run {
    NoLeaseEnds() {
      super(
          new Whole() {
            @Override
            public CompletionStage<List<SiteServer>> live(long now) {
              return kept.live(0);
            }
          });
    }
  }

  /** G2: keeps what was told first. */
  static class KeepsTheFirst extends Run {
    KeepsTheFirst() {
      super(
          new Whole() {
            private final Set<String> known = ConcurrentHashMap.newKeySet();

            @Override
            public CompletionStage<Void> announce(SiteServer server, long now, Duration lease) {
              ServiceRegistry.leaseEnd(now, lease);
              return known.add(server.instanceId())
                  ? kept.announce(server, now, lease)
                  : CompletableFuture.completedStage(null);
            }
          });
    }
  }

  /** G3: forgets nobody on request. */
  static class WithdrawsNothing extends Run {
    WithdrawsNothing() {
      super(
          new Whole() {
            @Override
            public CompletionStage<Void> withdraw(String instanceId) {
              return CompletableFuture.completedStage(null);
            }
          });
    }
  }

  /** G4: lists the last one first. */
  static class ListsBackwards extends Run {
    ListsBackwards() {
      super(
          new Whole() {
            @Override
            public CompletionStage<List<SiteServer>> live(long now) {
              return kept.live(now)
                  .thenApply(
                      servers -> {
                        List<SiteServer> backwards = new ArrayList<>(servers);
                        Collections.reverse(backwards);
                        return backwards;
                      });
            }
          });
    }
  }

  /** G5: every announcement prolongs all leases. */
  static class OneLeaseForAll extends Run {
    OneLeaseForAll() {
      super(
          new Whole() {
            private final Set<SiteServer> all = ConcurrentHashMap.newKeySet();

            @Override
            public CompletionStage<Void> announce(SiteServer server, long now, Duration lease) {
              all.add(server);
              all.forEach(each -> kept.announce(each, now, lease));
              return CompletableFuture.completedStage(null);
            }
          });
    }
  }

  /** G6: keeps everybody for ever. */
  static class ForgetsNobody extends Run {
    ForgetsNobody() {
      super(
          new Whole() {
            private final List<ServiceRegistry> each = new ArrayList<>();

            @Override
            public synchronized CompletionStage<Void> announce(
                SiteServer server, long now, Duration lease) {
              ServiceRegistry own = new MemoryServiceRegistry();
              each.add(own);
              return own.announce(server, now, lease);
            }

            @Override
            public synchronized CompletionStage<List<SiteServer>> live(long now) {
              return CompletableFuture.completedStage(
                  each.stream()
                      .flatMap(own -> own.live(now).toCompletableFuture().join().stream())
                      .toList());
            }
          });
    }
  }

  /** G7: loses every hundredth. */
  static class LosesSome extends Run {
    LosesSome() {
      super(
          new Whole() {
            @Override
            public CompletionStage<Void> announce(SiteServer server, long now, Duration lease) {
              return server.instanceId().endsWith("00")
                  ? CompletableFuture.completedStage(null)
                  : kept.announce(server, now, lease);
            }
          });
    }
  }
}

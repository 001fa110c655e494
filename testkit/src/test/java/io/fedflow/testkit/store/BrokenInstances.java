package io.fedflow.testkit.store;

import io.fedflow.memory.SharedMemory;
import io.fedflow.spi.SiteInstances;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The contract run against broken instances. Not run by themselves. */
final class BrokenInstances {

  private BrokenInstances() {}

  /** Whole instances, for one thing to be broken. */
  private static class Whole implements SiteInstances {
    final SiteInstances kept;

    Whole(SiteInstances kept) {
      this.kept = kept;
    }

    @Override
    public boolean shared() {
      return true;
    }

    @Override
    public String id() {
      return kept.id();
    }

    @Override
    public CompletionStage<Void> join(Duration lease) {
      return kept.join(lease);
    }

    @Override
    public void watch(Watcher watcher) {
      kept.watch(watcher);
    }

    @Override
    public CompletionStage<Renewed> renew() {
      return kept.renew();
    }

    @Override
    public CompletionStage<List<String>> take(boolean fence) {
      return kept.take(fence);
    }

    @Override
    public CompletionStage<List<String>> adopt() {
      return kept.adopt();
    }

    @Override
    public CompletionStage<String> claim(String jobId) {
      return kept.claim(jobId);
    }

    @Override
    public CompletionStage<Optional<String>> owner(String jobId) {
      return kept.owner(jobId);
    }

    @Override
    public CompletionStage<Void> leave() {
      return kept.leave();
    }
  }

  private abstract static class Run extends SiteInstancesContract {
    final SharedMemory memory = new SharedMemory(InstantSource.system());
    private final Function<SiteInstances, SiteInstances> broken;

    Run(Function<SiteInstances, SiteInstances> broken) {
      this.broken = broken;
    }

    @Override
    protected Stores open() {
      Stores whole = memory.open();
      return with(whole, whole, broken.apply(whole.instances()));
    }

    @Override
    protected long patience() {
      return 1;
    }

    static Stores with(Stores whole, Stores writes, SiteInstances instances) {
      return new Stores(
          writes.jobs(),
          whole.tracking(),
          whole.tables(),
          whole.models(),
          whole.blobs(),
          whole.servers(),
          instances,
          () -> {});
    }
  }

  /** I1: tells no owner. */
  static class KnowsNoOwner extends Run {
    KnowsNoOwner() {
      super(
          kept ->
              new Whole(kept) {
                @Override
                public CompletionStage<Optional<String>> owner(String jobId) {
                  return CompletableFuture.completedStage(Optional.empty());
                }
              });
    }
  }

  /** I2: takes every claim for its own. */
  static class ClaimsAnything extends Run {
    ClaimsAnything() {
      super(
          kept ->
              new Whole(kept) {
                @Override
                public CompletionStage<String> claim(String jobId) {
                  return kept.claim(jobId).thenApply(owner -> id());
                }
              });
    }
  }

  /** I3: gives up once the lease may have ended. */
  static class RenewsNoEndedLease extends Run {
    RenewsNoEndedLease() {
      super(
          kept ->
              new Whole(kept) {
                private boolean brief;

                @Override
                public CompletionStage<Void> join(Duration lease) {
                  brief = lease.toMillis() < 10;
                  return kept.join(lease);
                }

                @Override
                public CompletionStage<Renewed> renew() {
                  return brief
                      ? CompletableFuture.failedStage(StoreRules.fenced(id()))
                      : kept.renew();
                }
              });
    }
  }

  /** I4: tells what it took once more. */
  static class TakesTwice extends Run {
    TakesTwice() {
      super(
          kept ->
              new Whole(kept) {
                private final List<String> all = new ArrayList<>();

                @Override
                public CompletionStage<List<String>> take(boolean fence) {
                  return kept.take(fence)
                      .thenApply(
                          taken -> {
                            all.addAll(taken);
                            return List.copyOf(all);
                          });
                }
              });
    }
  }

  /** I5 and I8: writes past the guard. */
  static class WritesPastTheGuard extends Run {
    WritesPastTheGuard() {
      super(kept -> kept);
    }

    @Override
    protected Stores open() {
      Stores whole = memory.open();
      return with(whole, memory.open(), whole.instances());
    }
  }

  /** I6: fences whoever is there. */
  static class FencesTheLiving extends Run {
    private static final List<SiteInstances> ALL = new ArrayList<>();

    FencesTheLiving() {
      super(
          kept -> {
            ALL.add(kept);
            return new Whole(kept) {
              @Override
              public CompletionStage<List<String>> take(boolean fence) {
                ALL.stream().filter(other -> other != kept).forEach(SiteInstances::leave);
                return kept.take(fence);
              }
            };
          });
    }
  }

  /** I7: goes without a word. */
  static class LeavesSilently extends Run {
    LeavesSilently() {
      super(
          kept ->
              new Whole(kept) {
                @Override
                public CompletionStage<Void> leave() {
                  return CompletableFuture.completedStage(null);
                }
              });
    }
  }

  /** I10: hears nothing. */
  static class HearsNothing extends Run {
    HearsNothing() {
      super(
          kept ->
              new Whole(kept) {
                @Override
                public void watch(Watcher watcher) {
                  // Whoever is told at a renewal only is told late.
                }
              });
    }
  }

  /** I9: claims what somebody has to go on with. */
  static class ClaimsTheUnfinished extends Run {
    ClaimsTheUnfinished() {
      super(
          kept ->
              new Whole(kept) {
                @Override
                public CompletionStage<String> claim(String jobId) {
                  return kept.owner(jobId)
                      .thenCompose(
                          owner ->
                              owner.isEmpty()
                                  ? kept.claim(jobId).thenApply(gone -> id())
                                  : kept.claim(jobId));
                }
              });
    }
  }
}

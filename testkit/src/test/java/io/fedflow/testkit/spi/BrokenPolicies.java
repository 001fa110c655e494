package io.fedflow.testkit.spi;

import io.fedflow.dsl.InputTable;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.JobPolicy.Decision;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Contracts over policies that break one promise each; run by a test only. */
final class BrokenPolicies {

  private BrokenPolicies() {}

  /** A contract over one policy, which looks up tables. */
  private abstract static class Over extends WorldPolicyContract {

    Decision sound(Asked asked) {
      return world.lookedUp(InputTable.of(asked.plan(), asked.at())).stream()
              .anyMatch(table -> table.pattern().equals("bank.secret"))
          ? Decision.refuse("found bank.secret")
          : Decision.allow();
    }

    abstract CompletionStage<Decision> decide(Asked asked);

    @Override
    protected JobPolicy policy() {
      return (at, jobId, plan) -> decide(new Asked(at, plan));
    }
  }

  static class AllowsAll extends Over {
    @Override
    CompletionStage<Decision> decide(Asked asked) {
      return CompletableFuture.supplyAsync(Decision::allow);
    }
  }

  static class ChangesItsMind extends Over {
    private final AtomicInteger times = new AtomicInteger();

    @Override
    CompletionStage<Decision> decide(Asked asked) {
      return CompletableFuture.supplyAsync(
          () -> times.incrementAndGet() % 3 == 0 ? Decision.ask() : sound(asked));
    }
  }

  static class GivesNoReason extends Over {
    @Override
    CompletionStage<Decision> decide(Asked asked) {
      return CompletableFuture.supplyAsync(
          () -> sound(asked) instanceof Decision.Refuse ? Decision.refuse("no") : Decision.allow());
    }
  }

  static class Blocks extends Over {
    @Override
    protected long patience() {
      return 1;
    }

    @Override
    CompletionStage<Decision> decide(Asked asked) {
      return CompletableFuture.completedStage(sound(asked));
    }
  }

  static class IsOfOneThread extends Over {
    private Thread first;

    @Override
    synchronized CompletionStage<Decision> decide(Asked asked) {
      first = first == null ? Thread.currentThread() : first;
      boolean ours = first == Thread.currentThread();
      return CompletableFuture.supplyAsync(() -> ours ? sound(asked) : Decision.refuse("busy"));
    }
  }

  static class AllowsWhatItCannotLookUp extends Over {
    @Override
    CompletionStage<Decision> decide(Asked asked) {
      return CompletableFuture.supplyAsync(() -> sound(asked))
          .exceptionally(
              failed -> {
                if (failed.getCause() instanceof FedflowException) {
                  return Decision.allow();
                }
                throw new IllegalStateException(failed);
              });
    }
  }
}

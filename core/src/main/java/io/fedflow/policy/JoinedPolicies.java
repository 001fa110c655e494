package io.fedflow.policy;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobPlan;
import io.fedflow.party.Party;
import io.fedflow.spi.JobPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Several policies as one: what one refuses is refused, what one asks about waits. Thread-safe.
 *
 * @param policies all are asked, in this order
 */
public record JoinedPolicies(List<JobPolicy> policies) implements JobPolicy {

  /** Copies the list. */
  public JoinedPolicies {
    policies = List.copyOf(policies);
  }

  @Override
  public CompletionStage<Decision> decide(Party at, String jobId, JobPlan plan) {
    List<CompletableFuture<Decision>> all = new ArrayList<>();
    for (JobPolicy policy : policies) {
      all.add(Stages.start(() -> policy.decide(at, jobId, plan)).toCompletableFuture());
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> joined(all.stream().map(CompletableFuture::join).toList()));
  }

  private static Decision joined(List<Decision> decisions) {
    List<String> reasons =
        decisions.stream()
            .filter(Decision.Refuse.class::isInstance)
            .map(each -> ((Decision.Refuse) each).reason())
            .toList();
    if (!reasons.isEmpty()) {
      return Decision.refuse(String.join("; ", reasons));
    }
    return decisions.stream().anyMatch(Decision.Ask.class::isInstance)
        ? Decision.ask()
        : Decision.allow();
  }
}

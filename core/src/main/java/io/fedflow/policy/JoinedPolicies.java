package io.fedflow.policy;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobPlan;
import io.fedflow.party.Party;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.ModelAsked;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

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
    return all(policy -> policy.decide(at, jobId, plan));
  }

  @Override
  public CompletionStage<Decision> again(Party at, String jobId, JobPlan plan) {
    return all(policy -> policy.again(at, jobId, plan));
  }

  @Override
  public CompletionStage<Decision> about(Party at, ModelAsked asked) {
    return all(policy -> policy.about(at, asked));
  }

  private CompletionStage<Decision> all(Function<JobPolicy, CompletionStage<Decision>> question) {
    List<CompletableFuture<Decision>> all = new ArrayList<>();
    for (JobPolicy policy : policies) {
      all.add(Stages.start(() -> question.apply(policy)).toCompletableFuture());
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
    List<String> asking =
        decisions.stream()
            .filter(Decision.Ask.class::isInstance)
            .map(each -> ((Decision.Ask) each).reason())
            .toList();
    return asking.isEmpty()
        ? Decision.allow()
        : Decision.ask(
            String.join("; ", asking.stream().filter(reason -> !reason.isEmpty()).toList()));
  }
}

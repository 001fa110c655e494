package io.fedflow.policy;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.InputTable;
import io.fedflow.dsl.JobPlan;
import io.fedflow.party.Party;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.ModelAsked;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Decides by the site's rules as they are in the moment of the question. Thread-safe. */
public final class SitePolicyCheck implements JobPolicy {

  private final Supplier<SitePolicy> rules;
  private final Supplier<ComponentCatalog> catalog;
  private final RowCounts rows;
  private final Executor executor;

  /**
   * Decides by these rules.
   *
   * @param rules the rules that hold now; may block
   * @param catalog the components of the site
   * @param executor runs what blocks
   */
  public SitePolicyCheck(
      Supplier<SitePolicy> rules,
      Supplier<ComponentCatalog> catalog,
      RowCounts rows,
      Executor executor) {
    this.rules = rules;
    this.catalog = catalog;
    this.rows = rows;
    this.executor = executor;
  }

  @Override
  public CompletionStage<Decision> decide(Party at, String jobId, JobPlan plan) {
    return verdicts(at, plan).thenApply(SitePolicy::decision);
  }

  @Override
  public CompletionStage<Decision> about(Party at, ModelAsked asked) {
    return CompletableFuture.supplyAsync(
        () ->
            SitePolicy.decision(
                rules.get().rules().stream()
                    .map(rule -> rule.judge(at, asked, catalog.get()))
                    .toList()),
        executor);
  }

  /** What each rule says about a job at a party. */
  public CompletionStage<List<RuleVerdict>> verdicts(Party at, JobPlan plan) {
    return CompletableFuture.supplyAsync(rules, executor)
        .thenCompose(
            policy ->
                counts(at, policy.asksForRows() ? InputTable.of(plan, at) : List.of())
                    .thenApplyAsync(
                        counted ->
                            policy.judge(new JobAsked(at, plan, catalog.get(), counted, false)),
                        executor));
  }

  private CompletionStage<Map<InputTable, OptionalLong>> counts(Party at, List<InputTable> tables) {
    Map<InputTable, OptionalLong> counted = new ConcurrentHashMap<>();
    return CompletableFuture.allOf(
            tables.stream()
                .map(
                    table ->
                        rows.of(at, table)
                            .thenAccept(count -> counted.put(table, count))
                            .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> counted);
  }
}

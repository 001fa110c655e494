package io.fedflow.transport.http.fake;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.ParameterUpdate;
import io.fedflow.job.Wait;
import io.fedflow.party.Party;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.pipeline.Retention;
import io.fedflow.pipeline.Swept;
import io.fedflow.spi.TaskQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** Accepts what a test lets it accept and remembers everything. */
public final class FakePipelines implements PipelineManager {

  public final List<JobDocuments> submitted = new CopyOnWriteArrayList<>();
  public final Map<String, JobPlan> plans = new ConcurrentHashMap<>();
  public final List<String> stopped = new CopyOnWriteArrayList<>();
  public final List<String> approved = new CopyOnWriteArrayList<>();
  public final List<String> reruns = new CopyOnWriteArrayList<>();
  public final List<TaskQuery> cleaned = new CopyOnWriteArrayList<>();
  public final List<String> swept = new CopyOnWriteArrayList<>();
  public volatile String onSweep = "";
  public volatile Map<String, String> outcomes = Map.of();
  public final List<String> updates = new CopyOnWriteArrayList<>();
  public volatile Supplier<CompletionStage<Updated>> onUpdate =
      () ->
          CompletableFuture.completedStage(
              new Updated(Map.of("common", Map.of()), Map.of("role", Map.of()), List.of("lr_0")));
  public volatile Function<String, CompletionStage<List<Wait>>> onExplain =
      jobId -> CompletableFuture.completedStage(List.of());
  public volatile Function<JobDocuments, JobPlan> onPlan =
      documents -> plans.values().iterator().next();
  public final List<String> described = new CopyOnWriteArrayList<>();
  public volatile Supplier<CompletionStage<Void>> onDescribe =
      () -> CompletableFuture.completedStage(null);
  public volatile boolean stops = true;
  public volatile Supplier<CompletionStage<Void>> onRerun =
      () -> CompletableFuture.completedStage(null);
  public volatile Function<JobDocuments, CompletionStage<Submitted>> onSubmit =
      documents ->
          CompletableFuture.completedFuture(
              new Submitted("2026", Party.of("guest", "9999"), "m#1", "2026", List.of()));

  @Override
  public JobPlan plan(JobDocuments documents) {
    return onPlan.apply(documents);
  }

  @Override
  public CompletionStage<Submitted> submit(JobDocuments documents) {
    submitted.add(documents);
    return onSubmit.apply(documents);
  }

  @Override
  public CompletionStage<Swept> sweep(Retention keep, boolean dryRun) {
    swept.add(keep + (dryRun ? " dry" : ""));
    return CompletableFuture.completedStage(
        new Swept(
            dryRun,
            List.of(new Swept.Job("2026", 77, keep.keep().keySet(), 2, 1_000, onSweep)),
            false));
  }

  @Override
  public CompletionStage<Boolean> stop(String jobId, String by) {
    stopped.add(jobId);
    return CompletableFuture.completedFuture(stops);
  }

  @Override
  public CompletionStage<Void> approve(String jobId, Party party, String by) {
    approved.add(jobId + ' ' + party);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> reject(String jobId, Party party, String by, String reason) {
    approved.add(jobId + ' ' + party + " rejected by " + by + ": " + reason);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> rerun(
      String jobId, List<String> components, boolean force, String by) {
    reruns.add(jobId + ' ' + components + ' ' + force);
    return onRerun.get();
  }

  @Override
  public CompletionStage<Updated> updateParameters(String jobId, ParameterUpdate update) {
    updates.add(jobId + ' ' + update.jobParameters() + ' ' + update.componentParameters());
    return onUpdate.get();
  }

  @Override
  public CompletionStage<Cleaned> clean(TaskQuery tasks) {
    cleaned.add(tasks);
    return CompletableFuture.completedStage(new Cleaned(outcomes));
  }

  @Override
  public CompletionStage<Void> describe(String jobId, Party party, String notes) {
    described.add(jobId + ' ' + party + ' ' + notes);
    return onDescribe.get();
  }

  @Override
  public CompletionStage<List<Wait>> explain(String jobId) {
    return onExplain.apply(jobId);
  }

  @Override
  public CompletionStage<Optional<JobPlan>> planOf(String jobId) {
    return CompletableFuture.completedFuture(Optional.ofNullable(plans.get(jobId)));
  }
}

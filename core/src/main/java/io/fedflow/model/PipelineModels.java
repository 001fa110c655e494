package io.fedflow.model;

import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.ModelStore;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The pipeline models of one site. A training that ended well is a model without anybody storing
 * one: its job tells all of it. What was made otherwise, or changed since, has a row. Thread-safe.
 */
public final class PipelineModels {

  private static final int ALL = 100_000;
  private static final Set<JobStatus> GOOD = Set.of(JobStatus.SUCCESS);

  private final ModelStore store;
  private final JobStore jobs;

  /** The models that these stores keep. */
  public PipelineModels(ModelStore store, JobStore jobs) {
    this.store = store;
    this.jobs = jobs;
  }

  /** A version at a party; empty if there is none, or it was deleted. */
  public CompletionStage<Optional<PipelineModel>> find(String modelVersion, Party party) {
    return store
        .findPipeline(modelVersion, party)
        .thenCompose(
            row ->
                row.isPresent()
                    ? CompletableFuture.completedStage(row)
                    : jobs.jobs(JobQuery.of(modelVersion, party)).thenApply(PipelineModels::first))
        .thenApply(model -> model.filter(PipelineModels::isThere));
  }

  private static Optional<PipelineModel> first(List<JobRow> rows) {
    return rows.stream().filter(PipelineModels::trained).findFirst().map(PipelineModel::trained);
  }

  /** A version at all parties of this site, that of the initiator first. */
  public CompletionStage<List<PipelineModel>> ofVersion(String modelVersion) {
    return all(PipelineModelQuery.ofVersion(modelVersion))
        .thenApply(
            models ->
                models.stream()
                    .sorted(Comparator.comparing(model -> !isInitiators(model)))
                    .toList());
  }

  /**
   * The models that a query selects, newest first. Trainings in which a party learned nothing are
   * left out.
   */
  public CompletionStage<List<PipelineModel>> list(PipelineModelQuery query) {
    return all(query)
        .thenCompose(
            models ->
                learned(models)
                    .thenApply(
                        learned ->
                            models.stream()
                                .filter(model -> !isTraining(model) || learned.contains(key(model)))
                                .sorted(
                                    Comparator.comparingLong(PipelineModel::createTime).reversed())
                                .toList()));
  }

  /** Stores a row. */
  public CompletionStage<Void> put(PipelineModel model) {
    return store.putPipeline(model);
  }

  private CompletionStage<List<PipelineModel>> all(PipelineModelQuery query) {
    JobQuery trainings =
        new JobQuery(query.modelVersions(), query.roles(), query.partyIds(), GOOD, false, 0, ALL);
    return store
        .pipelines(query)
        .thenCombine(
            jobs.jobs(trainings),
            (rows, views) -> {
              Map<List<Object>, PipelineModel> models = new LinkedHashMap<>();
              views.stream()
                  .filter(PipelineModels::trained)
                  .map(PipelineModel::trained)
                  .filter(query::selects)
                  .forEach(model -> models.put(key(model), model));
              rows.forEach(row -> models.put(key(row), row));
              return models.values().stream().filter(PipelineModels::isThere).toList();
            });
  }

  /**
   * Which of these trainings left a component's model at their party. Asked one after the other: a
   * site may have very many.
   */
  private CompletionStage<Set<List<Object>>> learned(List<PipelineModel> models) {
    Set<List<Object>> learned = new HashSet<>();
    CompletionStage<Void> asked = CompletableFuture.completedStage(null);
    for (String version :
        models.stream()
            .filter(PipelineModels::isTraining)
            .map(PipelineModel::modelVersion)
            .collect(Collectors.toCollection(LinkedHashSet::new))) {
      asked =
          asked
              .thenCompose(before -> store.list(version))
              .thenAccept(
                  entries ->
                      entries.forEach(
                          entry -> learned.add(List.of(entry.modelVersion(), entry.party()))));
    }
    return asked.thenApply(all -> learned);
  }

  private static boolean isTraining(PipelineModel model) {
    return model.state() == PipelineModel.State.TRAINED && !model.imported();
  }

  private static List<Object> key(PipelineModel model) {
    return List.of(model.modelVersion(), model.party());
  }

  private static boolean isThere(PipelineModel model) {
    return model.state() != PipelineModel.State.DELETED;
  }

  private static boolean isInitiators(PipelineModel model) {
    return model.party().equals(model.initiator());
  }

  /** Predictions use another version than their own; what runs locally trains nothing. */
  private static boolean trained(JobRow job) {
    return job.status() == JobStatus.SUCCESS
        && job.modelVersion().equals(job.jobId())
        && !job.party().role().equals(Role.LOCAL);
  }
}

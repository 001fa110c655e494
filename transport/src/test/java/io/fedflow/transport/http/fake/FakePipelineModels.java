package io.fedflow.transport.http.fake;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMigration;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelManager;
import io.fedflow.model.PipelineModelQuery;
import io.fedflow.party.Party;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps the versions that a test put in, and remembers what was asked. */
public final class FakePipelineModels implements PipelineModelManager {

  public final List<PipelineModel> models = new CopyOnWriteArrayList<>();
  public final List<Deployment> deployments = new CopyOnWriteArrayList<>();
  public final List<Migration> migrations = new CopyOnWriteArrayList<>();
  public volatile Supplier<Map<Party, String>> onDistribute =
      () -> Map.of(Rows.GUEST, "", Rows.HOST, "");
  private final FakeModels components;

  FakePipelineModels(FakeModels components) {
    this.components = components;
  }

  @Override
  public CompletionStage<Optional<PipelineModel>> find(String modelVersion, Party party) {
    return CompletableFuture.completedStage(
        models.stream()
            .filter(m -> m.modelVersion().equals(modelVersion) && m.party().equals(party))
            .findFirst());
  }

  @Override
  public CompletionStage<List<PipelineModel>> list(PipelineModelQuery query) {
    return CompletableFuture.completedStage(models.stream().filter(query::selects).toList());
  }

  @Override
  public CompletionStage<PipelineModel> leading(String modelId, String modelVersion) {
    return models.stream()
        .filter(m -> m.modelVersion().equals(modelVersion) && m.modelId().equals(modelId))
        .findFirst()
        .map(CompletableFuture::completedStage)
        .orElseGet(
            () -> CompletableFuture.failedStage(FedflowException.invalid("model.unknown", "none")));
  }

  @Override
  public CompletionStage<Distributed> deploy(
      String modelId, String modelVersion, Deployment deployment) {
    deployments.add(deployment);
    return distributed(modelId, "deployed-" + modelVersion);
  }

  @Override
  public CompletionStage<Distributed> load(String modelId, String modelVersion) {
    return distributed(modelId, modelVersion);
  }

  @Override
  public CompletionStage<PipelineModel> bind(String modelId, String modelVersion, String service) {
    return leading(modelId, modelVersion).thenApply(model -> replace(model.bound(service, 1)));
  }

  @Override
  public void take(
      PipelineModel model, Consumer<Consumer<ComponentModel>> learned, boolean replace) {
    boolean there = models.stream().anyMatch(m -> same(m, model));
    if (there && !replace) {
      throw new FedflowException(FailureKind.CONFLICT, "model.exists", "it is there");
    }
    learned.accept(
        each -> components.store(model.modelId(), model.modelVersion(), model.party(), each));
    replace(model);
  }

  @Override
  public PipelineModel amend(PipelineModel old, ComponentModel changed) {
    PipelineModel made = old.amended("amended-" + old.modelVersion(), 1);
    take(made, store -> store.accept(changed), false);
    return made;
  }

  @Override
  public CompletionStage<PipelineModel> delete(String modelVersion, Party party) {
    return find(modelVersion, party)
        .thenApply(
            found -> {
              models.remove(found.orElseThrow());
              components.delete(modelVersion, party);
              return found.orElseThrow();
            });
  }

  @Override
  public CompletionStage<Distributed> migrate(
      String modelId, String modelVersion, Migration migration) {
    migrations.add(migration);
    return distributed("new#" + modelId, migration.version());
  }

  @Override
  public CompletionStage<PipelineModel> deployAt(
      Party party, String modelId, String modelVersion, String version, Deployment deployment) {
    deployments.add(deployment);
    return at(party, modelId, modelVersion)
        .thenApply(model -> replace(model.deployed(version, deployment.dsl(), 1)));
  }

  @Override
  public CompletionStage<PipelineModel> loadAt(Party party, String modelId, String modelVersion) {
    return at(party, modelId, modelVersion).thenApply(model -> replace(model.loaded(1)));
  }

  @Override
  public CompletionStage<PipelineModel> migrateAt(
      Party party, String modelId, String modelVersion, Migration migration) {
    migrations.add(migration);
    return at(party, modelId, modelVersion)
        .thenApply(
            model ->
                replace(
                    new ModelMigration(
                            model, migration.version(), migration.parties(), migration.initiator())
                        .model(1)));
  }

  private CompletionStage<PipelineModel> at(Party party, String modelId, String modelVersion) {
    return find(modelVersion, party)
        .thenApply(
            found ->
                found
                    .filter(model -> model.modelId().equals(modelId))
                    .orElseThrow(
                        () -> FedflowException.invalid("model.unknown", "no such model here")));
  }

  private PipelineModel replace(PipelineModel model) {
    models.removeIf(m -> same(m, model));
    models.add(model);
    return model;
  }

  private static boolean same(PipelineModel one, PipelineModel other) {
    return one.modelVersion().equals(other.modelVersion()) && one.party().equals(other.party());
  }

  private CompletionStage<Distributed> distributed(String modelId, String version) {
    try {
      return CompletableFuture.completedStage(
          new Distributed(modelId, version, onDistribute.get()));
    } catch (FedflowException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }
}

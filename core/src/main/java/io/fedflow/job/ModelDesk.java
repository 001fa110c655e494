package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelEntry;
import io.fedflow.model.ModelManager;
import io.fedflow.model.ModelMigration;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModels;
import io.fedflow.party.Party;
import io.fedflow.spi.ModelAsked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Does what is asked about models at the parties of this site. What a version is made of is copied
 * first and its row written last, so that a version that is there is whole. Thread-safe.
 */
final class ModelDesk {

  private final EngineParts parts;
  private final PipelineModels versions;
  private final ModelManager models;

  ModelDesk(EngineParts parts, PipelineModels versions, ModelManager models) {
    this.parts = parts;
    this.versions = versions;
    this.models = models;
  }

  CompletionStage<Void> answer(Party to, PartyCommand.ModelCommand command) {
    return CompletableFuture.runAsync(() -> obey(to, command), parts.blocking());
  }

  private void obey(Party to, PartyCommand.ModelCommand command) {
    if (command instanceof PartyCommand.DeployModel deploy) {
      deploy(to, deploy);
    } else if (command instanceof PartyCommand.MigrateModel migrate) {
      migrate(to, migrate);
    } else {
      load(to, (PartyCommand.LoadModel) command);
    }
  }

  private void deploy(Party to, PartyCommand.DeployModel deploy) {
    PipelineModel trained = model(deploy.trained(), deploy.modelId(), to);
    requireTrained(trained);
    if (known(deploy.jobId(), to).isPresent()) {
      // The command came again.
      return;
    }
    requireAllowed(
        to,
        new ModelAsked(
            ModelAsked.Command.DEPLOY,
            deploy.modelId(),
            deploy.trained(),
            trained.initiator(),
            trained.parties(),
            modules(deploy.dsl())));
    Map<?, ?> kept =
        deploy.dsl().get("components") instanceof Map<?, ?> components ? components : Map.of();
    Map<String, ComponentModel> ofSteps = ofSteps(to, deploy);
    for (ModelEntry entry : entries(trained)) {
      if (kept.containsKey(entry.component())) {
        Optional.ofNullable(ofSteps.get(entry.component()))
            .or(() -> models.load(entry.modelVersion(), to, entry.component()))
            .ifPresent(model -> models.store(deploy.modelId(), deploy.jobId(), to, model));
      }
    }
    store(trained.deployed(deploy.jobId(), deploy.dsl(), parts.clock().millis()));
  }

  /** Read before anything is stored: a version that lacks one is not begun. */
  private Map<String, ComponentModel> ofSteps(Party to, PartyCommand.DeployModel deploy) {
    Map<String, ComponentModel> found = new LinkedHashMap<>();
    deploy
        .steps()
        .forEach(
            (component, step) ->
                found.put(
                    component, models.checkpoints().load(deploy.trained(), to, component, step)));
    return found;
  }

  /** Deployments of deployments would lose what their training tells. */
  static void requireTrained(PipelineModel model) {
    if (model.state() == PipelineModel.State.DEPLOYED) {
      throw FedflowException.invalid(
          "model.deployed",
          "model_version: found "
              + model.modelVersion()
              + ", which is deployed already; allowed the version that was trained"
              + (model.parent().isEmpty() ? "" : ", " + model.parent()));
    }
  }

  private synchronized void load(Party to, PartyCommand.LoadModel load) {
    PipelineModel model = model(load.jobId(), load.modelId(), to);
    requirePredicts(model);
    requireAllowed(
        to,
        new ModelAsked(
            ModelAsked.Command.LOAD,
            load.modelId(),
            load.jobId(),
            model.initiator(),
            model.parties(),
            modules(model.predictDsl())));
    store(model.loaded(parts.clock().millis()));
  }

  /** Refuses what no prediction may name. */
  static void requirePredicts(PipelineModel model) {
    if (!model.predicts()) {
      throw FedflowException.invalid(
          "model.not_deployed",
          "model_version: found "
              + model.modelVersion()
              + ", which is not deployed; allowed a version that model/deploy made of it");
    }
  }

  private void migrate(Party to, PartyCommand.MigrateModel migrate) {
    PipelineModel old = model(migrate.from(), migrate.modelId(), to);
    ModelMigration migration =
        new ModelMigration(old, migrate.jobId(), migrate.parties(), migrate.initiator());
    PipelineModel made = migration.model(parts.clock().millis());
    if (known(made.modelVersion(), made.party()).isPresent()) {
      return;
    }
    requireAllowed(
        to,
        new ModelAsked(
            ModelAsked.Command.MIGRATE,
            migrate.modelId(),
            migrate.from(),
            migrate.initiator(),
            migrate.parties(),
            modules(old.trainDsl())));
    for (ModelEntry entry : entries(old)) {
      models
          .load(entry.modelVersion(), to, entry.component())
          .map(migration::component)
          .ifPresent(
              model -> models.store(made.modelId(), made.modelVersion(), made.party(), model));
    }
    store(made);
  }

  private void requireAllowed(Party to, ModelAsked asked) {
    Stages.join(
        Refusals.unless(
            () -> parts.policy().about(to, asked),
            to
                + " does not allow to "
                + asked.command().text()
                + " version "
                + asked.modelVersion()
                + ": ",
            true));
  }

  /** The modules that a DSL names, each once. */
  private static List<String> modules(Map<String, Object> dsl) {
    return dsl.get("components") instanceof Map<?, ?> components
        ? components.values().stream()
            .map(each -> each instanceof Map<?, ?> component ? component.get("module") : null)
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .distinct()
            .toList()
        : List.of();
  }

  private PipelineModel model(String version, String modelId, Party party) {
    PipelineModel model =
        known(version, party).orElseThrow(() -> PredictJobs.noModel(version, party.toString()));
    PredictJobs.requireId(model, modelId);
    return model;
  }

  private Optional<PipelineModel> known(String version, Party party) {
    return Stages.join(versions.find(version, party));
  }

  private List<ModelEntry> entries(PipelineModel model) {
    return Stages.join(models.list(model.modelVersion())).stream()
        .filter(entry -> entry.party().equals(model.party()))
        .toList();
  }

  private void store(PipelineModel model) {
    Stages.join(versions.put(model));
  }
}

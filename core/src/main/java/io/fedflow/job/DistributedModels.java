package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.dsl.PredictConf;
import io.fedflow.dsl.PredictDsl;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelEntry;
import io.fedflow.model.ModelManager;
import io.fedflow.model.ModelMigration;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelManager;
import io.fedflow.model.PipelineModelQuery;
import io.fedflow.model.PipelineModels;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Pipeline models at this site and, by commands, at the sites of their parties. Thread-safe. */
final class DistributedModels implements PipelineModelManager {

  private static final int MOST_SERVICE = 200;

  private final EngineParts parts;
  private final PipelineModels versions;
  private final ModelManager models;
  private final JobIds ids;

  DistributedModels(EngineParts parts, PipelineModels versions, ModelManager models, JobIds ids) {
    this.parts = parts;
    this.versions = versions;
    this.models = models;
    this.ids = ids;
  }

  @Override
  public CompletionStage<Optional<PipelineModel>> find(String modelVersion, Party party) {
    return versions.find(modelVersion, party);
  }

  @Override
  public CompletionStage<List<PipelineModel>> list(PipelineModelQuery query) {
    return versions.list(query);
  }

  @Override
  public CompletionStage<PipelineModel> leading(String modelId, String modelVersion) {
    return versions
        .ofVersion(modelVersion)
        .thenApply(
            known -> {
              PipelineModel model =
                  known.stream()
                      .findFirst()
                      .orElseThrow(() -> PredictJobs.noModel(modelVersion, "this site"));
              PredictJobs.requireId(model, modelId);
              return model;
            });
  }

  @Override
  public CompletionStage<Distributed> deploy(
      String modelId, String modelVersion, Deployment deployment) {
    return leading(modelId, modelVersion)
        .thenComposeAsync(
            trained -> {
              ModelDesk.requireTrained(trained);
              PartyCommand deploy = deployment(trained, ids.next(), deployment);
              return tell(modelId, trained.parties().all(), deploy);
            },
            parts.blocking());
  }

  private PartyCommand.DeployModel deployment(
      PipelineModel trained, String version, Deployment deployment) {
    Map<String, Object> dsl = dsl(trained, deployment);
    for (String component : deployment.steps().keySet()) {
      if (!names(dsl).contains(component)) {
        throw FedflowException.invalid(
            "component.unknown",
            "components_checkpoint: found '" + component + "', allowed " + names(dsl));
      }
    }
    return new PartyCommand.DeployModel(
        version, trained.modelId(), trained.modelVersion(), dsl, deployment.steps());
  }

  private static Set<String> names(Map<String, Object> dsl) {
    return dsl.get("components") instanceof Map<?, ?> components
        ? components.keySet().stream().map(String::valueOf).collect(Collectors.toSet())
        : Set.of();
  }

  @Override
  public CompletionStage<PipelineModel> deployAt(
      Party party, String modelId, String modelVersion, String version, Deployment deployment) {
    return own(party, modelId, modelVersion)
        .thenComposeAsync(
            trained -> {
              ModelDesk.requireTrained(trained);
              requireFree(version, party, modelVersion);
              return obey(party, party, deployment(trained, version, deployment));
            },
            parts.blocking());
  }

  @Override
  public CompletionStage<PipelineModel> loadAt(Party party, String modelId, String modelVersion) {
    return own(party, modelId, modelVersion)
        .thenCompose(
            model -> {
              ModelDesk.requirePredicts(model);
              return obey(party, party, new PartyCommand.LoadModel(modelVersion, modelId));
            });
  }

  @Override
  public CompletionStage<PipelineModel> migrateAt(
      Party party, String modelId, String modelVersion, Migration migration) {
    return own(party, modelId, modelVersion)
        .thenComposeAsync(
            model -> {
              PipelineModel made =
                  new ModelMigration(
                          model, migration.version(), migration.parties(), migration.initiator())
                      .model(parts.clock().millis());
              requireFree(made.modelVersion(), made.party(), modelVersion);
              return obey(
                  party,
                  made.party(),
                  new PartyCommand.MigrateModel(
                      made.modelVersion(),
                      modelId,
                      modelVersion,
                      migration.parties(),
                      migration.initiator()));
            },
            parts.blocking());
  }

  /** A version as a party of this site knows it. */
  private CompletionStage<PipelineModel> own(Party party, String modelId, String modelVersion) {
    if (!parts.here().test(party)) {
      return CompletableFuture.failedStage(
          FedflowException.invalid(
              "model.party",
              "party_id: found " + party + ", which lives at another site; ask its server"));
    }
    return versions
        .find(modelVersion, party)
        .thenApply(
            found -> {
              PipelineModel model =
                  found.orElseThrow(() -> PredictJobs.noModel(modelVersion, party.toString()));
              PredictJobs.requireId(model, modelId);
              return model;
            });
  }

  /** The same command may come again; a version that was made of another one is not replaced. */
  private void requireFree(String version, Party party, String from) {
    Stages.join(versions.find(version, party))
        .filter(known -> !known.parent().equals(from))
        .ifPresent(
            known -> {
              throw new FedflowException(
                  FailureKind.CONFLICT,
                  "model.exists",
                  "model_version: found " + version + ", which " + party + " has already");
            });
  }

  private CompletionStage<PipelineModel> obey(
      Party party, Party made, PartyCommand.ModelCommand command) {
    return parts
        .link()
        .send(party, command)
        .thenCompose(done -> versions.find(command.jobId(), made))
        .thenApply(found -> found.orElseThrow(() -> PredictJobs.noModel(command.jobId(), "")));
  }

  private Map<String, Object> dsl(PipelineModel trained, Deployment deployment) {
    if (!deployment.dsl().isEmpty()) {
      check(trained, deployment.dsl());
      return deployment.dsl();
    }
    try {
      return PredictDsl.derive(
          trained.trainDsl(),
          deployment.components().isEmpty() ? kept(trained) : deployment.components());
    } catch (IllegalArgumentException unknown) {
      throw FedflowException.invalid("component.unknown", unknown.getMessage());
    }
  }

  /** Only a DSL of version 1 says by itself what is not needed. */
  private static List<String> kept(PipelineModel trained) {
    if (trained.ofVersion1()) {
      return PredictDsl.needDeploy(trained.trainDsl());
    }
    return trained.trainDsl().get("components") instanceof Map<?, ?> components
        ? components.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Plans a prediction; what the conf does not say yet is the prediction's to say. */
  private void check(PipelineModel trained, Map<String, Object> dsl) {
    Map<String, Object> parameters =
        Map.of(
            "job_type",
            "predict",
            "model_id",
            trained.modelId(),
            "model_version",
            trained.modelVersion());
    Map<String, Object> predict =
        Map.of("job_parameters", trained.ofVersion1() ? parameters : Map.of("common", parameters));
    Set<String> names =
        dsl.get("components") instanceof Map<?, ?> components
            ? components.keySet().stream().map(String::valueOf).collect(Collectors.toSet())
            : Set.of();
    try {
      JobPlanner.plan(
          new JobDocuments(dsl, PredictConf.effective(trained.trainConf(), predict, names)),
          parts.catalog());
    } catch (ProblemsException wrong) {
      List<Problem> ofDsl =
          wrong.problems().stream()
              .filter(problem -> problem.pointer().startsWith("dsl"))
              // Its tables are named by the prediction.
              .filter(problem -> !String.valueOf(problem.found()).contains(PredictDsl.EVAL_TABLE))
              .toList();
      if (!ofDsl.isEmpty()) {
        throw new ProblemsException(ofDsl);
      }
    }
  }

  @Override
  public CompletionStage<Distributed> load(String modelId, String modelVersion) {
    return leading(modelId, modelVersion)
        .thenCompose(
            model -> {
              ModelDesk.requirePredicts(model);
              List<Party> serving =
                  model.parties().all().stream()
                      .filter(party -> !party.role().equals(Role.ARBITER))
                      .toList();
              return tell(modelId, serving, new PartyCommand.LoadModel(modelVersion, modelId));
            });
  }

  @Override
  public CompletionStage<PipelineModel> bind(String modelId, String modelVersion, String service) {
    return Stages.start(
            () -> {
              requireService(service);
              return leading(modelId, modelVersion);
            })
        .thenCompose(
            model -> {
              ModelDesk.requirePredicts(model);
              PipelineModel bound = model.bound(service, parts.clock().millis());
              return versions.put(bound).thenApply(stored -> bound);
            });
  }

  private static void requireService(String service) {
    if (service.isBlank()
        || service.length() > MOST_SERVICE
        || service.chars().anyMatch(c -> c < ' ')) {
      throw FedflowException.invalid(
          "model.service",
          "service_id: found "
              + service.length()
              + " characters, allowed 1.."
              + MOST_SERVICE
              + " without control characters");
    }
  }

  @Override
  public void take(
      PipelineModel model, Consumer<Consumer<ComponentModel>> components, boolean replace) {
    String version = model.modelVersion();
    Party party = model.party();
    if (!parts.here().test(party)) {
      throw FedflowException.invalid(
          "model.party",
          "party_id: found " + party + ", which lives at another site; import the model there");
    }
    Optional<PipelineModel> before = Stages.join(versions.find(version, party));
    if (!replace && before.isPresent()) {
      throw new FedflowException(
          FailureKind.CONFLICT,
          "model.exists",
          "model_version: found "
              + version
              + ", which "
              + party
              + " has already; import with force_update 1 to replace it");
    }
    // Whatever happens from here on, no part of a version may look like one.
    Stages.join(versions.put(model.deleted(parts.clock().millis())));
    models.delete(version, party);
    try {
      components.accept(learned -> models.store(model.modelId(), version, party, learned));
      Stages.join(
          versions.put(before.map(was -> model.inPlaceOf(was, model.updateTime())).orElse(model)));
    } catch (RuntimeException failed) {
      models.delete(version, party);
      throw failed;
    }
  }

  @Override
  public PipelineModel amend(PipelineModel old, ComponentModel changed) {
    PipelineModel made = old.amended(ids.next(), parts.clock().millis());
    take(
        made,
        store ->
            Stages.join(models.list(old.modelVersion())).stream()
                .filter(entry -> entry.party().equals(old.party()))
                .map(ModelEntry::component)
                .map(
                    component ->
                        component.equals(changed.component()) ? changed : learned(old, component))
                .forEach(store),
        false);
    return made;
  }

  private ComponentModel learned(PipelineModel model, String component) {
    return models.load(model.modelVersion(), model.party(), component).orElseThrow();
  }

  @Override
  public CompletionStage<PipelineModel> delete(String modelVersion, Party party) {
    return versions
        .find(modelVersion, party)
        .thenApply(
            found -> found.orElseThrow(() -> PredictJobs.noModel(modelVersion, party.toString())))
        .thenCompose(
            model -> {
              PipelineModel rest = model.deleted(parts.clock().millis());
              return versions.put(rest).thenApply(stored -> rest);
            })
        .thenApplyAsync(
            rest -> {
              models.delete(modelVersion, party);
              return rest;
            },
            parts.blocking());
  }

  @Override
  public CompletionStage<Distributed> migrate(
      String modelId, String modelVersion, Migration migration) {
    return leading(modelId, modelVersion)
        .thenCompose(
            model -> {
              String version = migration.version().isEmpty() ? ids.next() : migration.version();
              // Fails here, and not at every party, if the parties do not fit.
              PipelineModel made =
                  new ModelMigration(model, version, migration.parties(), migration.initiator())
                      .model(parts.clock().millis());
              return tell(
                  made.modelId(),
                  migration.executing(),
                  new PartyCommand.MigrateModel(
                      version, modelId, modelVersion, migration.parties(), migration.initiator()));
            });
  }

  /** Tells parties and waits for all of them, whatever they answer. */
  private CompletionStage<Distributed> tell(
      String modelId, Collection<Party> parties, PartyCommand command) {
    Map<Party, String> answers = new ConcurrentHashMap<>();
    List<CompletableFuture<Void>> told = new ArrayList<>();
    for (Party party : parties) {
      told.add(
          Stages.start(() -> parts.link().send(party, command))
              .<Void>handle(
                  (done, failed) -> {
                    answers.put(
                        party, failed == null ? "" : JobOutbox.reason(Stages.unwrap(failed)));
                    return null;
                  })
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> {
              Map<Party, String> inOrder = new LinkedHashMap<>();
              parties.forEach(party -> inOrder.put(party, answers.get(party)));
              return new Distributed(modelId, command.jobId(), inOrder);
            });
  }
}

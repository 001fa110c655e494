package io.fedflow.model;

import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The versions of pipeline models: what is known here, and what is made of them at all their
 * parties. Thread-safe. All stages fail with {@code model.unknown} if this site does not know the
 * version.
 */
public interface PipelineModelManager {

  /** A version at a party of this site. */
  CompletionStage<Optional<PipelineModel>> find(String modelVersion, Party party);

  /** The models of this site that a query selects, newest first. */
  CompletionStage<List<PipelineModel>> list(PipelineModelQuery query);

  /**
   * A version as one party of this site knows it: the initiator, if it is here.
   *
   * @param modelId must be the version's own
   */
  CompletionStage<PipelineModel> leading(String modelId, String modelVersion);

  /**
   * Makes a version that predicts, at all parties of a trained one.
   *
   * @param modelId the trained model's id
   * @param modelVersion the trained model's version
   * @param deployment how it predicts
   * @return what each party answered; fails with {@code component.unknown} or {@link
   *     io.fedflow.failure.ProblemsException} if it cannot predict so, and with {@code
   *     model.deployed} if the version is a deployment itself
   */
  CompletionStage<Distributed> deploy(String modelId, String modelVersion, Deployment deployment);

  /**
   * Records at all parties but the arbiters that a version is to be loaded for online inference.
   * Nothing is served yet.
   *
   * @return what each party answered
   */
  CompletionStage<Distributed> load(String modelId, String modelVersion);

  /**
   * Records at this site that a service is to answer with a version. Nothing is served yet.
   *
   * @param service 1..200 characters
   * @return the version as it is stored now; fails with {@code model.not_deployed} if it does not
   *     predict, or {@code model.service} if the id is not allowed
   */
  CompletionStage<PipelineModel> bind(String modelId, String modelVersion, String service);

  /**
   * Stores a version that came in as a file, with what its components learned. Blocking. What fails
   * leaves no part of it.
   *
   * @param components gives them away one after the other, so that no two have to be in memory
   * @param replace whether a version that is there already is replaced
   * @throws io.fedflow.failure.FedflowException CONFLICT {@code model.exists}, or {@code
   *     model.party} if the party does not live here
   */
  void take(PipelineModel model, Consumer<Consumer<ComponentModel>> components, boolean replace);

  /**
   * Makes a version at the same party in which one component learned something else. Other parties
   * keep the old version only. Blocking.
   *
   * @param old a version of a party of this site
   * @param changed what the component of this name learned; all others are taken over
   * @return the new version
   */
  PipelineModel amend(PipelineModel old, ComponentModel changed);

  /**
   * Deletes a version at a party of this site, with what its components learned.
   *
   * @return completes with the rest of it
   */
  CompletionStage<PipelineModel> delete(String modelVersion, Party party);

  /**
   * Makes a version for other party ids, at parties of the old one.
   *
   * @return what each party answered; fails with {@code model.migration} if the parties do not fit
   */
  CompletionStage<Distributed> migrate(String modelId, String modelVersion, Migration migration);

  /**
   * Does at one party of this site alone what {@link #deploy} does at all of them.
   *
   * @param version the version to be made, as the others are told it; not empty
   * @return the version as it is stored; fails as {@code deploy} does, with {@code model.party} if
   *     the party does not live here, and with CONFLICT {@code model.exists} if the version was
   *     made of something else
   */
  CompletionStage<PipelineModel> deployAt(
      Party party, String modelId, String modelVersion, String version, Deployment deployment);

  /**
   * Does at one party of this site alone what {@link #load} does at all of them.
   *
   * @return the version as it is stored; fails with {@code model.party} if the party does not live
   *     here
   */
  CompletionStage<PipelineModel> loadAt(Party party, String modelId, String modelVersion);

  /**
   * Does at one party of this site alone what {@link #migrate} does at several.
   *
   * @param party one of the old parties
   * @param migration names the new version; who executes it is not looked at
   * @return the new version as it is stored, at the new party
   */
  CompletionStage<PipelineModel> migrateAt(
      Party party, String modelId, String modelVersion, Migration migration);

  /**
   * How a version is to predict.
   *
   * @param components which components of the training are kept; empty for all, or as {@code
   *     need_deploy} of a version 1 DSL says
   * @param dsl the DSL itself; empty to derive it
   * @param steps components that predict as they were at a step of their training, with the step
   */
  record Deployment(
      List<String> components, Map<String, Object> dsl, Map<String, CheckpointStep> steps) {

    /** Copies the collections. */
    public Deployment {
      components = List.copyOf(components);
      dsl = Collections.unmodifiableMap(new LinkedHashMap<>(dsl));
      steps = Map.copyOf(steps);
    }

    /** Of all components as they were at the end of their training. */
    public Deployment(List<String> components, Map<String, Object> dsl) {
      this(components, dsl, Map.of());
    }
  }

  /**
   * Who takes whose place.
   *
   * @param parties the new parties, in the order of the old ones
   * @param initiator the new initiator
   * @param executing the old parties that migrate
   * @param version the new version; empty for a fresh one
   */
  record Migration(Parties parties, Party initiator, List<Party> executing, String version) {

    /** Copies the list. */
    public Migration {
      executing = List.copyOf(executing);
    }
  }

  /**
   * What became of a version at its parties.
   *
   * @param modelId the model's id
   * @param modelVersion the version that was made or changed
   * @param outcomes why a party did not do it; empty where it did
   */
  record Distributed(String modelId, String modelVersion, Map<Party, String> outcomes) {

    /** Copies the map. */
    public Distributed {
      outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }

    /** Whether all parties did it. */
    public boolean complete() {
      return outcomes.values().stream().allMatch(String::isEmpty);
    }
  }
}

package io.fedflow.model;

import io.fedflow.party.Party;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The registry of models of a site. Thread-safe. */
public interface ModelManager {

  /**
   * Stores what a component learned. Blocking: called from task threads.
   *
   * @param modelId the pipeline model's id
   * @param modelVersion the pipeline model's version
   * @param party whose part
   */
  ModelEntry store(String modelId, String modelVersion, Party party, ComponentModel model);

  /** Loads a component model of a party. Blocking: called from task and worker threads. */
  Optional<ComponentModel> load(String modelVersion, Party party, String component);

  /**
   * How many bytes is stored of what the components of a version learned at a party; 0 if there is
   * nothing. Blocking: called from worker threads.
   */
  long size(String modelVersion, Party party);

  /**
   * Deletes all component models of a version at a party. Blocking; again is without effect.
   *
   * @return how many there were
   */
  int delete(String modelVersion, Party party);

  /** What components kept while they trained. */
  ModelCheckpoints checkpoints();

  /** All component models of a version, in order of storing. */
  CompletionStage<List<ModelEntry>> list(String modelVersion);
}

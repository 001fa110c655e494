package io.fedflow.spi;

import io.fedflow.model.ModelEntry;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelQuery;
import io.fedflow.party.Party;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps which component models there are, whose bytes lie in a {@link BlobStore}, and the pipeline
 * models that they are parts of.
 *
 * <p>Promises: M1 durable when the stage completes; M2 {@code put} replaces the entry of the same
 * version, party and component; M3 reads after completion see it; M4 {@code putPipeline} replaces
 * the row of the same version and party and keeps its place; M5 {@code removeEntries} takes the
 * entries of one version at one party away, no others, and gives them back. Thread-safe.
 */
public interface ModelStore {

  /** Stores an entry. */
  CompletionStage<Void> put(ModelEntry entry);

  /** The model that a component of a version has at a party. */
  CompletionStage<Optional<ModelEntry>> find(String modelVersion, Party party, String component);

  /** All component models of a version at all parties, in order of storing. */
  CompletionStage<List<ModelEntry>> list(String modelVersion);

  /** Removes the component models of a version at a party; completes with those removed. */
  CompletionStage<List<ModelEntry>> removeEntries(String modelVersion, Party party);

  /** Stores the row of a pipeline model. */
  CompletionStage<Void> putPipeline(PipelineModel model);

  /** The row of a version at a party. */
  CompletionStage<Optional<PipelineModel>> findPipeline(String modelVersion, Party party);

  /** The rows that a query selects, in order of storing, at most {@link StoreRules#MAX_ROWS}. */
  CompletionStage<List<PipelineModel>> pipelines(PipelineModelQuery query);
}

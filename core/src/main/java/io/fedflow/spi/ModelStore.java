package io.fedflow.spi;

import io.fedflow.model.ModelEntry;
import io.fedflow.party.Party;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps which component models there are; their bytes lie in a {@link BlobStore}.
 *
 * <p>Promises: M1 durable when the stage completes; M2 {@code put} replaces the entry of the same
 * version, party and component; M3 reads after completion see it. Thread-safe.
 */
public interface ModelStore {

  /** Stores an entry. */
  CompletionStage<Void> put(ModelEntry entry);

  /** The model that a component of a version has at a party. */
  CompletionStage<Optional<ModelEntry>> find(String modelVersion, Party party, String component);

  /** All component models of a version at all parties, in order of storing. */
  CompletionStage<List<ModelEntry>> list(String modelVersion);
}

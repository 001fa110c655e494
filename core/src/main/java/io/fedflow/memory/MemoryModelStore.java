package io.fedflow.memory;

import io.fedflow.model.ModelEntry;
import io.fedflow.party.Party;
import io.fedflow.spi.ModelStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Model entries in memory. Thread-safe: every method holds the monitor. */
final class MemoryModelStore implements ModelStore {

  private final Map<String, Map<Key, ModelEntry>> versions = new LinkedHashMap<>();

  @Override
  public synchronized CompletionStage<Void> put(ModelEntry entry) {
    versions
        .computeIfAbsent(entry.modelVersion(), version -> new LinkedHashMap<>())
        .put(new Key(entry.party(), entry.component()), entry);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Optional<ModelEntry>> find(
      String modelVersion, Party party, String component) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(
            versions.getOrDefault(modelVersion, Map.of()).get(new Key(party, component))));
  }

  @Override
  public synchronized CompletionStage<List<ModelEntry>> list(String modelVersion) {
    return CompletableFuture.completedStage(
        List.copyOf(versions.getOrDefault(modelVersion, Map.of()).values()));
  }

  private record Key(Party party, String component) {}
}

package io.fedflow.memory;

import io.fedflow.model.ModelEntry;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelQuery;
import io.fedflow.party.Party;
import io.fedflow.spi.ModelStore;
import io.fedflow.spi.StoreRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Model entries in memory. Thread-safe: every method holds the monitor. */
final class MemoryModelStore implements ModelStore {

  private final Map<String, Map<Key, ModelEntry>> versions = new LinkedHashMap<>();
  private final Map<Key, PipelineModel> pipelines = new LinkedHashMap<>();

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

  @Override
  public synchronized CompletionStage<List<ModelEntry>> removeEntries(
      String modelVersion, Party party) {
    List<ModelEntry> removed = new ArrayList<>();
    Map<Key, ModelEntry> entries = versions.getOrDefault(modelVersion, Map.of());
    entries.values().removeIf(entry -> entry.party().equals(party) && removed.add(entry));
    return CompletableFuture.completedStage(List.copyOf(removed));
  }

  @Override
  public synchronized CompletionStage<Void> putPipeline(PipelineModel model) {
    pipelines.put(new Key(model.party(), model.modelVersion()), model);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Optional<PipelineModel>> findPipeline(
      String modelVersion, Party party) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(pipelines.get(new Key(party, modelVersion))));
  }

  @Override
  public synchronized CompletionStage<List<PipelineModel>> pipelines(PipelineModelQuery query) {
    return CompletableFuture.completedStage(
        pipelines.values().stream().filter(query::selects).limit(StoreRules.MAX_ROWS).toList());
  }

  /** What there is one of at a party: a component's model in a version, or a version. */
  private record Key(Party party, String name) {}
}

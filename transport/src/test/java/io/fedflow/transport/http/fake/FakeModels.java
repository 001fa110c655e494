package io.fedflow.transport.http.fake;

import io.fedflow.memory.MemoryStores;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelCheckpoints;
import io.fedflow.model.ModelEntry;
import io.fedflow.model.ModelManager;
import io.fedflow.party.Party;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Models in memory. */
public final class FakeModels implements ModelManager {

  private final Map<String, ComponentModel> models = new ConcurrentHashMap<>();

  private final List<ModelEntry> entries = new CopyOnWriteArrayList<>();
  private final ModelCheckpoints checkpoints =
      new ModelCheckpoints(
          MemoryStores.create().blobs(),
          InstantSource.fixed(Instant.ofEpochMilli(1_767_240_050_000L)),
          UUID::randomUUID);

  @Override
  public ModelEntry store(String modelId, String modelVersion, Party party, ComponentModel model) {
    models.put(modelVersion + party + model.component(), model);
    ModelEntry entry =
        new ModelEntry(
            modelId,
            modelVersion,
            party,
            model.component(),
            model.module(),
            model.alias(),
            "",
            "",
            1_767_240_050_000L);
    entries.add(entry);
    return entry;
  }

  @Override
  public Optional<ComponentModel> load(String modelVersion, Party party, String component) {
    return Optional.ofNullable(models.get(modelVersion + party + component));
  }

  @Override
  public long size(String modelVersion, Party party) {
    return entries.stream()
        .filter(e -> e.modelVersion().equals(modelVersion) && e.party().equals(party))
        .mapToLong(e -> 1500)
        .sum();
  }

  @Override
  public int delete(String modelVersion, Party party) {
    int before = entries.size();
    entries.removeIf(
        entry ->
            entry.modelVersion().equals(modelVersion)
                && entry.party().equals(party)
                && models.remove(modelVersion + party + entry.component()) != null);
    return before - entries.size();
  }

  @Override
  public ModelCheckpoints checkpoints() {
    return checkpoints;
  }

  @Override
  public CompletionStage<List<ModelEntry>> list(String modelVersion) {
    return CompletableFuture.completedFuture(
        entries.stream().filter(e -> e.modelVersion().equals(modelVersion)).toList());
  }
}

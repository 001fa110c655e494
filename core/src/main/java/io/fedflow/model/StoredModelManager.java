package io.fedflow.model;

import io.fedflow.data.BlobFailure;
import io.fedflow.data.Digests;
import io.fedflow.data.Orphans;
import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The model manager over a registry and a blob store. Thread-safe. */
public final class StoredModelManager implements ModelManager {

  private final ModelStore registry;
  private final BlobStore blobs;
  private final Orphans orphans;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final ModelCheckpoints checkpoints;

  /**
   * A manager over these stores.
   *
   * @param ids gives a fresh id per call, for blob keys
   */
  public StoredModelManager(
      ModelStore registry, BlobStore blobs, InstantSource clock, Supplier<UUID> ids) {
    this.registry = registry;
    this.blobs = blobs;
    this.orphans = new Orphans(blobs);
    this.clock = clock;
    this.ids = ids;
    this.checkpoints = new ModelCheckpoints(blobs, clock, ids);
  }

  @Override
  public ModelEntry store(String modelId, String modelVersion, Party party, ComponentModel model) {
    byte[] bytes = ModelFile.write(model);
    String key = "model/" + ids.get();
    try {
      blobs.write(key, out -> out.write(bytes));
    } catch (IOException failed) {
      throw BlobFailure.of("cannot write the model of " + model.component(), "blob.io", failed);
    }
    ModelEntry entry =
        new ModelEntry(
            modelId,
            modelVersion,
            party,
            model.component(),
            model.module(),
            model.alias(),
            key,
            digest(bytes),
            clock.millis());
    Optional<ModelEntry> replaced = put(entry);
    replaced.ifPresent(old -> orphans.delete(old.blobKey()));
    return entry;
  }

  private Optional<ModelEntry> put(ModelEntry entry) {
    try {
      Optional<ModelEntry> before =
          Stages.join(registry.find(entry.modelVersion(), entry.party(), entry.component()));
      Stages.join(registry.put(entry));
      return before;
    } catch (RuntimeException failed) {
      orphans.deleteUnlessUsed(entry.blobKey(), failed);
      throw failed;
    }
  }

  @Override
  public Optional<ComponentModel> load(String modelVersion, Party party, String component) {
    Optional<ModelEntry> entry = Stages.join(registry.find(modelVersion, party, component));
    while (entry.isPresent()) {
      try {
        return entry.map(this::read);
      } catch (FedflowException gone) {
        if (!gone.code().equals("blob.unknown")) {
          throw gone;
        }
      }
      // Read once more if it was replaced or deleted meanwhile.
      Optional<ModelEntry> now = Stages.join(registry.find(modelVersion, party, component));
      if (now.equals(entry)) {
        throw damaged(entry.get(), "its file is missing");
      }
      entry = now;
    }
    return Optional.empty();
  }

  private ComponentModel read(ModelEntry entry) {
    byte[] bytes;
    try (InputStream in = blobs.read(entry.blobKey())) {
      bytes = in.readAllBytes();
    } catch (IOException failed) {
      throw BlobFailure.of("cannot read the model of " + entry.component(), "blob.io", failed);
    } catch (FedflowException refused) {
      throw refused.code().equals("blob.damaged") ? damaged(entry, refused.getMessage()) : refused;
    }
    if (!digest(bytes).equals(entry.digest())) {
      throw damaged(entry, "its digest does not match");
    }
    return ModelFile.read(bytes);
  }

  private static FedflowException damaged(ModelEntry entry, String why) {
    return FedflowException.invalid(
        "model.damaged",
        "model of "
            + entry.component()
            + " at "
            + entry.party()
            + ", version "
            + entry.modelVersion()
            + ", is damaged: "
            + why
            + "; restore it or train again");
  }

  @Override
  public long size(String modelVersion, Party party) {
    long bytes = 0;
    for (ModelEntry entry : Stages.join(registry.list(modelVersion))) {
      if (entry.party().equals(party)) {
        bytes += size(entry);
      }
    }
    return bytes;
  }

  private long size(ModelEntry entry) {
    try {
      return blobs.size(entry.blobKey());
    } catch (FedflowException failed) {
      if (failed.code().equals("blob.unknown")) {
        // Deleted since it was listed.
        return 0;
      }
      throw failed;
    } catch (IOException failed) {
      throw BlobFailure.of("cannot measure the model of " + entry.component(), "blob.io", failed);
    }
  }

  @Override
  public int delete(String modelVersion, Party party) {
    List<ModelEntry> removed = Stages.join(registry.removeEntries(modelVersion, party));
    removed.forEach(entry -> orphans.delete(entry.blobKey()));
    checkpoints.delete(modelVersion, party);
    return removed.size();
  }

  @Override
  public ModelCheckpoints checkpoints() {
    return checkpoints;
  }

  @Override
  public CompletionStage<List<ModelEntry>> list(String modelVersion) {
    return registry.list(modelVersion);
  }

  private static String digest(byte[] bytes) {
    MessageDigest digest = Digests.sha256();
    digest.update(bytes);
    return Digests.hex(digest);
  }
}

package io.fedflow.transport.http.modelfile;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelFile;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelTree;
import io.fedflow.spi.JsonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A model file that was checked from begin to end: within its limits, every entry as its digest
 * says. Nothing in it is code, and nothing of it is written to a path that it names. Blocking; not
 * thread-safe.
 */
public final class ModelArchiveReader {

  private final Path file;
  private final ArchiveLimits limits;
  private final Map<String, String> digests;
  private final PipelineModel model;

  private ModelArchiveReader(
      Path file, ArchiveLimits limits, Map<String, String> digests, PipelineModel model) {
    this.file = file;
    this.limits = limits;
    this.digests = digests;
    this.model = model;
  }

  /**
   * Checks a file: all that it holds can be read before anything of it is used.
   *
   * @throws FedflowException {@code model.archive}, {@code model.damaged} with what is wrong
   */
  public static ModelArchiveReader open(Path file, JsonCodec codec, ArchiveLimits limits)
      throws IOException {
    Map<String, byte[]> documents = new HashMap<>();
    List<FedflowException> unreadable = new ArrayList<>();
    Map<String, String> digests =
        new ArchiveScan(file, limits)
            .run(
                new ArchiveScan.Visitor() {
                  @Override
                  public boolean wants(String name) {
                    return name.equals(ArchiveEntries.MANIFEST)
                        || name.equals(ArchiveEntries.PIPELINE)
                        || name.startsWith(ArchiveEntries.MODELS);
                  }

                  @Override
                  public void take(String name, byte[] content) {
                    if (name.startsWith(ArchiveEntries.MODELS)) {
                      try {
                        learned(name, content);
                      } catch (FedflowException damaged) {
                        unreadable.add(damaged);
                      }
                    } else {
                      documents.put(name, content);
                    }
                  }
                });
    checkManifest(object(codec, documents, ArchiveEntries.MANIFEST), digests);
    if (!unreadable.isEmpty()) {
      // Refused now, it costs nothing: later it would have taken the place of a version.
      throw unreadable.get(0);
    }
    return new ModelArchiveReader(
        file,
        limits,
        digests,
        PipelineModelTree.read(object(codec, documents, ArchiveEntries.PIPELINE)));
  }

  private static ComponentModel learned(String name, byte[] content) {
    ComponentModel learned = ModelFile.read(content);
    if (!ArchiveEntries.model(learned.component()).equals(name)) {
      throw ArchiveScan.refused(
          name + ": found the model of '" + ArchiveScan.shown(learned.component()) + "'");
    }
    return learned;
  }

  private static void checkManifest(Map<String, Object> manifest, Map<String, String> digests) {
    if (!(manifest.get("format") instanceof Number format)
        || format.doubleValue() != ArchiveEntries.FORMAT) {
      throw ArchiveScan.refused(
          "manifest/format: found "
              + ArchiveScan.shown(manifest.get("format"))
              + ", allowed "
              + ArchiveEntries.FORMAT);
    }
    Map<?, ?> listed = manifest.get("sha256") instanceof Map<?, ?> map ? map : Map.of();
    Map<String, String> present = new LinkedHashMap<>(digests);
    present.remove(ArchiveEntries.MANIFEST);
    for (Map.Entry<String, String> entry : present.entrySet()) {
      if (!entry.getValue().equals(listed.get(entry.getKey()))) {
        throw ArchiveScan.refused(
            "the entry "
                + entry.getKey()
                + (listed.containsKey(entry.getKey())
                    ? " does not have the digest that the manifest lists"
                    : " is not listed in the manifest"));
      }
    }
    for (Object name : listed.keySet()) {
      if (!present.containsKey(String.valueOf(name))) {
        throw ArchiveScan.refused(
            "the entry " + ArchiveScan.shown(name) + " of the manifest is missing");
      }
    }
  }

  private static Map<String, Object> object(
      JsonCodec codec, Map<String, byte[]> documents, String name) {
    byte[] content = documents.get(name);
    if (content == null) {
      throw ArchiveScan.refused(
          "found no "
              + name
              + ": it was not exported by Fedflow; train the model here, or export"
              + " it at a Fedflow server");
    }
    if (!(codec.read(new String(content, StandardCharsets.UTF_8)) instanceof Map<?, ?> map)) {
      throw ArchiveScan.refused(name + ": found no JSON object");
    }
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((key, value) -> object.put(String.valueOf(key), value));
    return object;
  }

  /** The version's row as it was exported. */
  public PipelineModel model() {
    return model;
  }

  /** Gives what the components learned to somebody, one after the other. */
  public void components(Consumer<ComponentModel> taker) {
    try {
      Map<String, String> again =
          new ArchiveScan(file, limits)
              .run(
                  new ArchiveScan.Visitor() {
                    @Override
                    public boolean wants(String name) {
                      return name.startsWith(ArchiveEntries.MODELS);
                    }

                    @Override
                    public void take(String name, byte[] content) {
                      taker.accept(learned(name, content));
                    }
                  });
      if (!again.equals(digests)) {
        throw ArchiveScan.refused("it changed while it was read");
      }
    } catch (IOException failed) {
      throw new FedflowException(
          FailureKind.UNAVAILABLE,
          "model.archive",
          "the model file cannot be read: " + failed.getMessage(),
          failed);
    }
  }
}

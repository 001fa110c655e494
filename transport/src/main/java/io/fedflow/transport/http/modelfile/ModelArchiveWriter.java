package io.fedflow.transport.http.modelfile;

import io.fedflow.data.Stages;
import io.fedflow.dsl.ModelIds;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelEntry;
import io.fedflow.model.ModelFile;
import io.fedflow.model.ModelJson;
import io.fedflow.model.ModelManager;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelTree;
import io.fedflow.model.ProtobufCodec;
import io.fedflow.party.Party;
import io.fedflow.spi.JsonCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a version at one party as a file, one component after the other: no more than one of them
 * is in memory. The same version always gives the same bytes. Blocking; thread-safe.
 */
public final class ModelArchiveWriter {

  private final ModelManager models;
  private final JsonCodec codec;

  /** Writes what this manager keeps. */
  public ModelArchiveWriter(ModelManager models, JsonCodec codec) {
    this.models = models;
    this.codec = codec;
  }

  /** What the file is called: {@code guest#9999#<model id>_<version>.zip}. */
  public static String fileName(PipelineModel model) {
    return fileName(model.party(), model.modelId(), model.modelVersion());
  }

  /** What the file of a version at a party is called. */
  public static String fileName(Party party, String modelId, String version) {
    return ModelIds.partyModelId(party, modelId) + '_' + version + ".zip";
  }

  /** Writes a version; the stream is not closed. */
  public void write(PipelineModel model, OutputStream out) throws IOException {
    List<ModelEntry> entries =
        Stages.join(models.list(model.modelVersion())).stream()
            .filter(entry -> entry.party().equals(model.party()))
            .toList();
    DigestedZip zip = new DigestedZip(out, model.createTime());
    zip.add(ArchiveEntries.PIPELINE, json(PipelineModelTree.write(model)));
    zip.add("import_model.json", json(importConf(model)));
    ModelMessage pipeline = PipelineMessage.of(model, codec);
    zip.add("variables/data/pipeline/pipeline/Pipeline", ProtobufCodec.write(pipeline));
    zip.add("variables/data/pipeline/pipeline/Pipeline.json", json(ModelJson.tree(pipeline)));
    ModelDefinitions definitions = new ModelDefinitions();
    for (ModelEntry entry : entries) {
      ComponentModel learned =
          models
              .load(entry.modelVersion(), entry.party(), entry.component())
              .orElseThrow(() -> new IOException(entry.component() + " was deleted meanwhile"));
      component(zip, learned);
      definitions.add(learned);
    }
    zip.add("define/define_meta.yaml", definitions.yaml().getBytes(StandardCharsets.UTF_8));
    zip.finish(
        ArchiveEntries.MANIFEST,
        digests -> json(Map.of("format", ArchiveEntries.FORMAT, "sha256", digests)));
  }

  private void component(DigestedZip zip, ComponentModel learned) throws IOException {
    zip.add(ArchiveEntries.model(learned.component()), ModelFile.write(learned));
    String folder = "variables/data/" + learned.component() + '/' + safe(learned.alias()) + '/';
    for (Map.Entry<String, ModelMessage> message : learned.messages().entrySet()) {
      String name = folder + safe(message.getKey());
      zip.add(name, ProtobufCodec.write(message.getValue()));
      zip.add(name + ".json", json(ModelJson.tree(message.getValue())));
    }
  }

  /** The settings with which FATE's own client imports the file. */
  private static Map<String, Object> importConf(PipelineModel model) {
    Map<String, Object> conf = new LinkedHashMap<>();
    conf.put("role", model.party().role().name());
    conf.put("party_id", Party.documentId(model.party().id()));
    conf.put("model_id", model.modelId());
    conf.put("model_version", model.modelVersion());
    conf.put("file", fileName(model));
    conf.put("force_update", false);
    return conf;
  }

  private byte[] json(Object tree) {
    return codec.write(tree).getBytes(StandardCharsets.UTF_8);
  }

  /** Outputs may be called anything; a file may not. */
  static String safe(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9_.-]", "_");
    return safe.startsWith(".") ? '_' + safe : safe;
  }
}

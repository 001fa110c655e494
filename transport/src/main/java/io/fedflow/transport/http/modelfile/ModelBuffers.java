package io.fedflow.transport.http.modelfile;

import io.fedflow.data.Stages;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelEntry;
import io.fedflow.model.ModelManager;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.ProtobufCodec;
import io.fedflow.spi.JsonCodec;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** All messages of a version at one party as FATE's online inference reads them. Thread-safe. */
public final class ModelBuffers {

  private final ModelManager models;
  private final JsonCodec codec;

  /** Reads what this manager keeps. */
  public ModelBuffers(ModelManager models, JsonCodec codec) {
    this.models = models;
    this.codec = codec;
  }

  /** {@code <component>.<alias>:<message>} to base64 of its protobuf form. Blocking. */
  public Map<String, Object> of(PipelineModel model) {
    Map<String, Object> buffers = new TreeMap<>();
    buffers.put(
        "pipeline.pipeline:Pipeline", text(ProtobufCodec.write(PipelineMessage.of(model, codec))));
    for (ModelEntry entry : Stages.join(models.list(model.modelVersion()))) {
      if (entry.party().equals(model.party())) {
        models
            .load(entry.modelVersion(), entry.party(), entry.component())
            .ifPresent(learned -> add(buffers, learned));
      }
    }
    return buffers;
  }

  private static void add(Map<String, Object> buffers, ComponentModel learned) {
    learned
        .messages()
        .forEach(
            (name, message) ->
                buffers.put(
                    learned.component() + '.' + learned.alias() + ':' + name,
                    text(ProtobufCodec.write(message))));
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

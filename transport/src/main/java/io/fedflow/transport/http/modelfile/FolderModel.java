package io.fedflow.transport.http.modelfile;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.TaskContext;
import io.fedflow.model.PipelineModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the components that store and restore models have in common. Stateless. */
final class FolderModel {

  static final ParameterSchema PARAMETERS =
      ParameterSchema.builder()
          .text("model_id", "", "the model at a party, as <role>#<party id>#<model id>")
          .text("model_version", "", "its version")
          .any(
              "store_address",
              null,
              "where: an object with storage folder, or storage s3 and bucket; null: the server's own choice",
              ParameterType.MAP,
              ParameterType.NULL)
          .bool("force_update", false, "whether what is there already is replaced")
          .build();

  private FolderModel() {}

  /** Tells what was done: {@code role, party_id, model_id, model_version, sha256}. */
  static void report(TaskContext context, PipelineModel model, String digest, String what) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("role", model.party().role().name());
    summary.put("party_id", model.party().id());
    summary.put("model_id", model.modelId());
    summary.put("model_version", model.modelVersion());
    summary.put("sha256", digest);
    context.tracker().summary(summary);
    context
        .log()
        .info(
            "model "
                + model.modelId()
                + " of version "
                + model.modelVersion()
                + " at "
                + model.party()
                + " is "
                + what
                + ", its file has the SHA-256 digest "
                + digest);
  }
}

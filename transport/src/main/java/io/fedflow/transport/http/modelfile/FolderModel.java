package io.fedflow.transport.http.modelfile;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.failure.Problems;
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
              "null: the folder of the server",
              ParameterType.MAP,
              ParameterType.NULL)
          .bool("force_update", false, "whether what is there already is replaced")
          .build();

  private FolderModel() {}

  /** Other stores than the folder may come; until then none is used silently in their place. */
  static void check(Params params, String pointer, Problems problems) {
    if (!params.isNull("store_address")) {
      problems.error(
          pointer + "/store_address",
          "stores such as S3 are not supported yet",
          "an object",
          "null, for the folder of the server");
    }
  }

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

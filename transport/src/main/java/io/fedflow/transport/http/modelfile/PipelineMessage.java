package io.fedflow.transport.http.modelfile;

import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Party;
import io.fedflow.spi.JsonCodec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * FATE's {@code Pipeline} message of a version. Its bytes fields hold JSON texts and are declared
 * as texts here: both have the same form in protobuf.
 */
final class PipelineMessage {

  private static final String COMPATIBLE = "1.11.2";

  private static final MessageSchema SCHEMA =
      MessageSchema.builder("Pipeline")
          .one("inference_dsl", 1, Type.STRING)
          .one("train_dsl", 2, Type.STRING)
          .one("train_runtime_conf", 3, Type.STRING)
          .one("fate_version", 4, Type.STRING)
          .one("model_id", 5, Type.STRING)
          .one("model_version", 6, Type.STRING)
          .one("parent", 7, Type.BOOL)
          .one("loaded_times", 8, Type.INT32)
          .one("roles", 9, Type.STRING)
          .one("work_mode", 10, Type.INT32)
          .one("initiator_role", 11, Type.STRING)
          .one("initiator_party_id", 12, Type.INT32)
          .one("runtime_conf_on_party", 13, Type.STRING)
          .one("parent_info", 14, Type.STRING)
          .build();

  private PipelineMessage() {}

  static ModelMessage of(PipelineModel model, JsonCodec codec) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("inference_dsl", codec.write(model.predictDsl()));
    values.put("train_dsl", codec.write(model.trainDsl()));
    values.put("train_runtime_conf", codec.write(model.trainConf()));
    values.put("fate_version", COMPATIBLE);
    values.put("model_id", model.modelId());
    values.put("model_version", model.modelVersion());
    values.put("parent", model.state() == PipelineModel.State.TRAINED);
    values.put("loaded_times", model.loads());
    values.put("roles", codec.write(roles(model)));
    values.put("initiator_role", model.initiator().role().name());
    values.put("initiator_party_id", number(model.initiator().id()));
    values.put("runtime_conf_on_party", codec.write(model.trainConf()));
    values.put("parent_info", codec.write(parent(model)));
    return new ModelMessage(SCHEMA, values);
  }

  private static Map<String, Object> roles(PipelineModel model) {
    Map<String, Object> roles = new LinkedHashMap<>();
    model
        .parties()
        .byRole()
        .forEach(
            (role, ids) -> roles.put(role.name(), ids.stream().map(Party::documentId).toList()));
    return roles;
  }

  private static Map<String, Object> parent(PipelineModel model) {
    return model.parent().isEmpty()
        ? Map.of()
        : Map.of("parent_model_id", model.parentModelId(), "parent_model_version", model.parent());
  }

  /** FATE's field is a number; an id that is none does not fit and is left out. */
  private static Integer number(String id) {
    return id.matches("0|[1-9][0-9]{0,8}") ? Integer.valueOf(id) : null;
  }
}

package io.fedflow.transport.http.v1;

import io.fedflow.model.PipelineModel;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pipeline model at one party in FATE's columns.
 *
 * @param model the model
 */
record ModelInfo(PipelineModel model) {

  private static final int KIBIBYTE = 1024;

  Map<String, Object> of(ZoneId zone) {
    return new Columns(zone)
        .put("model_id", model.modelId())
        .put("model_version", model.modelVersion())
        .put("role", model.party().role().name())
        .put("party_id", model.party().id())
        .put("job_id", model.modelVersion())
        .put("roles", PartyIds.roles(model.parties()))
        .put("initiator_role", model.initiator().role().name())
        .put("initiator_party_id", model.initiator().id())
        .put("runtime_conf", model.trainConf())
        .put("train_runtime_conf", model.trainConf())
        .put("runtime_conf_on_party", onParty())
        .put("train_dsl", model.trainDsl())
        .put("inference_dsl", model.predictDsl())
        .put("fate_version", Versions.COMPATIBLE)
        .put("parent", model.state() == PipelineModel.State.TRAINED)
        .put("parent_info", parentInfo())
        .put("loaded_times", model.loads())
        .put("services", model.services())
        .put("served", false)
        .put("imported", model.imported() ? 1 : 0)
        .put("description", model.notes())
        .time("create", model.createTime())
        .time("update", model.updateTime())
        .plain();
  }

  /** A size in FATE's unit; what is there takes at least one. */
  static long kibibytes(long bytes) {
    return (bytes + KIBIBYTE - 1) / KIBIBYTE;
  }

  private Map<String, Object> parentInfo() {
    return model.parent().isEmpty()
        ? Map.of()
        : Map.of("parent_model_id", model.parentModelId(), "parent_model_version", model.parent());
  }

  private Map<String, Object> onParty() {
    Map<String, Object> conf = new LinkedHashMap<>(model.trainConf());
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (conf.get("job_parameters") instanceof Map<?, ?> trained) {
      Object own = trained.get("common") instanceof Map<?, ?> common ? common : trained;
      ((Map<?, ?>) own).forEach((key, value) -> parameters.put(String.valueOf(key), value));
    }
    parameters.put("model_id", model.modelId());
    parameters.put("model_version", model.modelVersion());
    conf.put("job_parameters", parameters);
    return conf;
  }
}

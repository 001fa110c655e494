package io.fedflow.transport.http.v1;

import io.fedflow.job.JobRow;
import io.fedflow.model.ModelEntry;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A pipeline model at one party in FATE's columns. Its documents are those of the job that trained
 * it.
 *
 * @param job that party's view of the job
 * @param models the party's component models, in order of storing; never empty
 */
record ModelInfo(JobRow job, List<ModelEntry> models) {

  Map<String, Object> of(ZoneId zone) {
    return new Columns(zone)
        .put("model_id", models.get(0).modelId())
        .put("model_version", models.get(0).modelVersion())
        .put("role", job.party().role().name())
        .put("party_id", job.party().id())
        .put("job_id", job.jobId())
        .put("roles", PartyIds.roles(job.parties()))
        .put("initiator_role", job.initiator().role().name())
        .put("initiator_party_id", job.initiator().id())
        .put("runtime_conf", job.conf())
        .put("train_runtime_conf", job.conf())
        .put("runtime_conf_on_party", JobColumns.onParty(job))
        .put("train_dsl", job.dsl())
        .put("inference_dsl", job.dsl())
        .put("fate_version", Versions.COMPATIBLE)
        .put("parent", true)
        .put("parent_info", Map.of())
        .put("loaded_times", 0)
        .put("imported", 0)
        .put("description", job.notes())
        .time("create", models.get(models.size() - 1).createTime())
        .time("update", job.updateTime())
        .plain();
  }
}

package io.fedflow.transport.http.v1;

import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** A job's row in FATE's columns. */
final class JobColumns {

  private final ZoneId zone;

  JobColumns(ZoneId zone) {
    this.zone = zone;
  }

  Map<String, Object> of(JobRow job) {
    return new Columns(zone)
        .put("job_id", job.jobId())
        .put("role", job.party().role().name())
        .put("party_id", job.party().id())
        .put("is_initiator", job.isInitiator())
        .put("status", status(job.status()))
        .put("status_code", null)
        .put("progress", job.progress())
        .put("tag", job.status().terminal() ? "job_end" : "")
        .put("name", "")
        .put("description", job.notes())
        .put("initiator_role", job.initiator().role().name())
        .put("initiator_party_id", job.initiator().id())
        .put("roles", PartyIds.roles(job.parties()))
        .put("dsl", job.dsl())
        .put("runtime_conf", job.conf())
        .put("runtime_conf_on_party", onParty(job))
        .put("train_runtime_conf", Map.of())
        .put("error_report", job.cause())
        .put("user", Map.of())
        .put("user_id", "")
        .put("ready_signal", false)
        .put("cancel_signal", job.status() == JobStatus.CANCELED)
        .put("rerun_signal", false)
        .put("engine_name", ResourceController.ENGINE)
        .put("engine_type", "computing")
        .put("cores", job.slots())
        .put("memory", 0)
        .put("remaining_cores", 0)
        .put("remaining_memory", 0)
        .put("resource_in_use", job.slots() > 0)
        .put("end_scheduling_updates", 0)
        .put("inheritance_info", inheritance(job))
        .put("inheritance_status", job.inheritance().status().text())
        .time("create", job.createTime())
        .time("start", job.startTime())
        .time("end", job.endTime())
        .time("update", job.updateTime())
        .elapsed(job.startTime(), job.endTime())
        .plain();
  }

  private static Map<String, Object> inheritance(JobRow job) {
    return job.inheritance().any()
        ? Map.of(
            "job_id", job.inheritance().jobId(), "component_list", job.inheritance().components())
        : Map.of();
  }

  /** FATE's clients stop with an error when they see {@code ready}. */
  static String status(JobStatus status) {
    return (status == JobStatus.READY ? JobStatus.WAITING : status).text();
  }

  static Map<String, Object> onParty(JobRow job) {
    Map<String, Object> conf = new LinkedHashMap<>(job.conf());
    Map<String, Object> parameters = new LinkedHashMap<>(job.settings());
    parameters.put("model_id", job.modelId());
    parameters.put("model_version", job.modelVersion());
    conf.put("job_parameters", parameters);
    return conf;
  }
}

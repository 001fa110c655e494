package io.fedflow.transport.http.v1;

import io.fedflow.job.TaskRow;
import java.time.ZoneId;
import java.util.Map;

/** A task's row in FATE's columns. */
final class TaskColumns {

  private final ZoneId zone;

  TaskColumns(ZoneId zone) {
    this.zone = zone;
  }

  Map<String, Object> of(TaskRow task) {
    return new Columns(zone)
        .put("job_id", task.task().jobId())
        .put("task_id", task.task().name())
        .put("task_version", task.task().version())
        .put("component_name", task.task().component())
        .put("component_module", task.module())
        .put("role", task.party().role().name())
        .put("party_id", task.party().id())
        .put("status", task.status().text())
        .put("status_code", null)
        .put("party_status", task.partyStatus().text())
        .put("run_on_this_party", true)
        .put("component_parameters", Map.of("ComponentParam", task.params()))
        .put("error_report", task.cause())
        .time("create", task.createTime())
        .time("start", task.startTime())
        .time("end", task.endTime())
        .time("update", task.updateTime())
        .elapsed(task.startTime(), task.endTime())
        .plain();
  }
}

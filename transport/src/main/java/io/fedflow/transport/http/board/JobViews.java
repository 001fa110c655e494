package io.fedflow.transport.http.board;

import io.fedflow.dsl.JobPlan;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.job.Wait;
import io.fedflow.party.Party;
import io.fedflow.tracking.TraceContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs as JSON trees of our own: no prefixes, causes in plain sight. */
final class JobViews {

  private JobViews() {}

  /** One line of the list. */
  static Map<String, Object> brief(List<JobRow> views) {
    JobRow job = views.stream().filter(JobRow::isInitiator).findFirst().orElse(views.get(0));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("job_id", job.jobId());
    tree.put("status", job.status().text());
    tree.put("progress", job.progress());
    tree.put("cause", job.cause());
    tree.put("notes", job.notes());
    tree.put("initiator", party(job.initiator()));
    tree.put("roles", roles(job));
    tree.put("create_time", job.createTime());
    tree.put("start_time", job.startTime());
    tree.put("end_time", job.endTime());
    tree.put("parties", views.stream().map(JobViews::view).toList());
    return tree;
  }

  /** Everything of a job; the plan may be null. */
  static Map<String, Object> full(List<JobRow> views, List<TaskRow> tasks, JobPlan plan) {
    JobRow job = views.get(0);
    Map<String, Object> tree = new LinkedHashMap<>(brief(views));
    tree.put("model_id", job.modelId());
    tree.put("model_version", job.modelVersion());
    tree.put("trace_id", TraceContext.ofJob(job.jobId()).traceId());
    tree.put("settings", job.settings());
    tree.put("dsl", job.dsl());
    tree.put("conf", job.conf());
    tree.put("tasks", tasks.stream().map(JobViews::task).toList());
    tree.put(
        "graph",
        plan == null ? Map.of("nodes", List.of(), "edges", List.of()) : new PlanGraph(plan).tree());
    return tree;
  }

  /** Why a job and its components are where they are. */
  static Map<String, Object> explained(String jobId, List<Wait> waits) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("job_id", jobId);
    tree.put("waits", waits.stream().map(JobViews::wait).toList());
    return tree;
  }

  private static Map<String, Object> wait(Wait wait) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("component", wait.component());
    tree.put("cause", wait.cause().code());
    tree.put("role", wait.party() == null ? "" : wait.party().role().name());
    tree.put("party_id", wait.party() == null ? "" : wait.party().id());
    tree.put("since", wait.since());
    tree.put("text", wait.text());
    tree.put("remedy", wait.remedy());
    return tree;
  }

  private static Map<String, Object> view(JobRow view) {
    Map<String, Object> tree = new LinkedHashMap<>(party(view.party()));
    tree.put("status", view.status().text());
    tree.put("progress", view.progress());
    tree.put("cause", view.cause());
    tree.put("initiator", view.isInitiator());
    return tree;
  }

  private static Map<String, Object> task(TaskRow task) {
    Map<String, Object> tree = new LinkedHashMap<>(party(task.party()));
    tree.put("component", task.task().component());
    tree.put("version", task.task().version());
    tree.put("module", task.module());
    tree.put("status", task.status().text());
    tree.put("party_status", task.partyStatus().text());
    tree.put("cause", task.cause());
    tree.put("start_time", task.startTime());
    tree.put("end_time", task.endTime());
    tree.put(
        "traffic",
        Map.of(
            "messages_sent", task.traffic().messagesSent(),
            "bytes_sent", task.traffic().bytesSent(),
            "messages_received", task.traffic().messagesReceived(),
            "bytes_received", task.traffic().bytesReceived()));
    return tree;
  }

  private static Map<String, Object> roles(JobRow job) {
    Map<String, Object> roles = new LinkedHashMap<>();
    job.parties().byRole().forEach((role, ids) -> roles.put(role.name(), ids));
    return roles;
  }

  private static Map<String, Object> party(Party party) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("role", party.role().name());
    tree.put("party_id", party.id());
    return tree;
  }
}

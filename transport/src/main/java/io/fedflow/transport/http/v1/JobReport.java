package io.fedflow.transport.http.v1;

import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.job.TaskRow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When the tasks of a job ran, in the order of its graph. */
final class JobReport {

  private JobReport() {}

  /** One entry for each task at each party. */
  static List<Map<String, Object>> of(List<TaskRow> tasks, JobPlan plan) {
    return tasks.stream()
        .sorted(Comparator.comparingInt(task -> stage(task, plan)))
        .map(task -> entry(task, plan))
        .toList();
  }

  private static Map<String, Object> entry(TaskRow task, JobPlan plan) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("component_name", task.task().component());
    entry.put("start_time", task.startTime() == 0 ? null : task.startTime());
    entry.put("end_time", task.endTime() == 0 ? null : task.endTime());
    boolean ran = task.startTime() != 0 && task.endTime() != 0;
    entry.put("elapsed", ran ? task.endTime() - task.startTime() : null);
    entry.put("status", task.partyStatus().text());
    entry.put("index", stage(task, plan));
    return entry;
  }

  private static int stage(TaskRow task, JobPlan plan) {
    return plan.task(task.task().component()).map(PlannedTask::stage).orElse(0);
  }
}

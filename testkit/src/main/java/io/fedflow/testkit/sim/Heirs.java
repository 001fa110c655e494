package io.fedflow.testkit.sim;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes jobs that take over some of what an ended one did, and do the rest without trouble. */
final class Heirs {

  private static final String JOB = "job_parameters";
  private static final String COMMON = "common";

  private Heirs() {}

  /**
   * A job that inherits from another one.
   *
   * @param source what was submitted as {@code jobId}
   * @param name for the story, after the source's name
   * @return empty if nothing can be inherited
   */
  static Optional<JobSpec> of(
      JobSpec source, String jobId, String name, Watch watch, Chance chance) {
    JobRow row = watch.view(jobId, source.initiator());
    JobPlan plan = JobPlanner.plan(new JobDocuments(row.dsl(), row.conf()), Modules.catalog());
    List<String> chosen = chosen(plan, jobId, watch, chance);
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Script> scripts = new LinkedHashMap<>();
    source.scripts().forEach((component, script) -> scripts.put(component, script.repaired()));
    String full = source.name() + name;
    JobDocuments documents = new JobDocuments(row.dsl(), conf(row.conf(), full, jobId, chosen));
    return Optional.of(
        new JobSpec(full, documents, source.initiator(), scripts, JobStatus.SUCCESS));
  }

  /** Most of what ended well, never without what it reads from. */
  private static List<String> chosen(JobPlan plan, String jobId, Watch watch, Chance chance) {
    List<String> chosen = new ArrayList<>();
    for (int node : plan.graph().topological()) {
      PlannedTask task = plan.tasks().get(node);
      String component = task.component();
      if (watch.endedWell(jobId, component)
          && chosen.containsAll(plan.upstream(component))
          && chance.permille(700)) {
        chosen.add(component);
      }
    }
    return chosen;
  }

  private static Map<String, Object> conf(
      Map<String, Object> source, String name, String jobId, List<String> components) {
    Map<String, Object> common = new LinkedHashMap<>(object(object(source.get(JOB)).get(COMMON)));
    common.put(JobGenerator.NAME, name);
    common.put("inheritance_info", Map.of("job_id", jobId, "component_list", components));
    Map<String, Object> parameters = new LinkedHashMap<>(object(source.get(JOB)));
    parameters.put(COMMON, common);
    Map<String, Object> conf = new LinkedHashMap<>(source);
    conf.put(JOB, parameters);
    return conf;
  }

  @SuppressWarnings("unchecked") // the documents were planned: all keys are texts
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }
}

package io.fedflow.testkit.sim;

import io.fedflow.job.TaskRunner.Work;
import java.util.HashMap;
import java.util.Map;

/** The scripts of all jobs of a world. A job's conf tells by its user which of them it plays. */
final class ScriptBook {

  private final Map<String, Map<String, Script>> scripts = new HashMap<>();

  void add(JobSpec job) {
    scripts.put(job.name(), job.scripts());
  }

  Script of(Work work) {
    Object name = work.plan().settings().extra().get(JobGenerator.NAME);
    return scripts.get(String.valueOf(name)).get(work.task().component());
  }
}

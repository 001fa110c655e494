package io.fedflow.testkit.sim;

import io.fedflow.dsl.ParameterUpdate;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskRunner.Work;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The one parameter of simulated components, which updates change for all components of a job at
 * once, and what is known of its value from outside: several values while nobody knows what became
 * of an update. All parts of one run of a job must have the same one. Not thread-safe.
 */
final class Labels {

  /** The parameter's name. */
  static final String NAME = "label";

  private static final String COMPONENTS = "component_parameters";
  private static final String COMMON = "common";

  private record Run(String jobId, int round) {}

  private final Map<String, Set<Integer>> possible = new HashMap<>();
  private final Map<Run, Set<Integer>> allowed = new HashMap<>();
  private final Map<Run, Integer> seen = new HashMap<>();

  /** An update that gives every component of a job another label. */
  static ParameterUpdate update(JobSpec job, int label) {
    Map<String, Object> components = new HashMap<>();
    job.scripts().keySet().forEach(name -> components.put(name, Map.of(NAME, label)));
    return new ParameterUpdate(null, Map.of(COMMON, components));
  }

  /** The label in a conf; 0 if there is none. */
  private static int in(Map<String, Object> conf) {
    Object components = conf.get(COMPONENTS) instanceof Map<?, ?> all ? all.get(COMMON) : Map.of();
    return components instanceof Map<?, ?> common
        ? common.values().stream().mapToInt(Labels::of).max().orElse(0)
        : 0;
  }

  private static int of(Object params) {
    return params instanceof Map<?, ?> map && map.get(NAME) instanceof Number number
        ? number.intValue()
        : 0;
  }

  /** A party has a job's documents. */
  void created(String jobId, Map<String, Object> conf) {
    possible.computeIfAbsent(jobId, id -> new TreeSet<>(Set.of(in(conf))));
  }

  /** A user asks for an update. */
  void asked(String jobId, int label) {
    possible.get(jobId).add(label);
  }

  /** An update was done. */
  void taken(String jobId, int label) {
    possible.get(jobId).retainAll(Set.of(label));
  }

  /** An update was certainly not done. */
  void refused(String jobId, int label) {
    possible.get(jobId).remove(label);
  }

  /** A job begins to run once more. */
  void runs(String jobId, int round) {
    allowed.putIfAbsent(new Run(jobId, round), Set.copyOf(possible.get(jobId)));
  }

  /** A part begins to run; tells what is wrong with its label, if anything is. */
  Optional<String> begun(Work work, TaskRow row, int round) {
    int planned =
        of(work.plan().task(work.task().component()).orElseThrow().params().get(work.party()));
    if (planned != of(row.params())) {
      return Optional.of("its plan has label " + planned + ", its row " + row.params());
    }
    Run run = new Run(work.task().jobId(), round);
    Set<Integer> right = allowed.getOrDefault(run, possible.get(run.jobId()));
    if (!right.contains(planned)) {
      return Optional.of("it has label " + planned + ", allowed " + right);
    }
    int first = seen.computeIfAbsent(run, none -> planned);
    return first == planned
        ? Optional.empty()
        : Optional.of("it has label " + planned + ", others of the same run " + first);
  }
}

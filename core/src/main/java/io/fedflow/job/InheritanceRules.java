package io.fedflow.job;

import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.Inherits;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a job may take over from another one (flow-v1 §3.9). Pure. */
final class InheritanceRules {

  private static final List<String> SAME = List.of("module", "input", "output", "provider");

  private InheritanceRules() {}

  /**
   * A job with its documents.
   *
   * @param documents as submitted, updates included
   */
  record Documented(JobPlan plan, JobDocuments documents) {}

  /** Where the conf asks for inheritance. */
  static String pointer(JobPlan plan) {
    return plan.settings().dslVersion() == 1
        ? "conf/job_parameters/inheritance_info"
        : "conf/job_parameters/common/inheritance_info";
  }

  /**
   * Checks every component that a job wants to take over.
   *
   * @param statuses how the components of the source ended, over all parties
   * @param problems receives what is wrong
   */
  static void check(
      Documented job,
      Documented source,
      Inherits inherits,
      Map<String, TaskStatus> statuses,
      Problems problems) {
    for (int i = 0; i < inherits.components().size(); i++) {
      String component = inherits.components().get(i);
      String pointer = pointer(job.plan()) + "/component_list/" + i;
      Optional<PlannedTask> task = job.plan().task(component);
      Optional<PlannedTask> old = source.plan().task(component);
      if (task.isEmpty() || old.isEmpty()) {
        problems.error(
            pointer,
            "unknown in " + (task.isEmpty() ? "this job" : "job " + inherits.jobId()),
            component,
            "a component of both jobs");
        continue;
      }
      checkEnd(component, statuses.get(component), pointer, problems);
      checkDsl(component, job.documents(), source.documents(), pointer, problems);
      checkUpstream(job.plan(), component, inherits, pointer, problems);
      checkParams(task.get(), old.get(), pointer, problems);
    }
  }

  private static void checkEnd(
      String component, TaskStatus status, String pointer, Problems problems) {
    if (status == null || !status.good()) {
      problems.error(
          pointer,
          component + " did not end well",
          status == null ? "nothing known of it at this site" : status.text(),
          "success or pass");
    }
  }

  private static void checkDsl(
      String component, JobDocuments job, JobDocuments source, String pointer, Problems problems) {
    Map<?, ?> now = component(job, component);
    Map<?, ?> then = component(source, component);
    for (String part : SAME) {
      if (!Objects.equals(now.get(part), then.get(part))) {
        problems.error(
            pointer,
            "the " + part + " of " + component + " differs between the DSLs",
            String.valueOf(now.get(part)),
            String.valueOf(then.get(part)));
      }
    }
  }

  private static Map<?, ?> component(JobDocuments documents, String name) {
    return documents.dsl().get("components") instanceof Map<?, ?> components
            && components.get(name) instanceof Map<?, ?> component
        ? component
        : Map.of();
  }

  private static void checkUpstream(
      JobPlan plan, String component, Inherits inherits, String pointer, Problems problems) {
    for (String upstream : plan.upstream(component)) {
      if (!inherits.components().contains(upstream)) {
        problems.error(
            pointer,
            component + " reads from a component that is not listed",
            upstream,
            "listed, too, or " + component + " left out");
      }
    }
  }

  /** The parties of the two jobs need not be the same; what both have must agree. */
  private static void checkParams(
      PlannedTask task, PlannedTask old, String pointer, Problems problems) {
    for (Party party : task.params().keySet()) {
      if (old.runsAt(party)
          && !(task.params().get(party).equals(old.params().get(party))
              && tables(task, party).equals(tables(old, party)))) {
        problems.error(
            pointer,
            "the parameters of " + task.component() + " differ at " + party,
            String.valueOf(task.params().get(party)),
            String.valueOf(old.params().get(party)));
      }
    }
  }

  private static List<Object> tables(PlannedTask task, Party party) {
    List<Object> tables = new ArrayList<>();
    for (DataEdge edge : task.data()) {
      if (edge.source() instanceof DataEdge.StoredTable stored) {
        tables.add(Optional.ofNullable(stored.tables().get(party)));
      }
    }
    return tables;
  }

  /** Those of the usable components that hang on no other one, in plan order. */
  static List<String> connected(JobPlan plan, Set<String> usable) {
    Set<String> kept = new LinkedHashSet<>();
    for (int node : plan.graph().topological()) {
      String component = plan.tasks().get(node).component();
      if (usable.contains(component) && kept.containsAll(plan.upstream(component))) {
        kept.add(component);
      }
    }
    return plan.tasks().stream().map(PlannedTask::component).filter(kept::contains).toList();
  }
}

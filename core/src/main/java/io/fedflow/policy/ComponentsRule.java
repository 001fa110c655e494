package io.fedflow.policy;

import io.fedflow.dsl.PlannedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What runs at the party.
 *
 * @param name the rule's name
 * @param allow modules that may run; empty for all
 * @param deny modules that may not
 */
record ComponentsRule(String name, Set<String> allow, Set<String> deny) implements PolicyRule {

  static final String TYPE = "components";

  ComponentsRule {
    allow = Set.copyOf(allow);
    deny = Set.copyOf(deny);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public RuleVerdict judge(JobAsked job) {
    List<PolicyFinding> findings = new ArrayList<>();
    for (PlannedTask task : job.tasksHere()) {
      String module = job.moduleOf(task.module());
      if (!allow.isEmpty() && !allow.contains(module) || deny.contains(module)) {
        findings.add(new PolicyFinding(task.component() + "/module", task.module(), allowed()));
      }
    }
    return RuleVerdict.of(this, findings);
  }

  private String allowed() {
    String listed = allow.isEmpty() ? "all components" : new TreeSet<>(allow).toString();
    return deny.isEmpty() ? listed : listed + " but " + new TreeSet<>(deny);
  }
}

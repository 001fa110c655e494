package io.fedflow.policy;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.party.Party;
import io.fedflow.spi.ModelAsked;
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
      if (!welcome(module)) {
        findings.add(new PolicyFinding(task.component() + "/module", task.module(), allowed()));
      }
    }
    return RuleVerdict.of(this, findings);
  }

  @Override
  public RuleVerdict judge(Party at, ModelAsked asked, ComponentCatalog catalog) {
    List<PolicyFinding> findings = new ArrayList<>();
    for (String name : asked.modules()) {
      String module = catalog.find(name).map(found -> found.descriptor().module()).orElse(name);
      if (!welcome(module)) {
        findings.add(new PolicyFinding("model/module", name, allowed()));
      }
    }
    return RuleVerdict.of(this, findings);
  }

  private boolean welcome(String module) {
    return (allow.isEmpty() || allow.contains(module)) && !deny.contains(module);
  }

  private String allowed() {
    String listed = allow.isEmpty() ? "all components" : new TreeSet<>(allow).toString();
    return deny.isEmpty() ? listed : listed + " but " + new TreeSet<>(deny);
  }
}

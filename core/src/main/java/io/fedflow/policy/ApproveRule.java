package io.fedflow.policy;

import io.fedflow.dsl.InputTable;
import io.fedflow.policy.RuleVerdict.Says;
import java.util.List;
import java.util.Set;

/**
 * Which jobs of others somebody has to approve before they run.
 *
 * @param name the rule's name
 * @param initiators submitted by whom; empty for all
 * @param components that run one of these at the party; empty for all
 * @param tables that read one of these at the party; empty for all
 */
record ApproveRule(
    String name, Set<String> initiators, Set<String> components, List<NamePattern> tables)
    implements PolicyRule {

  static final String TYPE = "approve";

  ApproveRule {
    initiators = Set.copyOf(initiators);
    components = Set.copyOf(components);
    tables = List.copyOf(tables);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public RuleVerdict judge(JobAsked job) {
    String initiator = job.plan().initiator().id();
    boolean meant =
        !job.own()
            && (initiators.isEmpty() || initiators.contains(initiator))
            && (components.isEmpty() || job.modulesHere().stream().anyMatch(components::contains))
            && (tables.isEmpty()
                || InputTable.of(job.plan(), job.at()).stream()
                    .anyMatch(table -> NamePattern.any(tables, table.pattern())));
    return meant
        ? new RuleVerdict(
            name,
            TYPE,
            Says.ASKS,
            List.of(
                new PolicyFinding("job", "submitted by " + initiator, "after an approval only")))
        : RuleVerdict.of(this, List.of());
  }
}

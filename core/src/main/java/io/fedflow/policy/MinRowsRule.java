package io.fedflow.policy;

import io.fedflow.dsl.InputTable;
import io.fedflow.policy.RuleVerdict.Says;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many rows a table must have that a job reads: few rows tell much about each.
 *
 * @param name the rule's name
 * @param rows how many at least
 * @param tables which tables it is about
 */
record MinRowsRule(String name, long rows, List<NamePattern> tables) implements PolicyRule {

  static final String TYPE = "min_rows";

  MinRowsRule {
    tables = List.copyOf(tables);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public RuleVerdict judge(JobAsked job) {
    List<PolicyFinding> few = new ArrayList<>();
    List<PolicyFinding> unknown = new ArrayList<>();
    String allowed = rows + " rows or more";
    for (InputTable table : InputTable.of(job.plan(), job.at())) {
      if (NamePattern.any(tables, table.pattern())) {
        OptionalLong found = job.rows().getOrDefault(table, OptionalLong.empty());
        if (found.isPresent() && found.getAsLong() < rows) {
          few.add(new PolicyFinding(table.toString(), found.getAsLong() + " rows", allowed));
        } else if (found.isEmpty()) {
          unknown.add(new PolicyFinding(table.toString(), "no such table", allowed));
        }
      }
    }
    if (few.isEmpty() && job.offline() && !unknown.isEmpty()) {
      return new RuleVerdict(
          name,
          TYPE,
          Says.UNKNOWN,
          unknown.stream()
              .map(each -> new PolicyFinding(each.where(), "nothing offline", allowed))
              .toList());
    }
    few.addAll(unknown);
    return RuleVerdict.of(this, few);
  }
}

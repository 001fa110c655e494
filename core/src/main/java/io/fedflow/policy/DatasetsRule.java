package io.fedflow.policy;

import io.fedflow.dsl.InputTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tables of the party which jobs may read; what no entry allows is refused.
 *
 * @param name the rule's name
 * @param allow the entries; at least one
 */
record DatasetsRule(String name, List<Entry> allow) implements PolicyRule {

  static final String TYPE = "datasets";

  DatasetsRule {
    allow = List.copyOf(allow);
  }

  /**
   * Tables that may be read.
   *
   * @param tables their names
   * @param partners all other parties of the job must be among these; empty for all
   * @param components all that the party runs in the job must be among these; empty for all
   */
  record Entry(List<NamePattern> tables, Set<String> partners, Set<String> components) {

    Entry {
      tables = List.copyOf(tables);
      partners = Set.copyOf(partners);
      components = Set.copyOf(components);
    }

    boolean names(InputTable table) {
      return NamePattern.any(tables, table.pattern());
    }

    boolean admits(JobAsked job) {
      return (partners.isEmpty() || partners.containsAll(job.partners()))
          && (components.isEmpty() || components.containsAll(job.modulesHere()));
    }

    String allowed() {
      List<String> words = new ArrayList<>();
      if (!partners.isEmpty()) {
        words.add("partners " + new TreeSet<>(partners));
      }
      if (!components.isEmpty()) {
        words.add("components " + new TreeSet<>(components));
      }
      return String.join(" with ", words);
    }
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public RuleVerdict judge(JobAsked job) {
    List<PolicyFinding> findings = new ArrayList<>();
    for (InputTable table : InputTable.of(job.plan(), job.at())) {
      List<Entry> named = allow.stream().filter(entry -> entry.names(table)).toList();
      if (named.stream().noneMatch(entry -> entry.admits(job))) {
        findings.add(
            named.isEmpty()
                ? new PolicyFinding(table.toString(), "no entry for it", "tables " + tables())
                : new PolicyFinding(
                    table.toString(),
                    "partners " + job.partners() + " with components " + job.modulesHere(),
                    String.join(" or ", named.stream().map(Entry::allowed).toList())));
      }
    }
    return RuleVerdict.of(this, findings);
  }

  private String tables() {
    return NamePattern.listed(allow.stream().flatMap(entry -> entry.tables().stream()).toList());
  }
}

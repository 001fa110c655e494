package io.fedflow.policy;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.spi.ModelAsked;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * With whom the party works.
 *
 * @param name the rule's name
 * @param roles partners in which roles it is about; empty for all
 * @param allow ids of partners that may be there; empty for all
 * @param deny ids of partners that may not
 */
record PartnersRule(String name, Set<String> roles, Set<String> allow, Set<String> deny)
    implements PolicyRule {

  static final String TYPE = "partners";

  PartnersRule {
    roles = Set.copyOf(roles);
    allow = Set.copyOf(allow);
    deny = Set.copyOf(deny);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public RuleVerdict judge(JobAsked job) {
    return judge(job.at(), job.plan().parties());
  }

  @Override
  public RuleVerdict judge(Party at, ModelAsked asked, ComponentCatalog catalog) {
    return judge(at, asked.parties());
  }

  private RuleVerdict judge(Party at, Parties parties) {
    List<PolicyFinding> findings = new ArrayList<>();
    for (Party party : parties.all()) {
      boolean other = !party.id().equals(at.id());
      boolean meant = roles.isEmpty() || roles.contains(party.role().name());
      if (other && meant && !welcome(party.id())) {
        findings.add(new PolicyFinding("role/" + party.role(), party.id(), allowed()));
      }
    }
    return RuleVerdict.of(this, findings);
  }

  private boolean welcome(String id) {
    return (allow.isEmpty() || allow.contains(id)) && !deny.contains(id);
  }

  private String allowed() {
    String listed = allow.isEmpty() ? "all partners" : "partners " + new TreeSet<>(allow);
    return deny.isEmpty() ? listed : listed + " but " + new TreeSet<>(deny);
  }
}

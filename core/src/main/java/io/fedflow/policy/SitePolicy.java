package io.fedflow.policy;

import io.fedflow.party.Role;
import io.fedflow.policy.RuleVerdict.Says;
import io.fedflow.spi.JobPolicy.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rules of a site. All of them count, whatever their order: a job that one rule refuses is
 * refused, and one that no rule refuses waits if a rule asks. Jobs of one local party alone, such
 * as uploads, are none of its business. Immutable.
 *
 * @param rules in the order of the file
 */
public record SitePolicy(List<PolicyRule> rules) {

  /** Without any rule: every job is welcome. */
  public static final SitePolicy NONE = new SitePolicy(List.of());

  /** A longer list of reasons helps nobody. */
  private static final int MOST_REASONS = 5;

  /** Copies the list. */
  public SitePolicy {
    rules = List.copyOf(rules);
  }

  /** What each rule says about a job. Pure. */
  public List<RuleVerdict> judge(JobAsked job) {
    return job.at().role().equals(Role.LOCAL)
        ? List.of()
        : rules.stream().map(rule -> rule.judge(job)).toList();
  }

  /** Tells whether a rule needs to know how many rows tables have. */
  public boolean asksForRows() {
    return rules.stream().anyMatch(MinRowsRule.class::isInstance);
  }

  /** What follows from what the rules say; what could not be looked at is refused. */
  public static Decision decision(List<RuleVerdict> verdicts) {
    List<RuleVerdict> against =
        verdicts.stream()
            .filter(each -> each.says() == Says.REFUSES || each.says() == Says.UNKNOWN)
            .toList();
    if (!against.isEmpty()) {
      List<String> reasons = new ArrayList<>();
      against.stream().limit(MOST_REASONS).forEach(each -> reasons.add(each.toString()));
      int more = against.size() - MOST_REASONS;
      return Decision.refuse(
          "policy "
              + String.join("; ", reasons)
              + (more > 0 ? "; and " + more + " more rules" : ""));
    }
    List<String> asking =
        verdicts.stream()
            .filter(each -> each.says() == Says.ASKS)
            .map(each -> "'" + each.rule() + "'")
            .toList();
    return asking.isEmpty()
        ? Decision.allow()
        : Decision.ask(
            (asking.size() == 1 ? "policy rule " : "policy rules ")
                + asking.stream().limit(MOST_REASONS).collect(Collectors.joining(", ")));
  }
}

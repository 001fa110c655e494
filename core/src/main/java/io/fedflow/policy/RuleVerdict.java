package io.fedflow.policy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What one rule says about a job. Immutable.
 *
 * @param rule the rule's name
 * @param type what sort of rule it is, as in the file
 * @param says whether the job meets it
 * @param findings why not, or what could not be looked at; empty if it is met
 */
public record RuleVerdict(String rule, String type, Says says, List<PolicyFinding> findings) {

  /** A longer list of reasons helps nobody. */
  private static final int MOST_TOLD = 5;

  /** Copies the list. */
  public RuleVerdict {
    findings = List.copyOf(findings);
  }

  /** Refused if anything was found. */
  static RuleVerdict of(PolicyRule rule, List<PolicyFinding> findings) {
    return new RuleVerdict(
        rule.name(), rule.type(), findings.isEmpty() ? Says.ALLOWS : Says.REFUSES, findings);
  }

  /** {@code rule 'name': where: found …, allowed …; …}. */
  @Override
  public String toString() {
    int more = findings.size() - MOST_TOLD;
    return "rule '"
        + rule
        + "': "
        + findings.stream()
            .limit(MOST_TOLD)
            .map(PolicyFinding::toString)
            .collect(Collectors.joining("; "))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  /** An answer. */
  public enum Says {
    /** The job meets the rule. */
    ALLOWS,
    /** The job does not meet the rule. */
    REFUSES,
    /** Somebody has to approve the job. */
    ASKS,
    /** What the rule is about could not be looked at. */
    UNKNOWN;

    /** In lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

package io.fedflow.policy;

import java.util.List;
import java.util.Locale;

/**
 * What one rule says about a job. Immutable.
 *
 * @param rule the rule's name
 * @param type what sort of rule it is, as in the file
 * @param says whether the job meets it
 * @param findings why not, or what could not be looked at; empty if it is met
 */
public record RuleVerdict(String rule, String type, Says says, List<PolicyFinding> findings) {

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
    return "rule '"
        + rule
        + "': "
        + String.join("; ", findings.stream().map(PolicyFinding::toString).toList());
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

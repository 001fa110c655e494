package io.fedflow.policy;

import io.fedflow.dsl.PlannedTask;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A bound for a parameter, defaults included.
 *
 * @param name the rule's name
 * @param component the module; {@code *} for every component that has the parameter
 * @param parameter its name; names of nested ones after dots
 * @param everywhere whether it is about what every party of the job would run by, not only this one
 * @param min the least number; null for none
 * @param max the greatest number; null for none
 * @param oneOf the values that it may have; empty for all
 */
record ParameterRule(
    String name,
    String component,
    String parameter,
    boolean everywhere,
    Double min,
    Double max,
    List<Object> oneOf)
    implements PolicyRule {

  static final String TYPE = "parameter";
  static final String EVERY = "*";

  ParameterRule {
    oneOf = List.copyOf(oneOf);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public RuleVerdict judge(JobAsked job) {
    List<PolicyFinding> findings = new ArrayList<>();
    for (PlannedTask task : job.plan().tasks()) {
      if (component.equals(EVERY) || component.equals(job.moduleOf(task.module()))) {
        List<Party> parties = everywhere ? job.plan().parties().all() : List.of(job.at());
        parties.stream().filter(task::runsAt).forEach(party -> judge(job, task, party, findings));
      }
    }
    return RuleVerdict.of(this, findings);
  }

  private void judge(JobAsked job, PlannedTask task, Party party, List<PolicyFinding> findings) {
    Object at = job.parameters(task, party);
    String[] keys = parameter.split("\\.");
    for (String key : keys) {
      if (!(at instanceof Map<?, ?> map) || !map.containsKey(key)) {
        return;
      }
      at = map.get(key);
    }
    if (!fits(at)) {
      String where = task.component() + '/' + String.join("/", keys);
      findings.add(
          new PolicyFinding(
              party.equals(job.at()) ? where : where + " at " + party,
              String.valueOf(at),
              allowed()));
    }
  }

  private boolean fits(Object value) {
    if (min != null || max != null) {
      if (!(value instanceof Number number)) {
        return false;
      }
      double found = number.doubleValue();
      if (min != null && !(found >= min) || max != null && !(found <= max)) {
        return false;
      }
    }
    return oneOf.isEmpty() || oneOf.stream().anyMatch(each -> same(each, value));
  }

  private static boolean same(Object one, Object other) {
    return one instanceof Number a && other instanceof Number b
        ? a.doubleValue() == b.doubleValue()
        : one.equals(other);
  }

  private String allowed() {
    List<String> words = new ArrayList<>();
    if (min != null) {
      words.add(number(min) + " or more");
    }
    if (max != null) {
      words.add(number(max) + " or less");
    }
    if (!oneOf.isEmpty()) {
      words.add("one of " + oneOf);
    }
    return String.join(" and ", words);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}

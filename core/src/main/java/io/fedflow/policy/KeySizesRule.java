package io.fedflow.policy;

import io.fedflow.dsl.PlannedTask;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long keys must be, whichever party makes them.
 *
 * @param name the rule's name
 * @param paillier least bits of the modulus of homomorphic encryption; 0 for any
 * @param rsa least bits of the modulus of set intersection by RSA; 0 for any
 */
record KeySizesRule(String name, int paillier, int rsa) implements PolicyRule {

  static final String TYPE = "key_sizes";

  private static final String LENGTH = "key_length";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public RuleVerdict judge(JobAsked job) {
    List<PolicyFinding> findings = new ArrayList<>();
    for (PlannedTask task : job.plan().tasks()) {
      for (Party party : job.plan().parties().all()) {
        Map<String, Object> parameters = job.parameters(task, party);
        String who = party.equals(job.at()) ? "" : " at " + party;
        check(task, parameters, "encrypt_param", paillier, who, findings);
        if ("rsa".equals(parameters.get("intersect_method"))) {
          check(task, parameters, "rsa_params", rsa, who, findings);
        }
      }
    }
    return RuleVerdict.of(this, findings);
  }

  private static void check(
      PlannedTask task,
      Map<String, Object> parameters,
      String object,
      int least,
      String who,
      List<PolicyFinding> findings) {
    if (least > 0
        && parameters.get(object) instanceof Map<?, ?> settings
        && settings.containsKey(LENGTH)) {
      Object bits = settings.get(LENGTH);
      if (!(bits instanceof Number number) || number.longValue() < least) {
        findings.add(
            new PolicyFinding(
                task.component() + '/' + object + '/' + LENGTH + who,
                bits + " bits",
                least + " bits or more"));
      }
    }
  }
}

package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.Map;

/** Job parameters as one party sees them. */
public final class PartyJobParameters {

  private PartyJobParameters() {}

  /**
   * The completed common parameters of a job, and over them every {@code job_parameters.role}
   * section that names the party, in file order. What the engine itself acts on it takes from
   * {@link JobPlan#settings()}; this is for what it hands on.
   *
   * @throws IllegalArgumentException if the party takes no part in the job
   */
  public static Map<String, Object> at(JobPlan plan, Party party) {
    if (!plan.parties().contains(party)) {
      throw new IllegalArgumentException(
          "party: found " + party + ", allowed one of " + plan.parties().all());
    }
    Map<String, Object> merged = new LinkedHashMap<>(plan.settings().toTree());
    DocumentNode byRole =
        new DocumentNode(
            JsonPointer.of("conf/job_parameters/role"), merged.remove("role_parameters"));
    // The planner has checked these sections, and warned about them.
    Problems known = new Problems();
    for (RoleSection section : RoleSection.read(byRole, plan.parties(), known)) {
      if (section.parties().contains(party)) {
        Map<String, Object> over = new LinkedHashMap<>();
        section.node().fields(known).forEach((name, node) -> over.put(name, node.value()));
        merged = TreeMerge.merge(merged, over);
      }
    }
    return merged;
  }
}

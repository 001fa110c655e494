package io.fedflow.job;

import io.fedflow.dsl.JobPlan;
import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import java.util.List;
import java.util.function.Predicate;

/** Where the parties of a job are, as asked by {@code work_mode} and as it is. */
final class WorkMode {

  /** All parties at this site. */
  static final int ALL_HERE = 0;

  /** Parties by routing table. */
  static final int ROUTED = 1;

  private WorkMode() {}

  /** What a job uses at this site. */
  static int used(JobPlan plan, Predicate<Party> here) {
    return plan.parties().all().stream().allMatch(here) ? ALL_HERE : ROUTED;
  }

  /**
   * Refuses a job that is to stay at this site but names parties of others.
   *
   * @throws io.fedflow.failure.ProblemsException naming them
   */
  static void check(JobPlan plan, Predicate<Party> here) {
    Integer asked = plan.settings().workMode();
    if (asked == null || asked != ALL_HERE || used(plan, here) == ALL_HERE) {
      return;
    }
    List<Party> away = plan.parties().all().stream().filter(here.negate()).toList();
    String place = plan.settings().dslVersion() == 1 ? "" : "/common";
    Problems problems = new Problems();
    problems.error(
        "conf/job_parameters" + place + "/work_mode",
        "the job is to stay at this site, but " + away + " live at others",
        asked,
        ROUTED + " (parties by routing table)");
    problems.throwIfAny();
  }
}

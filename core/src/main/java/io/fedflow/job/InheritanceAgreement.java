package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.dsl.Inherits;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.TaskQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds out, before a job begins, what all its parties can take over. Thread-safe. */
final class InheritanceAgreement {

  private final EngineParts parts;

  InheritanceAgreement(EngineParts parts) {
    this.parts = parts;
  }

  /**
   * What was agreed on.
   *
   * @param inherited what all parties take over
   * @param statuses how these components ended
   * @param warnings what runs although it was to be taken over
   */
  record Agreed(Inheritance inherited, Map<String, TaskStatus> statuses, List<Problem> warnings) {

    private static final Agreed NOTHING = new Agreed(Inheritance.NONE, Map.of(), List.of());

    /** Copies the collections. */
    Agreed {
      statuses = Map.copyOf(statuses);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Agrees on what a job takes over.
   *
   * @return fails with {@link io.fedflow.failure.ProblemsException} if it asks for what cannot be,
   *     or with the failure of a party that cannot be asked
   */
  CompletionStage<Agreed> agree(JobDocuments documents, JobPlan plan) {
    if (plan.settings().inherits().isEmpty()) {
      return CompletableFuture.completedStage(Agreed.NOTHING);
    }
    Inherits inherits = plan.settings().inherits().get();
    JobStore jobs = parts.stores().jobs();
    CompletionStage<Map<String, TaskStatus>> ends = ends(jobs, inherits.jobId());
    return jobs.jobs(JobQuery.ofJob(inherits.jobId()))
        .thenCombine(ends, (views, statuses) -> checked(documents, plan, inherits, views, statuses))
        .thenCompose(statuses -> askAll(plan, inherits, statuses));
  }

  /** How the tasks of a job ended, those included that run elsewhere if it is coordinated here. */
  private static CompletionStage<Map<String, TaskStatus>> ends(JobStore jobs, String jobId) {
    return jobs.tasks(TaskQuery.ofJob(jobId))
        .thenCombine(
            jobs.coordination(jobId),
            (rows, coordination) -> {
              Map<String, TaskStatus> statuses = new HashMap<>();
              rows.forEach(row -> statuses.put(row.task().component(), row.status()));
              coordination.ifPresent(
                  row ->
                      row.tasks().forEach(held -> statuses.put(held.component(), held.status())));
              return statuses;
            });
  }

  private Map<String, TaskStatus> checked(
      JobDocuments documents,
      JobPlan plan,
      Inherits inherits,
      List<JobRow> views,
      Map<String, TaskStatus> statuses) {
    Problems problems = new Problems();
    JobRow leading = JobRow.leading(views).orElse(null);
    if (leading == null) {
      problems.error(
          InheritanceRules.pointer(plan) + "/job_id",
          "unknown at this site",
          inherits.jobId(),
          "a job that this site took part in");
    } else {
      JobDocuments old = new JobDocuments(leading.dsl(), leading.conf());
      InheritanceRules.check(
          new InheritanceRules.Documented(plan, documents),
          new InheritanceRules.Documented(JobPlanner.plan(old, parts.catalog()), old),
          inherits,
          statuses,
          problems);
    }
    problems.throwIfAny();
    return statuses;
  }

  private CompletionStage<Agreed> askAll(
      JobPlan plan, Inherits inherits, Map<String, TaskStatus> statuses) {
    Map<Party, List<String>> asked = new LinkedHashMap<>();
    for (Party party : plan.parties().all()) {
      List<String> own =
          inherits.components().stream()
              .filter(component -> plan.task(component).orElseThrow().runsAt(party))
              .toList();
      if (!own.isEmpty()) {
        asked.put(party, own);
      }
    }
    Set<String> usable = new HashSet<>(inherits.components());
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    asked.forEach(
        (party, own) ->
            answers.add(
                Stages.start(
                        () ->
                            parts
                                .link()
                                .ask(
                                    party,
                                    new PartyQuestion.CheckInheritance(inherits.jobId(), own)))
                    .thenAccept(answer -> drop(own, (PartyAnswer.Inheritable) answer, usable))
                    .toCompletableFuture()));
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> agreed(plan, inherits, usable, statuses));
  }

  private static void drop(
      List<String> own, PartyAnswer.Inheritable inheritable, Set<String> usable) {
    synchronized (usable) {
      for (String component : own) {
        if (!inheritable.components().contains(component)) {
          usable.remove(component);
        }
      }
    }
  }

  private static Agreed agreed(
      JobPlan plan, Inherits inherits, Set<String> usable, Map<String, TaskStatus> statuses) {
    List<String> effective = InheritanceRules.connected(plan, usable);
    List<Problem> warnings = new ArrayList<>();
    Map<String, TaskStatus> ends = new HashMap<>();
    for (int i = 0; i < inherits.components().size(); i++) {
      String component = inherits.components().get(i);
      if (effective.contains(component)) {
        ends.put(component, statuses.get(component));
      } else {
        warnings.add(
            new Problem(
                InheritanceRules.pointer(plan) + "/component_list/" + i,
                "not every party has its outputs any more, or those of a component that it reads"
                    + " from; it runs again",
                component,
                "outputs that were not cleaned"));
      }
    }
    return effective.isEmpty()
        ? new Agreed(Inheritance.NONE, Map.of(), warnings)
        : new Agreed(
            new Inheritance(inherits.jobId(), effective, Inheritance.Status.WAITING),
            ends,
            warnings);
  }
}

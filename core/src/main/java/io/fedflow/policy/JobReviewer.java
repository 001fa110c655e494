package io.fedflow.policy;

import io.fedflow.Site;
import io.fedflow.component.Component;
import io.fedflow.data.Stages;
import io.fedflow.data.TableEntry;
import io.fedflow.dsl.InputTable;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.job.JobRow;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.policy.JobReview.Message;
import io.fedflow.policy.JobReview.Part;
import io.fedflow.policy.JobReview.Used;
import io.fedflow.spi.JobQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells what jobs use and reveal, by the documents that the parties of this site stored and by the
 * messages that components declare: the federation refuses any other message. Thread-safe.
 */
public final class JobReviewer {

  private final Site site;
  private final Optional<SitePolicyCheck> rules;

  /**
   * Reviews jobs of a site.
   *
   * @param rules the site's rules; empty if it has none
   */
  public JobReviewer(Site site, Optional<SitePolicyCheck> rules) {
    this.site = site;
    this.rules = rules;
  }

  /**
   * Reviews a job at all parties of this site. Blocking.
   *
   * @throws FedflowException {@code job.unknown} if no party of this site takes part
   */
  public List<JobReview> review(String jobId) {
    List<JobRow> views = Stages.join(site.tracking().jobs(JobQuery.ofJob(jobId)));
    JobPlan plan =
        Stages.join(site.pipelines().planOf(jobId))
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "job.unknown", "this site does not know job " + jobId));
    return views.stream().map(view -> review(view, plan)).toList();
  }

  private JobReview review(JobRow view, JobPlan plan) {
    Party at = view.party();
    return new JobReview(
        view.jobId(),
        at,
        view.initiator(),
        view.parties(),
        view.status(),
        view.unapproved() && !view.status().terminal(),
        InputTable.of(plan, at).stream().map(table -> used(at, table)).toList(),
        plan.tasks().stream()
            .filter(task -> task.runsAt(at))
            .map(task -> part(plan, task, at))
            .toList(),
        rules.map(check -> Stages.join(check.verdicts(at, plan))).orElse(List.of()));
  }

  private Used used(Party at, InputTable table) {
    if (table instanceof InputTable.Stored stored) {
      Optional<TableEntry> found =
          Stages.join(site.data().find(stored.table().namespace(), stored.table().name()));
      return new Used(
          table,
          found.map(entry -> OptionalLong.of(entry.rowCount())).orElse(OptionalLong.empty()),
          found.map(TableEntry::schema));
    }
    OptionalLong rows =
        Stages.join(new StoredRowCounts(site.data(), site.tracking()).of(at, table));
    return new Used(table, rows, Optional.empty());
  }

  private Part part(JobPlan plan, PlannedTask task, Party at) {
    List<MessageDeclaration> declared =
        site.components()
            .find(task.module())
            .map(Component::descriptor)
            .map(found -> found.messages())
            .orElse(List.of());
    Map<String, Object> parameters =
        JobAsked.offline(at, plan, site.components()).parameters(task, at);
    return new Part(
        task.component(),
        task.module(),
        parameters,
        crossing(declared, plan, task, at, MessageDeclaration::from, MessageDeclaration::to),
        crossing(declared, plan, task, at, MessageDeclaration::to, MessageDeclaration::from));
  }

  /** The messages of which the party is at one end, and who runs the task at the other. */
  private static List<Message> crossing(
      List<MessageDeclaration> declared,
      JobPlan plan,
      PlannedTask task,
      Party at,
      Function<MessageDeclaration, Set<Role>> thisEnd,
      Function<MessageDeclaration, Set<Role>> otherEnd) {
    List<Message> messages = new ArrayList<>();
    for (MessageDeclaration each : declared) {
      if (thisEnd.apply(each).contains(at.role())) {
        List<Party> others =
            plan.parties().all().stream()
                .filter(party -> !party.equals(at))
                .filter(task::runsAt)
                .filter(party -> otherEnd.apply(each).contains(party.role()))
                .toList();
        if (!others.isEmpty()) {
          messages.add(new Message(each, others));
        }
      }
    }
    return messages;
  }
}

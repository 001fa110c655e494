package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.TaskQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers what other sites ask the parties of this one. Thread-safe; changes nothing. */
final class QuestionDesk {

  private final EngineParts parts;
  private final Inheritor inheritor;
  private final ApprovalReasons reasons;
  private final Function<String, JobShell> shells;

  /**
   * A desk of a site.
   *
   * @param shells gives the shell of a live job; null for others
   */
  QuestionDesk(
      EngineParts parts,
      Inheritor inheritor,
      ApprovalReasons reasons,
      Function<String, JobShell> shells) {
    this.reasons = reasons;
    this.parts = parts;
    this.inheritor = inheritor;
    this.shells = shells;
  }

  CompletionStage<PartyAnswer> answer(Party to, PartyQuestion question) {
    if (question instanceof PartyQuestion.CollectTasks collect) {
      return rows(to, collect.jobId()).thenApply(rows -> collected(rows, collect.tasks()));
    }
    if (question instanceof PartyQuestion.CheckApproval) {
      return approval(to, question.jobId());
    }
    PartyQuestion.CheckInheritance check = (PartyQuestion.CheckInheritance) question;
    return inheritor
        .inheritable(check.jobId(), check.components(), to)
        .thenApply(PartyAnswer.Inheritable::new);
  }

  private CompletionStage<PartyAnswer> approval(Party to, String jobId) {
    JobShell shell = shells.apply(jobId);
    PartyState state = shell == null ? null : shell.state(to);
    if (state == null || state.job().status().terminal() || !state.job().unapproved()) {
      long since = state == null || state.job().status().terminal() ? 0 : state.job().updateTime();
      return CompletableFuture.completedStage(new PartyAnswer.Approval(false, since));
    }
    return reasons
        .of(jobId, to)
        .thenApply(reason -> new PartyAnswer.Approval(true, state.job().updateTime(), reason));
  }

  private CompletionStage<List<TaskRow>> rows(Party to, String jobId) {
    JobShell shell = shells.apply(jobId);
    PartyState state = shell == null ? null : shell.state(to);
    if (state != null) {
      return CompletableFuture.completedStage(state.tasks());
    }
    return parts
        .stores()
        .jobs()
        .countJobs(JobQuery.of(jobId, to))
        .thenCompose(
            known -> {
              if (known == 0) {
                throw FedflowException.invalid(
                    "job.unknown", "job " + jobId + " is unknown at " + to);
              }
              return parts.stores().jobs().tasks(TaskQuery.ofJob(jobId));
            })
        .thenApply(all -> all.stream().filter(row -> row.party().equals(to)).toList());
  }

  private static PartyAnswer collected(List<TaskRow> rows, List<TaskId> asked) {
    return new PartyAnswer.Collected(
        asked.stream()
            .map(task -> rows.stream().filter(row -> row.task().equals(task)).findFirst())
            .flatMap(Optional::stream)
            .filter(row -> row.partyStatus().terminal())
            .map(QuestionDesk::report)
            .toList());
  }

  private static PartyCommand.ReportTask report(TaskRow row) {
    return new PartyCommand.ReportTask(
        row.task(), row.party(), row.partyStatus(), row.cause(), row.lost(), row.traffic());
  }
}

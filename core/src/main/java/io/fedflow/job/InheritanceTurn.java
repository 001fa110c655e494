package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets the local parties of a new job take over what they inherit, in the job's lane and in that of
 * its source: the one neither runs nor ends here meanwhile, and the other is neither cleaned nor
 * run again. A job inherits from older ones only, so no two lanes wait for each other. Thread-safe.
 */
final class InheritanceTurn {

  private final LiveJobs jobs;
  private final Inheritor inheritor;

  InheritanceTurn(LiveJobs jobs, Inheritor inheritor) {
    this.jobs = jobs;
    this.inheritor = inheritor;
  }

  /**
   * Completes when a party that created the job has all it inherits, and that is stored; at once if
   * it inherits nothing. Again is without effect.
   *
   * @return fails with what is missing, or with CANCELLED if the job ended before
   */
  CompletionStage<Void> take(JobShell shell, Party party) {
    return shell.state(party).job().inheritance().any()
        ? shell.turn(() -> takeNow(shell, party))
        : CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> takeNow(JobShell shell, Party party) {
    JobRow job = shell.state(party).job();
    Inheritance.Status status = job.inheritance().status();
    if (status == Inheritance.Status.FAILED) {
      return CompletableFuture.failedStage(
          FedflowException.cancelled(
              "job " + job.jobId() + " ended before " + party + " took over its inheritance"));
    }
    if (status != Inheritance.Status.RUNNING) {
      return CompletableFuture.completedStage(null);
    }
    return Stages.start(
            () ->
                jobs.revived(
                    job.inheritance().jobId(),
                    source -> source.ended().hold(() -> inheritor.take(job, shell.plan()))))
        .handle((attempts, failed) -> stored(shell, party, attempts, failed))
        .thenCompose(stored -> stored);
  }

  private static CompletionStage<Void> stored(
      JobShell shell, Party party, List<TaskRow> attempts, Throwable failed) {
    if (failed == null) {
      return shell.alone(party, new PartyEvent.Inherited(attempts), null);
    }
    return shell
        .alone(party, new PartyEvent.NotInherited(), null)
        .thenCompose(ok -> CompletableFuture.failedStage(Stages.unwrap(failed)));
  }
}

package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets the local parties of a new job take over what they inherit, in the job's lane: the job
 * neither runs nor ends here meanwhile. Thread-safe.
 */
final class InheritanceTurn {

  private final Inheritor inheritor;

  InheritanceTurn(Inheritor inheritor) {
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
    return Stages.start(() -> inheritor.take(job, components(shell, job)))
        .handle((attempts, failed) -> stored(shell, party, attempts, failed))
        .thenCompose(stored -> stored);
  }

  private static List<String> components(JobShell shell, JobRow job) {
    return job.inheritance().components().stream()
        .filter(name -> shell.plan().task(name).filter(t -> t.runsAt(job.party())).isPresent())
        .toList();
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

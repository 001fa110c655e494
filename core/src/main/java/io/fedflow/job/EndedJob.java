package io.fedflow.job;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.Signal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What only an ended job allows: to run again, to get other parameters, to be cleaned. Each is a
 * turn in the job's lane, so none of them meets another. Thread-safe.
 */
final class EndedJob {

  /** The code of {@link #live}. */
  static final String LIVE = "job.live";

  private final JobShell shell;
  private final EngineParts parts;

  /** Several turns long: between them the job must not run. */
  private volatile boolean updating;

  EndedJob(JobShell shell, EngineParts parts) {
    this.shell = shell;
    this.parts = parts;
  }

  /**
   * Runs the job again; completes when that is stored. Again is without effect until it runs.
   *
   * @return fails with CONFLICT {@code job.rerun} if it cannot, or ran again and ended since that
   *     was asked; {@code job.updating} while its parameters are updated
   */
  CompletionStage<Void> rerun(CoordinatorEvent.RerunAsked asked) {
    return shell.turn(
        () -> {
          if (updating) {
            throw new FedflowException(
                FailureKind.CONFLICT,
                "job.updating",
                "the parameters of job "
                    + shell.jobId()
                    + " are being updated; run it again after that");
          }
          CoordinatorMachine.Turn turn = decide(asked);
          if (turn.ignored().isEmpty()) {
            shell.acceptAgain();
            return shell.keep(turn);
          }
          CoordinationRow row = shell.coordination();
          if (row.status() == JobStatus.WAITING && row.round() > 0) {
            return shell.ignored(Signal.COORDINATOR, asked, turn.ignored());
          }
          throw new FedflowException(
              FailureKind.CONFLICT,
              "job.rerun",
              "job " + shell.jobId() + " cannot be run again: " + turn.ignored());
        });
  }

  /**
   * Does something with the job, which does not run again meanwhile.
   *
   * @return fails with CONFLICT {@code job.live} if it has not ended here
   */
  <T> CompletionStage<T> hold(Supplier<CompletionStage<T>> work) {
    return shell.turn(
        () -> {
          CoordinationRow row = shell.coordination();
          if (row != null && !row.status().terminal()) {
            throw live(shell.jobId(), row.status());
          }
          Optional<JobStatus> alive =
              shell.views().stream()
                  .map(JobRow::status)
                  .filter(status -> !status.terminal())
                  .findFirst();
          if (alive.isPresent()) {
            throw live(shell.jobId(), alive.get());
          }
          return work.get();
        });
  }

  /**
   * Begins to update the job's parameters; it runs not before {@link #endUpdate}. Completes when
   * the update has a number.
   *
   * @return fails with CONFLICT {@code job.live} or {@code job.updating}
   */
  CompletionStage<Void> beginUpdate() {
    return shell.turn(
        () -> {
          if (updating) {
            throw new FedflowException(
                FailureKind.CONFLICT,
                "job.updating",
                "another update of job " + shell.jobId() + " is under way; try again after it");
          }
          return number()
              .thenRun(
                  () -> {
                    updating = true;
                  });
        });
  }

  /** Numbers another update; completes when that is stored. */
  CompletionStage<Void> nextEdition() {
    return shell.turn(this::number);
  }

  private CompletionStage<Void> number() {
    CoordinatorMachine.Turn turn = decide(new CoordinatorEvent.UpdateAsked());
    if (!turn.ignored().isEmpty()) {
      throw live(shell.jobId(), shell.coordination().status());
    }
    return shell.keep(turn);
  }

  private CoordinatorMachine.Turn decide(CoordinatorEvent event) {
    return shell.decide(shell.coordination(), event, parts.clock().millis());
  }

  /** The job may be run again. */
  void endUpdate() {
    updating = false;
  }

  /** The refusal of what only an ended job allows. */
  static FedflowException live(String jobId, JobStatus status) {
    return new FedflowException(
        FailureKind.CONFLICT,
        LIVE,
        "job " + jobId + " is " + status + "; stop it first, or wait for its end");
  }
}

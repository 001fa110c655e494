package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.Timers;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What one job at this site sends to the sites of its parties. Thread-safe; never throws. */
final class JobOutbox {

  private static final System.Logger LOG = System.getLogger(JobOutbox.class.getName());
  private static final long REPORT_PAUSE_MILLIS = 1_000;

  private final String jobId;
  private final PartyLink link;
  private final Timers timers;

  JobOutbox(String jobId, EngineParts parts) {
    this.jobId = jobId;
    this.link = parts.link();
    this.timers = parts.timers();
  }

  /** Sends a command. */
  CompletionStage<Void> send(Party to, PartyCommand command) {
    return Stages.start(() -> link.send(to, command));
  }

  /** Sends one command to many; completes when all have it, fails with the first that has not. */
  CompletionStage<Void> sendAll(Collection<Party> to, PartyCommand command) {
    return CompletableFuture.allOf(
        to.stream()
            .map(party -> send(party, command).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Sends a command that nobody waits for.
   *
   * @param lost gets the reason if it did not arrive
   */
  void tell(Party to, PartyCommand command, Consumer<String> lost) {
    send(to, command)
        .whenComplete(
            (ok, failed) -> {
              if (failed != null) {
                String why = reason(Stages.unwrap(failed));
                String what = command.getClass().getSimpleName();
                LOG.log(
                    System.Logger.Level.WARNING,
                    () -> jobId + ": " + what + " to " + to + " failed: " + why);
                lost.accept(why);
              }
            });
  }

  /** Reports until the coordinator has it, or nobody needs it any more. */
  void report(Party initiator, PartyCommand.ReportTask report, BooleanSupplier needed) {
    send(initiator, report)
        .whenComplete(
            (ok, failed) -> {
              if (failed != null && needed.getAsBoolean()) {
                later(() -> report(initiator, report, needed));
              }
            });
  }

  private void later(Runnable work) {
    try {
      timers.after(REPORT_PAUSE_MILLIS, work);
    } catch (RejectedExecutionException closed) {
      LOG.log(System.Logger.Level.DEBUG, () -> jobId + ": the site closes, a report is dropped");
    }
  }

  /** A failure in words. */
  static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}

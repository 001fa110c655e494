package io.fedflow.audit;

import io.fedflow.audit.AuditEvent.Outcome;
import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.ProblemsException;
import io.fedflow.spi.AuditLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Does nothing that is not recorded: what is asked for is durable in the log before it is done, and
 * how it went follows. If the log cannot be written, nothing is done; if only the second record
 * cannot be written, the first one stands and the site's own log tells. Thread-safe.
 */
public final class AuditTrail {

  private static final Logger LOG = System.getLogger(AuditTrail.class.getName());

  private final AuditLog log;

  /** Records there. */
  public AuditTrail(AuditLog log) {
    this.log = log;
  }

  /**
   * Does something.
   *
   * @param subject about what, as far as it is known before
   * @param work what to do; begun once the first record is durable
   * @param ending tells how it went, given the result
   * @return completes as the work does, once the second record was tried
   */
  public <T> CompletionStage<T> around(
      Actor who,
      String action,
      String subject,
      Supplier<? extends CompletionStage<? extends T>> work,
      Function<? super T, Ending> ending) {
    return log.append(AuditEvent.asked(who, action, subject, ""))
        .thenCompose(
            asked ->
                Stages.<T>start(() -> work.get().thenApply(done -> done))
                    .handle(
                        (done, failed) -> {
                          Ending how = failed == null ? ending.apply(done) : Ending.of(failed);
                          return ended(asked, how)
                              .thenCompose(
                                  told ->
                                      failed == null
                                          ? CompletableFuture.completedStage(done)
                                          : CompletableFuture.<T>failedStage(
                                              Stages.unwrap(failed)));
                        })
                    .thenCompose(told -> told));
  }

  /** Records what was refused before it could be asked for, or what is over already. */
  public CompletionStage<AuditRecord> note(
      Actor who, String action, String subject, Outcome outcome, String detail) {
    return log.append(AuditEvent.of(who, action, subject, outcome, detail));
  }

  private CompletionStage<Void> ended(AuditRecord asked, Ending how) {
    AuditEvent event = asked.event();
    String subject = how.subject().isEmpty() ? event.subject() : how.subject();
    return log.append(event.ended(asked.number(), subject, how.outcome(), how.detail()))
        .handle(
            (record, failed) -> {
              if (failed != null) {
                LOG.log(
                    Level.ERROR,
                    () ->
                        "audit record "
                            + asked.number()
                            + " ("
                            + event.action()
                            + ") has no end: "
                            + Stages.unwrap(failed).getMessage());
              }
              return null;
            });
  }

  /**
   * How something went.
   *
   * @param outcome whether it was done
   * @param subject about what, now that it is known; empty if it is as before
   * @param detail further words
   */
  public record Ending(Outcome outcome, String subject, String detail) {

    /** It was done. */
    public static final Ending DONE = new Ending(Outcome.DONE, "", "");

    /** It was done, about what is only known now. */
    public static Ending done(String subject) {
      return new Ending(Outcome.DONE, subject, "");
    }

    /** It was refused. */
    public static Ending refused(String reason) {
      return new Ending(Outcome.REFUSED, "", reason);
    }

    /** By the kind of a failure: what was certainly not done was refused. */
    public static Ending of(Throwable failure) {
      Throwable why = Stages.unwrap(failure);
      if (why instanceof ProblemsException problems) {
        // The whole list quotes what documents hold; where they are wrong is enough.
        return refused(problems.problems().size() + " problems in the documents");
      }
      if (why instanceof FedflowException known) {
        boolean nothingDone =
            known.kind() != FailureKind.BUG && known.kind() != FailureKind.UNKNOWN;
        return new Ending(
            nothingDone ? Outcome.REFUSED : Outcome.FAILED,
            "",
            '[' + known.code() + "] " + known.getMessage());
      }
      return new Ending(Outcome.FAILED, "", why.getClass().getSimpleName());
    }
  }
}

package io.fedflow.server;

import io.fedflow.audit.Actor;
import io.fedflow.audit.AuditEvent.Outcome;
import io.fedflow.audit.AuditTrail;
import io.fedflow.audit.AuditTrail.Ending;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import io.fedflow.transport.grpc.PartyDoor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Records what other parties ask for that begins, ends or changes something; the words that move a
 * job along are part of what was asked for, and not recorded. Thread-safe.
 */
final class AuditedParties implements PartyDoor {

  private static final Logger LOG = System.getLogger(AuditedParties.class.getName());

  private final PartyLink own;
  private final AuditTrail trail;

  AuditedParties(PartyLink own, AuditTrail trail) {
    this.own = own;
    this.trail = trail;
  }

  @Override
  public CompletionStage<Void> send(Sender from, Party to, PartyCommand command) {
    return action(command)
        .map(
            action ->
                trail.<Void>around(
                    who(from),
                    action,
                    command.jobId() + ' ' + to,
                    () -> own.send(to, command),
                    done -> Ending.DONE))
        .orElseGet(() -> own.send(to, command));
  }

  @Override
  public void refused(Sender from, Party to, PartyCommand command, String reason) {
    note(from, to, action(command).orElse("party.command"), command.jobId(), reason);
  }

  @Override
  public void refused(Sender from, Party to, String kind, String jobId, String reason) {
    note(from, to, "party." + kind, jobId, reason);
  }

  private void note(Sender from, Party to, String action, String jobId, String reason) {
    trail
        .note(who(from), action, jobId + ' ' + to, Outcome.REFUSED, reason)
        .whenComplete(
            (noted, failed) -> {
              if (failed != null) {
                LOG.log(Level.ERROR, () -> "the audit log lacks a refusal: " + failed);
              }
            });
  }

  private static Optional<String> action(PartyCommand command) {
    if (command instanceof PartyCommand.CreateJob) {
      return Optional.of("party.job.create");
    }
    if (command instanceof PartyCommand.AskStop) {
      return Optional.of("party.job.stop");
    }
    if (command instanceof PartyCommand.AskRerun || command instanceof PartyCommand.RerunJob) {
      return Optional.of("party.job.rerun");
    }
    if (command instanceof PartyCommand.UpdateJob) {
      return Optional.of("party.job.update");
    }
    if (command instanceof PartyCommand.DeployModel) {
      return Optional.of("party.model.deploy");
    }
    if (command instanceof PartyCommand.LoadModel) {
      return Optional.of("party.model.load");
    }
    return command instanceof PartyCommand.MigrateModel
        ? Optional.of("party.model.migrate")
        : Optional.empty();
  }

  private static Actor who(Sender from) {
    return Actor.party(String.join(",", from.partyIds()), "", from.identity());
  }
}

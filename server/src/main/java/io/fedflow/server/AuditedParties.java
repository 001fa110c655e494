package io.fedflow.server;

import io.fedflow.audit.Actor;
import io.fedflow.audit.AuditTrail;
import io.fedflow.audit.AuditTrail.Ending;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Records what other parties ask for that begins, ends or changes something; the words that move a
 * job along are part of what was asked for, and not recorded. Thread-safe.
 */
final class AuditedParties implements PartyLink {

  private final PartyLink own;
  private final AuditTrail trail;

  AuditedParties(PartyLink own, AuditTrail trail) {
    this.own = own;
    this.trail = trail;
  }

  @Override
  public CompletionStage<Void> send(Party to, PartyCommand command) {
    return action(command)
        .map(
            action ->
                trail.<Void>around(
                    who(command),
                    action,
                    command.jobId() + ' ' + to,
                    () -> own.send(to, command),
                    done -> Ending.DONE))
        .orElseGet(() -> own.send(to, command));
  }

  @Override
  public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
    return own.ask(to, question);
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

  /** Only a new job names who asks for it. */
  private static Actor who(PartyCommand command) {
    String party = command instanceof PartyCommand.CreateJob create ? create.initiator().id() : "";
    return Actor.party(party, "", "");
  }
}

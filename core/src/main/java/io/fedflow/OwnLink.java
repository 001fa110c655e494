package io.fedflow;

import io.fedflow.federation.Envelope;
import io.fedflow.job.JobEngine;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyEntrance;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The link to the parties of this site.
 *
 * @param engine set before anything is sent
 */
record OwnLink(AtomicReference<JobEngine> engine) implements PartyEntrance {

  @Override
  public CompletionStage<Void> send(Party to, PartyCommand command) {
    return engine.get().send(to, command);
  }

  @Override
  public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
    return engine.get().ask(to, question);
  }

  @Override
  public CompletionStage<Void> admit(Set<String> from, Party to, PartyCommand command) {
    return engine.get().admit(from, to, command);
  }

  @Override
  public CompletionStage<Void> admit(Set<String> from, Party to, PartyQuestion question) {
    return engine.get().admit(from, to, question);
  }

  @Override
  public void admit(Envelope.Key message) {
    engine.get().admit(message);
  }
}

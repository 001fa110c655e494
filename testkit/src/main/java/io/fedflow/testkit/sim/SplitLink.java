package io.fedflow.testkit.sim;

import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import java.util.concurrent.CompletionStage;

/** A link that may be spoilt for commands and is sound for questions. */
record SplitLink(PartyLink commands, PartyLink questions) implements PartyLink {

  @Override
  public CompletionStage<Void> send(Party to, PartyCommand command) {
    return commands.send(to, command);
  }

  @Override
  public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
    return questions.ask(to, question);
  }
}

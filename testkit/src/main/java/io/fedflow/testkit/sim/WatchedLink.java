package io.fedflow.testkit.sim;

import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import java.util.concurrent.CompletionStage;

/** A link that shows every command before it is sent. */
record WatchedLink(PartyLink link, Life life, Watch watch) implements PartyLink {

  @Override
  public CompletionStage<Void> send(Party to, PartyCommand command) {
    if (life.alive()) {
      watch.sent(command);
    }
    return link.send(to, command);
  }

  @Override
  public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
    return link.ask(to, question);
  }
}

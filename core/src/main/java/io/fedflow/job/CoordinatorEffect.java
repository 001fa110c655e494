package io.fedflow.job;

import io.fedflow.party.Party;

/** What the coordinator must do after its state was stored. */
public sealed interface CoordinatorEffect {

  /** Send a command to a party. */
  record Command(Party to, PartyCommand command) implements CoordinatorEffect {}

  /** Every party created the job: tell them that it waits, and ask their sites for slots. */
  record AskSlots() implements CoordinatorEffect {}

  /** The job is over as a whole. */
  record Finish() implements CoordinatorEffect {}
}

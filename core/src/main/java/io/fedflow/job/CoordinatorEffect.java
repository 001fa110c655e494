package io.fedflow.job;

import io.fedflow.party.Party;

/** What the coordinator must do after its state was stored. */
public sealed interface CoordinatorEffect {

  /** Send a command to a party. */
  record Command(Party to, PartyCommand command) implements CoordinatorEffect {}

  /** Every party created the job: tell them that it waits, then put it into the queue. */
  record Enqueue() implements CoordinatorEffect {}

  /** The job is over as a whole: leave the queue, complete its handle. */
  record Finish() implements CoordinatorEffect {}
}

package io.fedflow.job;

import io.fedflow.party.Party;

/** What happens to one job at this site. */
sealed interface JobInput {

  /** An event for the job as a whole. */
  record ForCoordinator(CoordinatorEvent event) implements JobInput {}

  /** An event for a local party's part. */
  record ForParty(Party party, PartyEvent event) implements JobInput {}
}

package io.fedflow.job;

import io.fedflow.dsl.JobPlan;
import io.fedflow.party.Party;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * A live job between two turns, with all that may keep it. Taken without waiting for the turn that
 * is under way, which may be what the job hangs on. Immutable.
 *
 * @param plan null if there is none, or not yet
 * @param coordination null if the job is coordinated elsewhere, or its first row is not stored yet
 * @param states the views of local parties
 * @param granted the parties whose slots are there while the job waits for others; only at its
 *     coordinator
 * @param contacts how it stands with every party that was sent something
 * @param writing the turn that is being stored; null if there is none
 */
record Glimpse(
    String jobId,
    JobPlan plan,
    CoordinationRow coordination,
    SortedMap<Party, PartyState> states,
    Set<Party> granted,
    List<PeerLane.Contact> contacts,
    TurnStore.Writing writing) {

  /** A party of this site, the initiator if it is one; null if nothing is known yet. */
  Party here() {
    if (coordination != null) {
      return coordination.initiator();
    }
    if (!states.isEmpty()) {
      return states.firstKey();
    }
    return plan == null ? null : plan.initiator();
  }
}

package io.fedflow.queue;

import io.fedflow.party.Party;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a ledger knows of one job. Guarded by the ledger. */
final class SlotEntry {

  enum State {
    /** Its demand is known, but nobody asked for it yet, or it was given back. */
    DECLARED,
    /** In the line. */
    WAITING,
    /** Holds its demand, but does not run as far as known here. */
    HOLDING,
    /** Holds its demand and runs: nobody asks for it back. */
    RUNNING
  }

  final String jobId;
  final Map<Party, Integer> demands = new HashMap<>();
  final Set<Party> unapproved = new HashSet<>();
  State state = State.DECLARED;
  SlotRank rank;
  int demand;
  int round;

  /** When {@link #state} was taken. */
  long since;

  /** How many jobs were granted past this one while it was the first and did not fit. */
  int passed;

  boolean yieldAsked;

  /** Its coordinator could not be asked to yield. */
  boolean deaf;

  SlotEntry(String jobId, long now) {
    this.jobId = jobId;
    this.since = now;
  }

  boolean holds() {
    return state == State.HOLDING || state == State.RUNNING;
  }

  void move(State to, long now) {
    state = to;
    since = now;
    yieldAsked = false;
    deaf = false;
  }

  SlotDecision.Grant grant(long waitedMillis, boolean again) {
    return new SlotDecision.Grant(jobId, round, demands, waitedMillis, again);
  }
}

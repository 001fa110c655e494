package io.fedflow.testkit.sim;

import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the parts of one task do, at all its parties: one line of acts that every party plays its
 * share of in order, so that no two parties can wait for each other. How often it still fails or
 * hangs is counted down over all attempts. Not thread-safe.
 */
final class Script {

  /** One act of one party. */
  sealed interface Act {
    /** Whose it is. */
    Party by();
  }

  /** Takes time. */
  record Work(Party by, int millis) implements Act {}

  /** Hands a message over. */
  record Send(Party by, Party to, int number) implements Act {}

  /** Waits for a message. */
  record Receive(Party by, Party from, int number) implements Act {}

  /** Stores a point of a metric. */
  record Measure(Party by, int key) implements Act {}

  /** Stores that there is an output. */
  record Write(Party by) implements Act {}

  private final List<Act> acts;
  private final List<Party> parties;
  private final Map<Party, Integer> failures = new TreeMap<>();
  private final Map<Party, Integer> hangs = new TreeMap<>();

  /**
   * A script.
   *
   * @param parties who plays it
   */
  Script(List<Act> acts, List<Party> parties) {
    this.acts = List.copyOf(acts);
    this.parties = List.copyOf(parties);
  }

  List<Party> parties() {
    return parties;
  }

  Script failing(Party party, int times) {
    failures.put(party, times);
    return this;
  }

  Script hanging(Party party, int times) {
    hangs.put(party, times);
    return this;
  }

  /** The same acts, without trouble. */
  Script repaired() {
    return new Script(acts, parties);
  }

  /** From now on nothing fails or hangs any more. */
  void repair() {
    failures.clear();
    hangs.clear();
  }

  List<Act> of(Party party) {
    List<Act> own = new ArrayList<>();
    for (Act act : acts) {
      if (act.by().equals(party)) {
        own.add(act);
      }
    }
    return own;
  }

  /** Tells whether this attempt fails in the end; counts it. */
  boolean fails(Party party) {
    return countDown(failures, party);
  }

  /** Tells whether this attempt hangs in the end; counts it. */
  boolean hangs(Party party) {
    return countDown(hangs, party);
  }

  private static boolean countDown(Map<Party, Integer> left, Party party) {
    int times = left.getOrDefault(party, 0);
    if (times > 0) {
      left.put(party, times - 1);
    }
    return times > 0;
  }
}

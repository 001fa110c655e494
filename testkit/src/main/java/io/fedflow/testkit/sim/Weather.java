package io.fedflow.testkit.sim;

import java.util.List;
import java.util.Set;

/**
 * How bad a world is at the moment. Every world has its own mixture, many have only one kind of
 * fault. Not thread-safe.
 */
final class Weather {

  private static final List<Integer> RATES = List.of(5, 20, 100, 300);
  private static final List<Integer> DELAYS = List.of(2, 20, 200, 2_000);
  private static final int CALM_MILLIS = 5;

  private final Chance chance;
  private final int drops;
  private final int lostAnswers;
  private final int duplicates;
  private final int storeDown;
  private final int storeUnknown;
  private final int slowestLink;
  private final int slowestStore;
  private boolean calm;

  Weather(Set<Fault> possible, Chance chance) {
    this.chance = chance;
    this.drops = rate(possible, Fault.DROP);
    this.lostAnswers = rate(possible, Fault.LOST_ANSWER);
    this.duplicates = rate(possible, Fault.DUPLICATE);
    this.storeDown = rate(possible, Fault.STORE_DOWN);
    this.storeUnknown = rate(possible, Fault.STORE_UNKNOWN);
    this.slowestLink = chance.pick(DELAYS);
    this.slowestStore = chance.pick(DELAYS);
  }

  private int rate(Set<Fault> possible, Fault fault) {
    int drawn = chance.coin() ? chance.pick(RATES) : 0;
    return possible.contains(fault) ? drawn : 0;
  }

  /** From now on nothing goes wrong any more. */
  void calmDown() {
    calm = true;
  }

  boolean drops() {
    return happens(drops);
  }

  boolean losesAnswer() {
    return happens(lostAnswers);
  }

  boolean duplicates() {
    return happens(duplicates);
  }

  boolean storeDown() {
    return happens(storeDown);
  }

  boolean storeUnknown() {
    return happens(storeUnknown);
  }

  /** How long something is on its way. */
  int linkMillis() {
    return chance.between(0, calm ? CALM_MILLIS : slowestLink);
  }

  /** How long the disk takes. */
  int storeMillis() {
    return chance.between(0, calm ? CALM_MILLIS : slowestStore);
  }

  /** How long a sender waits for an answer that does not come. */
  int patienceMillis() {
    return chance.between(50, 10_000);
  }

  private boolean happens(int permille) {
    return !calm && chance.permille(permille);
  }
}

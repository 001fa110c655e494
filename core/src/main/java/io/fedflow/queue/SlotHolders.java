package io.fedflow.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The jobs that hold slots of one site. Those that do not run yet may be asked to yield. Not
 * thread-safe.
 */
final class SlotHolders {

  private final NavigableMap<SlotRank, SlotEntry> all = new TreeMap<>();

  /** Those that do not run. */
  private final NavigableMap<SlotRank, SlotEntry> idle = new TreeMap<>();

  private int held;

  /** How many slots all of them hold. */
  int held() {
    return held;
  }

  int size() {
    return all.size();
  }

  boolean contains(SlotEntry entry) {
    return all.containsKey(entry.rank);
  }

  void add(SlotEntry entry) {
    held += entry.demand;
    all.put(entry.rank, entry);
    if (entry.state == SlotEntry.State.HOLDING) {
      idle.put(entry.rank, entry);
    }
  }

  /** Takes a job out with what it holds; one that holds nothing is left alone. */
  void remove(SlotEntry entry) {
    if (entry.holds()) {
      held -= entry.demand;
      all.remove(entry.rank);
      idle.remove(entry.rank);
    }
  }

  /** A part of a job ended, and its demand with it. */
  void lessen(int slots) {
    held -= slots;
  }

  /** A job begins to run: it yields no more. */
  void runs(SlotEntry entry) {
    idle.remove(entry.rank);
  }

  /** Forgets who was asked to yield, and who could not be asked. */
  void askAnew() {
    for (SlotEntry entry : idle.values()) {
      entry.yieldAsked = false;
      entry.deaf = false;
    }
  }

  /**
   * Asks as few jobs as possible to yield for the first in the line, those asked before and then
   * the last in rank first; nobody if all of them together would not do.
   *
   * @param missing the slots that it lacks
   * @param yields gets who is asked now
   * @return true if it fits once they have yielded
   */
  boolean yieldTo(SlotEntry first, int missing, List<SlotDecision.Yield> yields) {
    List<SlotEntry> chosen = new ArrayList<>();
    int left = missing;
    NavigableMap<SlotRank, SlotEntry> lesser = idle.tailMap(first.rank, false).descendingMap();
    for (boolean asked : new boolean[] {true, false}) {
      for (SlotEntry entry : lesser.values()) {
        if (left > 0 && entry.yieldAsked == asked && !entry.deaf && entry.demand > 0) {
          chosen.add(entry);
          left -= entry.demand;
        }
      }
    }
    if (left > 0) {
      return false;
    }
    for (SlotEntry entry : chosen) {
      if (!entry.yieldAsked) {
        entry.yieldAsked = true;
        yields.add(new SlotDecision.Yield(entry.jobId, entry.round, first.rank));
      }
    }
    return true;
  }

  /** All of them, by rank. */
  List<SlotView.Holder> view() {
    return all.values().stream()
        .map(
            e ->
                new SlotView.Holder(
                    e.jobId, e.demand, e.state == SlotEntry.State.RUNNING, e.yieldAsked, e.since))
        .toList();
  }
}

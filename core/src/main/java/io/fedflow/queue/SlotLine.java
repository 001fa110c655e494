package io.fedflow.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Who waits, by rank, found by what fits: one ordered line per size of demand. There are at most as
 * many sizes as slots, so the first that fits is found without passing all who wait. Guarded by the
 * ledger.
 */
final class SlotLine {

  private final NavigableMap<Integer, NavigableMap<SlotRank, SlotEntry>> byDemand = new TreeMap<>();
  private int size;

  /** Neither rank nor demand may change while an entry is in the line. */
  void add(SlotEntry entry) {
    byDemand.computeIfAbsent(entry.demand, demand -> new TreeMap<>()).put(entry.rank, entry);
    size++;
  }

  void remove(SlotEntry entry) {
    NavigableMap<SlotRank, SlotEntry> same = byDemand.get(entry.demand);
    same.remove(entry.rank);
    if (same.isEmpty()) {
      byDemand.remove(entry.demand);
    }
    size--;
  }

  /** The first of those that ask for at most so many slots; null if there is none. */
  SlotEntry first(int atMost) {
    SlotEntry first = null;
    for (NavigableMap<SlotRank, SlotEntry> same : byDemand.headMap(atMost, true).values()) {
      SlotEntry candidate = same.firstEntry().getValue();
      if (first == null || candidate.rank.isBefore(first.rank)) {
        first = candidate;
      }
    }
    return first;
  }

  int size() {
    return size;
  }

  /** Everybody, first in line first. */
  List<SlotEntry> inOrder() {
    List<SlotEntry> all = new ArrayList<>(size);
    byDemand.values().forEach(same -> all.addAll(same.values()));
    all.sort(Comparator.comparing(entry -> entry.rank));
    return all;
  }

  /** How many come before a rank. */
  int before(SlotRank rank) {
    int before = 0;
    for (NavigableMap<SlotRank, SlotEntry> same : byDemand.values()) {
      before += same.headMap(rank, false).size();
    }
    return before;
  }
}

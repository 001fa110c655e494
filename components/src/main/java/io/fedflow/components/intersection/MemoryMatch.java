package io.fedflow.components.intersection;

import java.util.BitSet;

/** A match in memory: 32 bytes a key of the other side at most, 20 an own key. */
final class MemoryMatch implements KeyMatch {

  private final KeyIndex theirs;
  private final KeyIndex own;

  /** Room for so many keys of either side. */
  MemoryMatch(int theirs, int own) {
    this(new KeyIndex(theirs), new KeyIndex(own));
  }

  /** A match of keys that are there already. */
  MemoryMatch(KeyIndex theirs, KeyIndex own) {
    this.theirs = theirs;
    this.own = own;
  }

  @Override
  public void addTheirs(byte[] keys) {
    theirs.add(keys);
  }

  @Override
  public void addOwn(byte[] keys) {
    own.add(keys);
  }

  @Override
  public Positions positions() {
    int[] positions = new int[own.count()];
    int theirsTwice = theirs.build();
    if (theirsTwice >= 0) {
      return new Positions(positions, theirsTwice, -1);
    }
    int ownTwice = -1;
    BitSet seen = new BitSet(theirs.count());
    for (int i = 0; i < positions.length; i++) {
      positions[i] = theirs.find(own, i);
      if (positions[i] >= 0) {
        ownTwice = ownTwice < 0 && seen.get(positions[i]) ? i : ownTwice;
        seen.set(positions[i]);
      }
    }
    return new Positions(positions, -1, ownTwice);
  }

  @Override
  public void close() {}
}

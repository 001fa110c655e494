package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A match in temporary files. Either side's keys are dealt to partitions by value, so equal keys
 * are in partitions of the same number, which are compared one after the other (Grace hash join,
 * Kitsuregawa et al. 1983). In memory are the positions, 4 bytes an own key, and one partition.
 */
final class SpilledMatch implements KeyMatch {

  private final TaskContext context;
  private final Parts theirs;
  private final Parts own;
  private final int shift;
  private int theirCount;
  private int ownCount;

  /**
   * Nothing yet.
   *
   * @param folder of the files, which go when this is closed
   * @param partitions a power of two, at least 2
   */
  SpilledMatch(TaskContext context, Path folder, int partitions) {
    this.context = context;
    this.theirs = new FileParts(folder, partitions, KeyIndex.WIDTH);
    this.own = new FileParts(folder, partitions, KeyIndex.WIDTH);
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(partitions);
  }

  @Override
  public void addTheirs(byte[] keys) {
    theirCount = deal(keys, theirs, theirCount);
  }

  @Override
  public void addOwn(byte[] keys) {
    ownCount = deal(keys, own, ownCount);
  }

  /** Gives how many keys there are then. */
  private int deal(byte[] keys, Parts to, int before) {
    ByteBuffer in = ByteBuffer.wrap(keys);
    int count = before;
    for (int at = 0; at < keys.length; at += KeyIndex.WIDTH) {
      to.add((int) (KeyIndex.spread(in, at) >>> shift), keys, at, count++);
    }
    return count;
  }

  @Override
  public Positions positions() throws InterruptedException {
    int[] positions = new int[ownCount];
    Arrays.fill(positions, -1);
    int theirsTwice = -1;
    int ownTwice = -1;
    for (int partition = 0; partition < theirs.parts(); partition++) {
      context.checkStopped();
      Parts.Part there = theirs.take(partition);
      Parts.Part here = own.take(partition);
      MemoryMatch match =
          new MemoryMatch(KeyIndex.of(there.elements()), KeyIndex.of(here.elements()));
      Positions found = match.positions();
      // The first of all partitions, so that it does not matter how many there are.
      theirsTwice = earlier(theirsTwice, found.theirsTwice(), there);
      ownTwice = earlier(ownTwice, found.ownTwice(), here);
      if (found.theirsTwice() < 0) {
        for (int i = 0; i < found.of().length; i++) {
          int at = found.of()[i];
          positions[here.positions()[i]] = at < 0 ? -1 : there.positions()[at];
        }
      }
    }
    return new Positions(positions, theirsTwice, ownTwice);
  }

  private static int earlier(int first, int found, Parts.Part part) {
    if (found < 0) {
      return first;
    }
    return first < 0 ? part.positions()[found] : Math.min(first, part.positions()[found]);
  }

  @Override
  public void close() {
    theirs.close();
    own.close();
  }
}

package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A match in temporary files. Either side's keys are dealt to partitions by value, so equal keys
 * are in partitions of the same number, which are compared one after the other (Grace hash join,
 * Kitsuregawa et al. 1983). In memory are the positions, 4 bytes an own key, and one partition.
 */
final class SpilledMatch implements KeyMatch {

  private final TaskContext context;
  private final KeyPartitions theirs;
  private final KeyPartitions own;

  /**
   * Nothing yet.
   *
   * @param folder of the files, which go when this is closed
   * @param partitions a power of two, at least 2
   */
  SpilledMatch(TaskContext context, Path folder, int partitions) {
    this.context = context;
    this.theirs = new KeyPartitions(folder, partitions);
    this.own = new KeyPartitions(folder, partitions);
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
  public Positions positions() throws InterruptedException {
    int[] positions = new int[own.count()];
    Arrays.fill(positions, -1);
    int theirsTwice = -1;
    int ownTwice = -1;
    for (int partition = 0; partition < theirs.partitions(); partition++) {
      context.checkStopped();
      KeyPartitions.Part there = theirs.read(partition);
      KeyPartitions.Part here = own.read(partition);
      MemoryMatch match = new MemoryMatch(KeyIndex.of(there.keys()), here.positions().length);
      match.addOwn(here.keys());
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

  private static int earlier(int first, int found, KeyPartitions.Part part) {
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

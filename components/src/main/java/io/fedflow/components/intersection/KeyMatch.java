package io.fedflow.components.intersection;

import java.io.Closeable;

/**
 * The keys of two sides, and where those of the own side stand among those of the other. Used by
 * one thread: first both sides are added, in any order, then {@link #positions()} is asked for
 * once.
 */
interface KeyMatch extends Closeable {

  /**
   * Adds keys of the other side behind those that are there.
   *
   * @param keys {@link KeyIndex#WIDTH} bytes each
   */
  void addTheirs(byte[] keys);

  /**
   * Adds own keys behind those that are there.
   *
   * @param keys {@link KeyIndex#WIDTH} bytes each
   */
  void addOwn(byte[] keys);

  /**
   * Compares.
   *
   * @throws InterruptedException if the task was stopped
   */
  Positions positions() throws InterruptedException;

  /** Lets go of what was added; again is without effect. Never throws. */
  @Override
  void close();

  /**
   * What was found.
   *
   * @param of the position among the other side's keys of each own key, or -1
   * @param theirsTwice the first position of the other side's keys whose key stands before it, too;
   *     -1 if there is none
   * @param ownTwice the first position of the own keys that is equal to one before it and to one of
   *     the other side; -1 if there is none
   */
  record Positions(int[] of, int theirsTwice, int ownTwice) {}
}

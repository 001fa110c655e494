package io.fedflow.components.intersection;

import java.io.Closeable;

/**
 * Elements of one width, dealt to numbered parts, which are taken back one after the other. An
 * element comes with a position, a number that its taker understands. Used by one thread.
 */
interface Parts extends Closeable {

  /** How many parts there are; they are numbered from 0. */
  int parts();

  /**
   * Adds an element behind those that its part has.
   *
   * @param from holds it from {@code at} on
   * @param position comes back with it
   */
  void add(int part, byte[] from, int at, int position);

  /** Takes all of a part, which has nothing after it. */
  Part take(int part);

  /** Lets go of what is left; again is without effect. Never throws. */
  @Override
  void close();

  /**
   * The elements of a part in the order in which they were added.
   *
   * @param elements one behind the other
   * @param positions one for each
   */
  record Part(byte[] elements, int[] positions) {}
}

package io.fedflow.components.intersection;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The elements of all parts, one part after the other, cut as {@link Batches} says.
 *
 * @param parts hold them
 * @param width bytes of an element
 * @param count how many there are in all
 */
record PartsInBatches(Parts parts, int width, int count) {

  /** In which order the elements of a part come: where each of them stands in it. */
  @FunctionalInterface
  interface PartOrder {
    int[] of(Parts.Part part);
  }

  /** Takes batches one after the other. */
  @FunctionalInterface
  interface Taker {
    /** Takes the elements of a batch, one behind the other. */
    void take(int batch, byte[] elements) throws InterruptedException;
  }

  /** Gives all of them; the parts are empty then. */
  void giveTo(PartOrder order, Taker taker) throws InterruptedException {
    Batches batches = new Batches(count);
    ByteBuffer waiting = ByteBuffer.allocate(count == 0 ? 0 : batches.sizeOf(0) * width);
    int given = 0;
    for (int p = 0; p < parts.parts(); p++) {
      Parts.Part part = parts.take(p);
      for (int from : order.of(part)) {
        int batch = batches.batchOf(given++);
        waiting.put(part.elements(), from * width, width);
        if (given == batches.to(batch)) {
          taker.take(batch, Arrays.copyOf(waiting.array(), waiting.position()));
          waiting.clear();
        }
      }
    }
  }
}

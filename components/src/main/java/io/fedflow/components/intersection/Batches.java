package io.fedflow.components.intersection;

/**
 * How a number of ids is cut into messages: the same at both ends, from the count alone.
 *
 * @param count ids in all
 */
record Batches(int count) {

  // 4096 numbers of 2048 bits make a message of 1 MiB.
  private static final int SIZE = 4096;

  /** How many messages. */
  int size() {
    return (int) (((long) count + SIZE - 1) / SIZE);
  }

  /** The first id of a message. */
  int from(int batch) {
    return batch * SIZE;
  }

  /** The end of a message, exclusive. */
  int to(int batch) {
    return (int) Math.min(count, (batch + 1L) * SIZE);
  }

  /** The message that holds an id. */
  int batchOf(int id) {
    return id / SIZE;
  }

  /** How many ids a message holds. */
  int sizeOf(int batch) {
    return to(batch) - from(batch);
  }
}

package io.fedflow.components.intersection;

import java.nio.ByteBuffer;

/**
 * Keys that stand in a cache's content, which is read where it is. May be given again.
 *
 * @param bytes the keys from the first byte to the last, not to be changed
 */
record KeptKeys(ByteBuffer bytes) implements HostKeys {

  @Override
  public int count() {
    return bytes.limit() / KeyIndex.WIDTH;
  }

  @Override
  public void giveTo(PartsInBatches.Taker taker) throws InterruptedException {
    Batches batches = new Batches(count());
    for (int batch = 0; batch < batches.size(); batch++) {
      byte[] some = new byte[batches.sizeOf(batch) * KeyIndex.WIDTH];
      bytes.get(batches.from(batch) * KeyIndex.WIDTH, some);
      taker.take(batch, some);
    }
  }
}

package io.fedflow.testkit.runner;

import io.fedflow.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A blob store whose writes a test holds up. Thread-safe. */
final class GatedBlobs implements BlobStore {

  private final BlobStore blobs;
  private volatile Gate gate;

  /** Where writes of some keys wait. */
  record Gate(String prefix, CountDownLatch reached, CountDownLatch open) {

    /** Waits until a write stands here. */
    void awaitReached() throws InterruptedException {
      if (!reached.await(RunnerWorld.LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing was written to " + prefix);
      }
    }
  }

  GatedBlobs(BlobStore blobs) {
    this.blobs = blobs;
  }

  /** Holds up the writes of keys that begin like this, until the gate is opened. */
  Gate hold(String prefix) {
    gate = new Gate(prefix, new CountDownLatch(1), new CountDownLatch(1));
    return gate;
  }

  /** Opens the gate, if there is one. */
  void release() {
    if (gate != null) {
      gate.open().countDown();
    }
  }

  @Override
  public void write(String key, Content content) throws IOException {
    Gate before = gate;
    if (before != null && key.startsWith(before.prefix())) {
      before.reached().countDown();
      try {
        if (!before.open().await(RunnerWorld.LIMIT_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("nobody opened the gate");
        }
      } catch (InterruptedException stopped) {
        throw new IOException("interrupted while writing", stopped);
      }
    }
    blobs.write(key, content);
  }

  @Override
  public InputStream read(String key) throws IOException {
    return blobs.read(key);
  }

  @Override
  public void delete(String key) throws IOException {
    blobs.delete(key);
  }
}

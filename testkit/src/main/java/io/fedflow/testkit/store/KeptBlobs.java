package io.fedflow.testkit.store;

import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.BlobStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Blobs in memory that tell which there are, and fail when told to. Thread-safe. */
public final class KeptBlobs implements BlobStore {

  private final BlobStore blobs = MemoryStores.create().blobs();
  private final Set<String> keys = new ConcurrentSkipListSet<>();
  private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);

  /** No blobs. */
  public KeptBlobs() {}

  /** The keys of all blobs, in order. */
  public Set<String> keys() {
    return new TreeSet<>(keys);
  }

  /** Lets further writes fail after so many that work. */
  public void failAfter(int writes) {
    writesLeft.set(writes);
  }

  /** The bytes of a blob. */
  public byte[] bytes(String key) throws IOException {
    try (InputStream in = read(key)) {
      return in.readAllBytes();
    }
  }

  /** Puts other bytes in the place of a blob, as a failing disk would. */
  public void spoil(String key, byte[] bytes) throws IOException {
    blobs.write(key, out -> out.write(bytes));
  }

  @Override
  public void write(String key, Content content) throws IOException {
    if (writesLeft.getAndDecrement() <= 0) {
      // What comes is read all the same: a disk is full in the middle of a file.
      content.writeTo(new ByteArrayOutputStream());
      throw new IOException("no space left");
    }
    blobs.write(key, content);
    keys.add(key);
  }

  @Override
  public InputStream read(String key) throws IOException {
    return blobs.read(key);
  }

  @Override
  public void delete(String key) throws IOException {
    blobs.delete(key);
    keys.remove(key);
  }
}

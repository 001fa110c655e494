package io.fedflow.fakes;

import io.fedflow.spi.BlobStore;
import io.fedflow.spi.StoreRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Blobs in memory that a test can look at, spoil and let fail. */
public final class Blobs implements BlobStore {

  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private volatile Runnable beforeRead = () -> {};
  private volatile IOException failure;

  /** The keys that are stored. */
  public Set<String> keys() {
    return Set.copyOf(blobs.keySet());
  }

  /** Changes every blob. */
  public void spoil(UnaryOperator<byte[]> how) {
    blobs.replaceAll((key, bytes) -> how.apply(bytes));
  }

  /** Does something before every read from now on. */
  public void beforeRead(Runnable action) {
    beforeRead = action;
  }

  /** Lets everything fail from now on; null lets it work again. */
  public void fail(IOException with) {
    failure = with;
  }

  private void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void write(String key, Content content) throws IOException {
    check();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    blobs.put(BlobStore.checkKey(key), bytes.toByteArray());
  }

  @Override
  public InputStream read(String key) throws IOException {
    beforeRead.run();
    check();
    byte[] bytes = blobs.get(BlobStore.checkKey(key));
    if (bytes == null) {
      throw StoreRules.unknownBlob(key);
    }
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public void delete(String key) throws IOException {
    check();
    blobs.remove(BlobStore.checkKey(key));
  }
}

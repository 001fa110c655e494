package io.fedflow.memory;

import io.fedflow.spi.BlobStore;
import io.fedflow.spi.StoreRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs in memory. Thread-safe. */
final class MemoryBlobStore implements BlobStore {

  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

  @Override
  public void write(String key, Content content) throws IOException {
    BlobStore.checkKey(key);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    blobs.put(key, bytes.toByteArray());
  }

  @Override
  public InputStream read(String key) {
    return new ByteArrayInputStream(bytes(key));
  }

  @Override
  public long size(String key) {
    return bytes(key).length;
  }

  private byte[] bytes(String key) {
    byte[] bytes = blobs.get(BlobStore.checkKey(key));
    if (bytes == null) {
      throw StoreRules.unknownBlob(key);
    }
    return bytes;
  }

  @Override
  public void delete(String key) {
    blobs.remove(BlobStore.checkKey(key));
  }
}

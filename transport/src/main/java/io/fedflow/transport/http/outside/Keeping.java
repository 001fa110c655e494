package io.fedflow.transport.http.outside;

import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.BlobStore;

/**
 * Where a server keeps what clients say of others' services. Thread-safe.
 *
 * @param blobs where the documents lie
 * @param secrets seals the passwords in them
 */
public record Keeping(BlobStore blobs, SecretBox secrets) {

  /** Forgets all with the process. */
  public static Keeping inMemory() {
    return new Keeping(MemoryStores.create().blobs(), SecretBox.forgetful());
  }
}

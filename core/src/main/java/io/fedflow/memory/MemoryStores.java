package io.fedflow.memory;

import io.fedflow.spi.Stores;

/** Makes stores that live in memory. */
public final class MemoryStores {

  private MemoryStores() {}

  /** Fresh and empty stores. Closing them frees nothing: the garbage collector does. */
  public static Stores create() {
    return new Stores(
        new MemoryJobStore(),
        new MemoryTrackingStore(),
        new MemoryTableCatalog(),
        new MemoryModelStore(),
        new MemoryBlobStore(),
        () -> {});
  }
}

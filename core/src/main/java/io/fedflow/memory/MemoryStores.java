package io.fedflow.memory;

import io.fedflow.spi.Stores;

/** Makes stores that live in memory. */
public final class MemoryStores {

  private MemoryStores() {}

  /** Fresh and empty stores. Closing them frees nothing: the garbage collector does. */
  public static Stores create() {
    MemoryTrackingStore tracking = new MemoryTrackingStore();
    return new Stores(
        new MemoryJobStore(tracking),
        tracking,
        new MemoryTableCatalog(),
        new MemoryModelStore(),
        new MemoryBlobStore(),
        new MemoryServiceRegistry(),
        () -> {});
  }
}

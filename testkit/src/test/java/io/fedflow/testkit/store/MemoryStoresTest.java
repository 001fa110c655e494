package io.fedflow.testkit.store;

import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.Stores;
import org.junit.jupiter.api.Nested;

/** The in-memory stores keep every promise but durability. */
class MemoryStoresTest {

  @Nested
  class Jobs extends JobStoreContract {
    @Override
    protected Stores open() {
      return MemoryStores.create();
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  @Nested
  class Tracking extends TrackingStoreContract {
    @Override
    protected Stores open() {
      return MemoryStores.create();
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  @Nested
  class Tables extends TableCatalogContract {
    @Override
    protected Stores open() {
      return MemoryStores.create();
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  @Nested
  class Models extends ModelStoreContract {
    @Override
    protected Stores open() {
      return MemoryStores.create();
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  @Nested
  class Blobs extends BlobStoreContract {
    @Override
    protected Stores open() {
      return MemoryStores.create();
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }
}

package io.fedflow.testkit.store;

import io.fedflow.memory.SharedMemory;
import io.fedflow.spi.Stores;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** Memory that several instances share keeps every promise. */
class SharedMemoryTest {

  private final SharedMemory shared = new SharedMemory(InstantSource.system());

  @Nested
  class Instances extends SiteInstancesContract {
    @Override
    protected Stores open() {
      return shared.open();
    }
  }

  @Nested
  class Texts extends SharedTextsContract {
    @Override
    protected Stores open() {
      return shared.open();
    }
  }

  @Nested
  class Jobs extends JobStoreContract {
    @Override
    protected Stores open() {
      return shared.open();
    }
  }

  @Nested
  class Tracking extends TrackingStoreContract {
    @Override
    protected Stores open() {
      return shared.open();
    }
  }

  @Nested
  class Blobs extends BlobStoreContract {
    @Override
    protected Stores open() {
      return shared.open();
    }
  }
}

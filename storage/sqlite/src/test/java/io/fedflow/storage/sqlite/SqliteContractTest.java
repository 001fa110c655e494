package io.fedflow.storage.sqlite;

import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.TestJson;
import io.fedflow.testkit.store.BlobStoreContract;
import io.fedflow.testkit.store.JobStoreContract;
import io.fedflow.testkit.store.ModelStoreContract;
import io.fedflow.testkit.store.ServiceRegistryContract;
import io.fedflow.testkit.store.TableCatalogContract;
import io.fedflow.testkit.store.TrackingStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The SQLite stores keep every promise. */
class SqliteContractTest {

  @TempDir Path dir;

  private Stores openStores() {
    return SqliteStores.open(dir, new TestJson());
  }

  @Nested
  class Jobs extends JobStoreContract {
    @Override
    protected Stores open() {
      return openStores();
    }
  }

  @Nested
  class Tracking extends TrackingStoreContract {
    @Override
    protected Stores open() {
      return openStores();
    }
  }

  @Nested
  class Tables extends TableCatalogContract {
    @Override
    protected Stores open() {
      return openStores();
    }
  }

  @Nested
  class Models extends ModelStoreContract {
    @Override
    protected Stores open() {
      return openStores();
    }
  }

  @Nested
  class Blobs extends BlobStoreContract {
    @Override
    protected Stores open() {
      return openStores();
    }
  }

  @Nested
  class Servers extends ServiceRegistryContract {
    private Stores stores;

    @Override
    protected ServiceRegistry registry() {
      return stores.servers();
    }

    @BeforeEach
    void open() {
      stores = openStores();
    }

    @AfterEach
    void close() {
      stores.close();
    }
  }
}

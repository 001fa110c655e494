package io.fedflow.storage.postgres;

import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.TestJson;
import io.fedflow.testkit.store.BlobStoreContract;
import io.fedflow.testkit.store.JobStoreContract;
import io.fedflow.testkit.store.ModelStoreContract;
import io.fedflow.testkit.store.ServiceRegistryContract;
import io.fedflow.testkit.store.SharedTextsContract;
import io.fedflow.testkit.store.SiteInstancesContract;
import io.fedflow.testkit.store.TableCatalogContract;
import io.fedflow.testkit.store.TrackingStoreContract;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The Postgres stores keep every promise. */
class PostgresContractTest {

  private static Vertx vertx;

  private final String url = TestPostgres.freshDatabase();

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void endVertx() {
    vertx.close().await();
  }

  private Stores openStores() throws Exception {
    return PostgresStores.open(vertx, url, new TestJson())
        .toCompletableFuture()
        .get(1, TimeUnit.MINUTES);
  }

  @Nested
  class Jobs extends JobStoreContract {
    @Override
    protected Stores open() throws Exception {
      return openStores();
    }
  }

  @Nested
  class Tracking extends TrackingStoreContract {
    @Override
    protected Stores open() throws Exception {
      return openStores();
    }
  }

  @Nested
  class Tables extends TableCatalogContract {
    @Override
    protected Stores open() throws Exception {
      return openStores();
    }
  }

  @Nested
  class Models extends ModelStoreContract {
    @Override
    protected Stores open() throws Exception {
      return openStores();
    }
  }

  @Nested
  class Blobs extends BlobStoreContract {
    @Override
    protected Stores open() throws Exception {
      return openStores();
    }
  }

  @Nested
  class Instances extends SiteInstancesContract {
    @Override
    protected Stores open() throws Exception {
      return openStores();
    }
  }

  @Nested
  class Texts extends SharedTextsContract {
    @Override
    protected Stores open() throws Exception {
      return openStores();
    }
  }

  /** What an instance stores is what anybody stores. */
  @Nested
  class JobsOfAnInstance extends JobStoreContract {
    @Override
    protected Stores open() throws Exception {
      Stores stores = openStores();
      stores.instances().join(Duration.ofHours(1)).toCompletableFuture().get(1, TimeUnit.MINUTES);
      return stores;
    }

    /** The next instance may not begin with the jobs of this one, which some tests do. */
    @Override
    protected boolean durable() {
      return false;
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
    void open() throws Exception {
      stores = openStores();
    }

    @AfterEach
    void close() {
      stores.close();
    }
  }
}

package io.fedflow.testkit.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fedflow.spi.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens and ends the stores of a contract's tests. */
public abstract class StoresContract {

  private Stores stores;

  /**
   * Opens the stores of the running test: empty at the first call of a test; at later calls, which
   * come after the earlier stores were closed, with everything that was stored.
   */
  protected abstract Stores open() throws Exception;

  /** Tells whether stores outlive closing; the tests of durability are skipped if not. */
  protected boolean durable() {
    return true;
  }

  /** The stores under test. */
  protected final Stores stores() {
    return stores;
  }

  /** Closes the stores and opens them again, as after a restart. Skips the test if not durable. */
  protected final void restart() throws Exception {
    assumeTrue(durable(), "these stores do not outlive closing");
    stores.close();
    stores = open();
  }

  @BeforeEach
  final void openStores() throws Exception {
    stores = open();
  }

  @AfterEach
  final void closeStores() {
    if (stores != null) {
      stores.close();
    }
  }
}

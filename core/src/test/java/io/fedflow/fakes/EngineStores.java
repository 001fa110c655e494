package io.fedflow.fakes;

import io.fedflow.Fedflow;
import io.fedflow.FedflowBuilder;
import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.Stores;
import java.util.function.Supplier;

/**
 * Where the tests of the engine and of the managers keep things: in memory, unless the system
 * property {@value #OPENER} names a class that opens other stores. The modules of these stores run
 * the same tests with it.
 */
public final class EngineStores {

  /** Names a public {@code Supplier<Stores>} with a public constructor without arguments. */
  public static final String OPENER = "fedflow.engine.stores";

  private EngineStores() {}

  /**
   * Fresh and empty stores, which outlive the sites that close them, as a disk does. Whoever opens
   * other ones than memory closes them after the test.
   */
  public static Stores fresh() {
    return closedBy(closing(), () -> {});
  }

  /** Fresh and empty stores, which end with the site. */
  public static Stores closing() {
    String opener = System.getProperty(OPENER);
    return opener == null ? MemoryStores.create() : opened(opener);
  }

  /** The same stores with another end, which one site has for itself, though it starts again. */
  public static Stores closedBy(Stores stores, Runnable closer) {
    return new Stores(
        stores.jobs(),
        stores.tracking(),
        stores.tables(),
        stores.models(),
        stores.blobs(),
        stores.servers(),
        closer);
  }

  /** A site on fresh stores. */
  public static FedflowBuilder site() {
    return Fedflow.builder().stores(fresh());
  }

  private static Stores opened(String opener) {
    try {
      Object made = Class.forName(opener).getConstructor().newInstance();
      return (Stores) ((Supplier<?>) made).get();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(OPENER + "=" + opener + " opens no stores", e);
    }
  }
}

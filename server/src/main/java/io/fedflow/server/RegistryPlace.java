package io.fedflow.server;

import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.Stores;
import io.fedflow.transport.registry.FileServiceRegistry;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the servers of a site know each other from.
 *
 * @param file a file that lists them; empty for the stores that they share
 */
public record RegistryPlace(Optional<Path> file) {

  private static final String STORE = "store";
  private static final String FILE = "file:";

  /** The stores that the servers of a site share; a folder has one server. */
  public static RegistryPlace store() {
    return new RegistryPlace(Optional.empty());
  }

  /**
   * Reads {@code store} or {@code file:PATH}.
   *
   * @throws IllegalArgumentException for anything else; ZooKeeper, as FATE's {@code use_registry}
   *     means it, is named
   */
  static RegistryPlace parse(String text) {
    if (text.equals(STORE)) {
      return store();
    }
    if (text.startsWith(FILE) && text.length() > FILE.length()) {
      return new RegistryPlace(Optional.of(Path.of(text.substring(FILE.length()))));
    }
    boolean zookeeper =
        text.toLowerCase(Locale.ROOT).startsWith("zookeeper") || text.equals("true");
    throw new IllegalArgumentException(
        "--registry: found '"
            + text
            + "', allowed "
            + STORE
            + " or "
            + FILE
            + "PATH"
            + (zookeeper ? "; a registry in ZooKeeper comes with online inference" : ""));
  }

  /** Opens it; blocks. */
  ServiceRegistry open(Stores stores, JsonCodec codec) {
    return file.<ServiceRegistry>map(list -> FileServiceRegistry.read(list, codec))
        .orElseGet(stores::servers);
  }
}

package io.fedflow.transport.http.outside;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.route.SiteAddress;
import java.util.Map;
import java.util.Set;

/** The databases that the operator allows. Immutable. */
public final class SqlAddresses {

  private static final Map<String, Integer> PORTS =
      Map.of("HIVE", 10_000, "LINKIS_HIVE", 9001, "MYSQL", 3306, "POSTGRESQL", 5432);

  private final Set<SiteAddress> allowed;

  /** These databases, and no others. */
  public SqlAddresses(Set<SiteAddress> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /**
   * Where a database listens.
   *
   * @param host a checked name or address
   * @param port 1..65535
   */
  public record Place(String host, int port) {}

  /** Whether an engine is a database. */
  static boolean isSql(String engine) {
    return PORTS.containsKey(engine);
  }

  /**
   * Host and port of an address.
   *
   * @param field that the address is in
   * @param engine FATE's name of the database, upper case; it tells the usual port
   * @throws FedflowException {@code argument.…}, or {@code connector.address} if it is not allowed
   */
  public Place require(String field, String engine, Arguments address) {
    String host = HostName.require(field + "/host", address.requiredText("host"));
    int port = address.integer("port", PORTS.getOrDefault(engine, 0), 1, 65_535);
    if (!allowed.contains(new SiteAddress(host, port))) {
      throw FedflowException.invalid(
          "connector.address",
          field
              + "/host, port: found "
              + host
              + ':'
              + port
              + ", allowed are the databases that the server was started with as --sql-address"
              + (allowed.isEmpty() ? "; it was started with none" : ""));
    }
    return new Place(host, port);
  }
}

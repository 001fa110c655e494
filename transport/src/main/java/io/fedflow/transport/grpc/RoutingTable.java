package io.fedflow.transport.grpc;

import java.util.Map;
import java.util.Optional;

/**
 * Tells at which site a party is. Parties are named by id alone: an organisation has one site for
 * all roles it plays.
 *
 * @param routes party id to address
 * @param otherwise the address for every other party, such as a relay; empty for none
 */
public record RoutingTable(Map<String, SiteAddress> routes, Optional<SiteAddress> otherwise) {

  /** Copies the map. */
  public RoutingTable {
    routes = Map.copyOf(routes);
  }

  /** A table that knows nothing but the given parties. */
  public static RoutingTable of(Map<String, SiteAddress> routes) {
    return new RoutingTable(routes, Optional.empty());
  }

  /** Where to reach a party; empty if neither a route nor the default names an address. */
  public Optional<SiteAddress> route(String partyId) {
    return Optional.ofNullable(routes.get(partyId)).or(() -> otherwise);
  }
}

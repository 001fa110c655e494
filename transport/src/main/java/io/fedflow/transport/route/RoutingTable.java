package io.fedflow.transport.route;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells the way to every other party. Parties are named by id alone: an organisation has one site
 * for all roles it plays. Immutable.
 *
 * @param routes party id to route, in the order of the ids
 * @param otherwise the route to every other party, such as a relay; empty for none
 */
public record RoutingTable(Map<String, Route> routes, Optional<Route> otherwise) {

  /** A table without any route. */
  public static final RoutingTable EMPTY = new RoutingTable(Map.of(), Optional.empty());

  /** Copies the map. */
  public RoutingTable {
    routes = Collections.unmodifiableMap(new TreeMap<>(routes));
  }

  /** A table that knows nothing but the given parties, with one server each. */
  public static RoutingTable of(Map<String, SiteAddress> addresses) {
    Map<String, Route> routes = new TreeMap<>();
    addresses.forEach((party, address) -> routes.put(party, Route.to(address)));
    return new RoutingTable(routes, Optional.empty());
  }

  /** The way to a party; empty if neither a route nor the default leads there. */
  public Optional<Route> route(String partyId) {
    return Optional.ofNullable(routes.get(partyId)).or(() -> otherwise);
  }

  /** This table, where the routes of another one take the place of those to the same parties. */
  public RoutingTable overlaid(RoutingTable other) {
    Map<String, Route> all = new TreeMap<>(routes);
    all.putAll(other.routes);
    return new RoutingTable(all, other.otherwise.or(() -> otherwise));
  }

  /** For people: {@code {10000=a:1 or b:2}, all others c:3}. */
  @Override
  public String toString() {
    return routes + otherwise.map(route -> ", all others " + route).orElse("");
  }
}

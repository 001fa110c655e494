package io.fedflow.transport.route;

import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The document of routes: {@code {"parties": {"10000": {"addresses": ["host:port", …], "identity":
 * "…"}}, "default": {"addresses": […]}}}, both parts and every identity optional.
 */
final class RouteDocument {

  /** More parties than any federation has. */
  static final int MOST_PARTIES = 10_000;

  private static final String PARTIES = "parties";
  private static final String DEFAULT = "default";
  private static final String ADDRESSES = "addresses";
  private static final String IDENTITY = "identity";

  private RouteDocument() {}

  /**
   * Reads a JSON tree.
   *
   * @param problems gets everything that is wrong; what is right is in the table all the same
   */
  static RoutingTable read(Object tree, Problems problems) {
    Map<?, ?> document = object("", tree, Set.of(PARTIES, DEFAULT), problems);
    Map<String, Route> routes = new TreeMap<>();
    Object parties = document.get(PARTIES);
    if (parties instanceof Map<?, ?> map) {
      if (map.size() > MOST_PARTIES) {
        problems.error(PARTIES, "too many parties", map.size(), "at most " + MOST_PARTIES);
        return RoutingTable.EMPTY;
      }
      map.forEach(
          (id, route) -> {
            String party = String.valueOf(id);
            String pointer = PARTIES + '/' + party;
            if (!Party.isId(party)) {
              problems.error(
                  pointer,
                  "not a party id",
                  party,
                  "1..50 letters, digits, '_', '-' and '.', no '.' first");
            }
            route(pointer, route, problems).ifPresent(found -> routes.put(party, found));
          });
    } else if (document.containsKey(PARTIES)) {
      problems.error(PARTIES, "not an object", parties, "an object: party id to route");
    }
    Optional<Route> otherwise =
        document.containsKey(DEFAULT)
            ? route(DEFAULT, document.get(DEFAULT), problems)
            : Optional.empty();
    return new RoutingTable(routes, otherwise);
  }

  private static Optional<Route> route(String pointer, Object tree, Problems problems) {
    Map<?, ?> route = object(pointer, tree, Set.of(ADDRESSES, IDENTITY), problems);
    if (!(tree instanceof Map<?, ?>)) {
      return Optional.empty();
    }
    String at = pointer + '/' + ADDRESSES;
    if (!(route.get(ADDRESSES) instanceof List<?> list)
        || list.isEmpty()
        || list.size() > Route.MOST_ADDRESSES) {
      problems.error(
          at,
          "no list of addresses",
          route.get(ADDRESSES),
          "a list of 1.." + Route.MOST_ADDRESSES + " texts host:port");
      return Optional.empty();
    }
    Set<SiteAddress> addresses = new LinkedHashSet<>();
    for (int i = 0; i < list.size(); i++) {
      address(at + '/' + i, list.get(i), addresses, problems);
    }
    Optional<RoutePin> identity = identity(pointer, route, problems);
    return addresses.isEmpty()
        ? Optional.empty()
        : Optional.of(new Route(List.copyOf(addresses), identity));
  }

  private static Optional<RoutePin> identity(String pointer, Map<?, ?> route, Problems problems) {
    if (!route.containsKey(IDENTITY)) {
      return Optional.empty();
    }
    Object value = route.get(IDENTITY);
    try {
      return Optional.of(new RoutePin(String.valueOf(value)));
    } catch (IllegalArgumentException malformed) {
      problems.error(pointer + '/' + IDENTITY, "no identity", value, RoutePin.ALLOWED);
      return Optional.empty();
    }
  }

  private static void address(
      String pointer, Object value, Set<SiteAddress> addresses, Problems problems) {
    try {
      if (!addresses.add(SiteAddress.parse(String.valueOf(value)))) {
        problems.error(pointer, "the same address twice", value, "each address once");
      }
    } catch (IllegalArgumentException malformed) {
      problems.error(pointer, "not an address", value, "host:port or [ipv6]:port, port 1..65535");
    }
  }

  private static Map<?, ?> object(
      String pointer, Object tree, Set<String> allowed, Problems problems) {
    if (!(tree instanceof Map<?, ?> map)) {
      problems.error(pointer, "not an object", tree, "an object with " + sorted(allowed));
      return Map.of();
    }
    for (Object key : map.keySet()) {
      if (!allowed.contains(String.valueOf(key))) {
        problems.error(
            (pointer.isEmpty() ? "" : pointer + '/') + key,
            "unknown field",
            key,
            "" + sorted(allowed));
      }
    }
    return map;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  /** The document of a table. */
  static Map<String, Object> write(RoutingTable table) {
    Map<String, Object> parties = new LinkedHashMap<>();
    table.routes().forEach((party, route) -> parties.put(party, write(route)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(PARTIES, parties);
    table.otherwise().ifPresent(route -> document.put(DEFAULT, write(route)));
    return document;
  }

  private static Map<String, Object> write(Route route) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(ADDRESSES, route.addresses().stream().map(SiteAddress::toString).toList());
    route.identity().ifPresent(pin -> tree.put(IDENTITY, pin.text()));
    return tree;
  }
}

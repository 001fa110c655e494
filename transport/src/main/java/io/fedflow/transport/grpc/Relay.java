package io.fedflow.transport.grpc;

import io.fedflow.party.Party;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RoutingTable;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Forwards calls for parties that are not served here to where the routes lead, such as an exchange
 * does for the parties around it. A call is passed on as it is, in both directions at once and only
 * as fast as it is taken, so a relay keeps no more of it than a window of HTTP/2. It adds its name
 * to {@link Protocol#VIA}, by which circles are found. Thread-safe.
 */
final class Relay {

  /** More relays in a row than any federation has. */
  static final int MOST_HOPS = 8;

  private final LocalSite site;
  private final Supplier<RoutingTable> routing;
  private final Onward onward;
  private final Callers callers;
  private final String name;

  /**
   * Forwards along these routes.
   *
   * @param site what is served here, and so is not forwarded; its first party id names the relay
   * @param routing never blocks
   * @param onward the connections to the next hops
   * @param callers tells who calls
   */
  Relay(LocalSite site, Supplier<RoutingTable> routing, Onward onward, Callers callers) {
    this.callers = callers;
    this.site = site;
    this.routing = routing;
    this.onward = onward;
    this.name = site.partyIds().stream().sorted().findFirst().orElseThrow();
  }

  /** Tells whether a call is for somebody else. */
  boolean takes(HttpServerRequest call) {
    String to = call.getHeader(Protocol.TO_PARTY);
    return to != null && call.version() == HttpVersion.HTTP_2 && !site.partyIds().contains(to);
  }

  /** Forwards a call that {@link #takes} named. */
  void forward(HttpServerRequest call) {
    String to = call.getHeader(Protocol.TO_PARTY);
    if (!Party.isId(to)) {
      refuse(call, "header " + Protocol.TO_PARTY + " holds no party id");
      return;
    }
    List<String> via = via(call);
    if (via.contains(name)) {
      refuse(
          call,
          "the way to party id "
              + to
              + " is a circle: "
              + String.join(" > ", via)
              + " > "
              + name
              + "; correct the routes of these relays");
      return;
    }
    if (via.size() >= MOST_HOPS) {
      refuse(
          call,
          "the way to party id "
              + to
              + " has more than "
              + MOST_HOPS
              + " relays: "
              + String.join(" > ", via)
              + " > "
              + name);
      return;
    }
    Optional<Route> route = routing.get().route(to);
    if (route.isEmpty()) {
      refuse(call, "no route leads to party id " + to);
      return;
    }
    String after = via.isEmpty() ? name : String.join(",", via) + ',' + name;
    new Forwarding(call, name, to, callers.partyIds(call)).start(onward, route.get(), after);
  }

  private static List<String> via(HttpServerRequest call) {
    String via = call.getHeader(Protocol.VIA);
    return via == null || via.isEmpty() ? List.of() : List.of(via.split(",", -1));
  }

  /** What another attempt would not change. */
  private void refuse(HttpServerRequest call, String why) {
    RelayAnswer.undelivered(call, name, 0, GrpcStatus.FAILED_PRECONDITION, why);
  }
}

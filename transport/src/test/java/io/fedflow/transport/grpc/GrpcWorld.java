package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fedflow.federation.FederationLink;
import io.fedflow.federation.Mailboxes;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.PartyLink;
import io.fedflow.testkit.link.LinkWorld;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Two sites with real ports on the loopback interface. */
final class GrpcWorld implements LinkWorld {

  /** The name of the relay of {@link #relayed}. */
  static final String EXCHANGE = "exchange";

  private final Vertx vertx = Vertx.vertx();
  private final JsonCodec json = new JacksonJsonCodec();
  private final LinkOptions options;
  private final Function<String, LinkSecurity> security;
  private final Map<String, SiteAddress> places =
      Map.of(GUEST, FreePort.address(), HOST, FreePort.address());
  private final RoutingTable routing;
  private final Map<String, PartyGrpcServer> up = new HashMap<>();
  private final List<GrpcLinks> opened = new ArrayList<>();

  /** Each site with the one address at which it listens. */
  GrpcWorld(Duration patience) {
    this(patience, Route::to, partyId -> LinkSecurity.plaintext());
  }

  /**
   * Each site with these addresses.
   *
   * @param routes the way to a site that listens there
   * @param security what protects the site of a party
   */
  GrpcWorld(
      Duration patience,
      Function<SiteAddress, Route> routes,
      Function<String, LinkSecurity> security) {
    this(patience, routes, Optional.empty(), security);
  }

  private GrpcWorld(
      Duration patience,
      Function<SiteAddress, Route> routes,
      Optional<SiteAddress> exchange,
      Function<String, LinkSecurity> security) {
    this.security = security;
    this.options = LinkOptions.DEFAULT.givingUpAfter(patience);
    Map<String, Route> direct =
        Map.of(GUEST, routes.apply(places.get(GUEST)), HOST, routes.apply(places.get(HOST)));
    this.routing =
        new RoutingTable(exchange.isPresent() ? Map.of() : direct, exchange.map(Route::to));
  }

  /** Each site reaches the other through one more, which has nothing but relays. */
  static GrpcWorld relayed(Duration patience, Function<String, LinkSecurity> security) {
    SiteAddress exchange = FreePort.address();
    GrpcWorld world = new GrpcWorld(patience, Route::to, Optional.of(exchange), security);
    LocalSite nobody =
        new LocalSite(Set.of(EXCHANGE), RecordingEngine.accepting(), new Mailboxes());
    PartyGrpcServer relay =
        new PartyGrpcServer(
            world.vertx, nobody, world.json, WireLimits.DEFAULT, security.apply(EXCHANGE));
    RoutingTable onward = RoutingTable.of(world.places);
    relay.relay(() -> onward, LinkOptions.DEFAULT);
    await(relay.listen(exchange.host(), exchange.port()));
    world.up.put(EXCHANGE, relay);
    return world;
  }

  /** Each site with two addresses, of which the preferred one is dead. */
  static GrpcWorld halfDead(Duration patience) {
    return new GrpcWorld(
        patience,
        live -> new Route(List.of(FreePort.address(), live)),
        partyId -> LinkSecurity.plaintext());
  }

  @Override
  public void start(String partyId, PartyLink engine, Mailboxes mailboxes) {
    LocalSite site = new LocalSite(Set.of(partyId), engine, mailboxes);
    PartyGrpcServer server =
        new PartyGrpcServer(vertx, site, json, WireLimits.DEFAULT, security.apply(partyId));
    SiteAddress address = places.get(partyId);
    await(server.listen(address.host(), address.port()));
    up.put(partyId, server);
  }

  @Override
  public void stop(String partyId) {
    await(up.remove(partyId).close());
  }

  @Override
  public PartyLink partyLink(String fromPartyId) {
    return links(fromPartyId);
  }

  @Override
  public FederationLink federationLink(String fromPartyId) {
    return links(fromPartyId);
  }

  private GrpcLinks links(String fromPartyId) {
    LocalSite site =
        new LocalSite(Set.of(fromPartyId), RecordingEngine.accepting(), new Mailboxes());
    GrpcLinks links =
        new GrpcLinks(
            vertx, site, routing, json, options, WireLimits.DEFAULT, security.apply(fromPartyId));
    opened.add(links);
    return links;
  }

  @Override
  public void close() {
    opened.forEach(links -> await(links.close()));
    up.values().forEach(server -> await(server.close()));
    await(vertx.close().toCompletionStage());
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, SECONDS).join();
  }
}

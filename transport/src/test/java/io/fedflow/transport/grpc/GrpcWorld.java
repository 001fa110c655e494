package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fedflow.federation.FederationLink;
import io.fedflow.federation.Mailboxes;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.PartyLink;
import io.fedflow.testkit.link.LinkWorld;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Two sites with real ports on the loopback interface. */
final class GrpcWorld implements LinkWorld {

  private final Vertx vertx = Vertx.vertx();
  private final JsonCodec json = new JacksonJsonCodec();
  private final LinkOptions options;
  private final RoutingTable routing =
      RoutingTable.of(Map.of(GUEST, FreePort.address(), HOST, FreePort.address()));
  private final Map<String, PartyGrpcServer> up = new HashMap<>();
  private final List<GrpcLinks> opened = new ArrayList<>();

  GrpcWorld(Duration patience) {
    this.options = LinkOptions.DEFAULT.givingUpAfter(patience);
  }

  @Override
  public void start(String partyId, PartyLink engine, Mailboxes mailboxes) {
    LocalSite site = new LocalSite(Set.of(partyId), engine, mailboxes);
    PartyGrpcServer server = new PartyGrpcServer(vertx, site, json, WireLimits.DEFAULT);
    SiteAddress address = routing.routes().get(partyId).addresses().get(0);
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
    GrpcLinks links = new GrpcLinks(vertx, site, routing, json, options, WireLimits.DEFAULT);
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

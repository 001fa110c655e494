package io.fedflow.transport.http.v1;

import io.fedflow.party.Party;
import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteServer;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/** What this server is: versions and addresses. */
public final class VersionController implements Controller {

  private final Versions versions;
  private final String host;
  private final IntSupplier port;
  private final PartyDirectory parties;
  private final Optional<ServiceRegistry> registry;
  private final InstantSource clock;

  /**
   * Tells these versions.
   *
   * @param host where others find this server
   * @param port its real port, known once it listens
   * @param parties whom it acts for, and who else is there
   * @param registry the servers of this site; empty if it has but this one
   */
  public VersionController(
      Versions versions,
      String host,
      IntSupplier port,
      PartyDirectory parties,
      Optional<ServiceRegistry> registry,
      InstantSource clock) {
    this.parties = parties;
    this.registry = registry;
    this.versions = versions;
    this.host = host;
    this.port = port;
    this.clock = clock;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/version/get", this::version);
    routes.post("/v1/info/version", this::version);
    routes.post("/v1/server/version/get", this::all);
    routes.post("/v1/server/fateflow/info", this::instances);
    routes.post("/v1/info/common", this::common);
    routes.post("/v1/info/party/:dest", this::party);
    routes.post("/v1/info/party/:proxy/:dest", this::throughProxy);
  }

  private Future<? extends Answer> version(Call call) {
    return Future.succeededFuture(of(call.arguments().text("module").orElse("FATE")));
  }

  private Future<? extends Answer> all(Call call) {
    return Future.succeededFuture(
        call.arguments()
            .text("module")
            .map(this::of)
            .orElseGet(() -> Envelope.ok(withApi(versions.modules()))));
  }

  private Envelope of(String module) {
    String version = versions.modules().get(module);
    return version == null
        ? Envelope.status(404, "no module of this name; allowed " + versions.modules().keySet())
        : Envelope.ok(withApi(Map.of(module, version)));
  }

  private static Map<String, Object> withApi(Map<String, String> modules) {
    Map<String, Object> tree = new LinkedHashMap<>(modules);
    tree.put("API", "v1");
    return tree;
  }

  /** All servers of this site; itself also while it could not register. */
  private Future<? extends Answer> instances(Call call) {
    Map<String, Object> self = instance(address(), versions.instanceId(), clock.millis());
    return registry
        .map(servers -> call.await(servers.live(clock.millis())))
        .orElse(Future.succeededFuture(List.of()))
        .map(
            servers -> {
              Map<String, Object> all = new LinkedHashMap<>();
              all.put(versions.instanceId(), self);
              servers.forEach(server -> all.put(server.instanceId(), tree(server)));
              return Envelope.ok(all);
            });
  }

  private Map<String, Object> tree(SiteServer server) {
    Map<String, Object> address = new LinkedHashMap<>();
    address.put("version", version());
    address.put("host", server.host());
    address.put("http_port", server.httpPort());
    address.put("grpc_port", server.grpcPort());
    address.put("software", server.software());
    return instance(address, server.instanceId(), server.started());
  }

  private static Map<String, Object> instance(
      Map<String, Object> address, String id, long timestamp) {
    address.put("instance_id", id);
    address.put("timestamp", timestamp);
    return address;
  }

  private String version() {
    return versions.modules().getOrDefault("FATEFlow", Versions.COMPATIBLE);
  }

  private Future<? extends Answer> common(Call call) {
    Map<String, Object> common = address();
    // One that acts for several parties, or for all, has no id of its own.
    if (parties.own().size() == 1) {
      common.put("party_id", PartyIds.wire(parties.own().iterator().next()));
    }
    return Future.succeededFuture(Envelope.ok(common));
  }

  /**
   * The operator's routes lead to every party, through relays where they have to: whom a client
   * names as the proxy has to be somebody there, and is not asked to ask.
   */
  private Future<? extends Answer> throughProxy(Call call) {
    String proxy = Party.requireId(call.path("proxy"));
    return parties.isOwn(proxy)
        ? party(call)
        : call.await(parties.ask(proxy)).compose(known -> party(call));
  }

  /** Other parties' servers do not tell where they listen for clients. */
  private Future<? extends Answer> party(Call call) {
    String party = Party.requireId(call.path("dest"));
    if (parties.isOwn(party)) {
      Map<String, Object> own = address();
      own.put("party_id", PartyIds.wire(party));
      return Future.succeededFuture(Envelope.ok(own));
    }
    return call.await(parties.ask(party))
        .map(
            other -> {
              Map<String, Object> told = new LinkedHashMap<>();
              told.put("version", other.version());
              told.put("host", other.host());
              told.put("grpc_port", other.grpcPort());
              told.put("party_id", PartyIds.wire(party));
              return Envelope.ok(told);
            });
  }

  private Map<String, Object> address() {
    Map<String, Object> address = new LinkedHashMap<>();
    address.put("version", version());
    address.put("host", host);
    address.put("http_port", port.getAsInt());
    address.put("grpc_port", versions.grpcPort());
    return address;
  }
}

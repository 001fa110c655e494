package io.fedflow.transport.http.v1;

import io.fedflow.party.Party;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** What this server is: versions and addresses. */
public final class VersionController implements Controller {

  private final Versions versions;
  private final String host;
  private final IntSupplier port;
  private final PartyDirectory parties;
  private final InstantSource clock;

  /**
   * Tells these versions.
   *
   * @param host where this server listens
   * @param port its real port, known once it listens
   * @param parties whom it acts for, and who else is there
   */
  public VersionController(
      Versions versions,
      String host,
      IntSupplier port,
      PartyDirectory parties,
      InstantSource clock) {
    this.parties = parties;
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

  private Future<? extends Answer> instances(Call call) {
    Map<String, Object> instance = address();
    instance.put("instance_id", versions.instanceId());
    instance.put("timestamp", clock.millis());
    return Future.succeededFuture(Envelope.ok(Map.of(versions.instanceId(), instance)));
  }

  private Future<? extends Answer> common(Call call) {
    Map<String, Object> common = address();
    // One that acts for several parties, or for all, has no id of its own.
    if (parties.own().size() == 1) {
      common.put("party_id", PartyIds.wire(parties.own().iterator().next()));
    }
    return Future.succeededFuture(Envelope.ok(common));
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
    address.put("version", versions.modules().getOrDefault("FATEFlow", Versions.COMPATIBLE));
    address.put("host", host);
    address.put("http_port", port.getAsInt());
    address.put("grpc_port", versions.grpcPort());
    return address;
  }
}

package io.fedflow.transport.http.outside;

import io.fedflow.Site;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.modelfile.PartyModelId;
import io.fedflow.transport.http.v1.ModelNamed;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /v1/server} and {@code /v1/service}: servers and services of others that clients register
 * and look up. They are kept and shown; this server calls none of them.
 */
public final class ServicesController implements Controller {

  /** Under this name models of this server are registered. */
  private static final String OWN = "FATEFLOW";

  private static final int NOT_FOUND = 404;

  private static final RegisteredServer SOMEWHERE = new RegisteredServer("localhost", 1, "http");

  private final Site site;
  private final Admins admins;
  private final StoredServices services;

  /**
   * Routes onto this site.
   *
   * @param blobs where services are kept
   * @param admins who may register them
   */
  public ServicesController(Site site, BlobStore blobs, JsonCodec codec, Admins admins) {
    this.site = site;
    this.admins = admins;
    this.services = new StoredServices(blobs, codec);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/server/get", this::servers);
    routes.post("/v1/server/service/get", this::servers);
    routes.post("/v1/server/service/:name/get", this::server);
    routes.post("/v1/server/:name/get", this::server);
    routes.post("/v1/server/service/:name/register", this::registerServer);
    routes.post("/v1/server/:name/register", this::registerServer);
    routes.post("/v1/service/registry", this::registerService);
    routes.post("/v1/service/query", this::query);
    routes.post("/v1/model/service/register", this::registerModel);
  }

  private Future<? extends Answer> servers(Call call) {
    return call.blocking(services::servers)
        .map(
            servers -> {
              Map<String, Object> all = new LinkedHashMap<>();
              servers.forEach((name, server) -> all.put(name, server.tree()));
              return Envelope.ok(all);
            });
  }

  /** An unknown name is answered without data. */
  private Future<? extends Answer> server(Call call) {
    String name = StoredServices.serverName(call.path("name"));
    return call.blocking(() -> services.servers().get(name))
        .map(server -> Envelope.ok(server == null ? null : server.tree()));
  }

  private Future<? extends Answer> registerServer(Call call) {
    String name = StoredServices.serverName(call.path("name"));
    RegisteredServer server = RegisteredServer.of(call.arguments());
    admins.require(call);
    return register(call, Map.of(name, server), List.of());
  }

  /** One service of a registered server, or servers with their services. */
  private Future<? extends Answer> registerService(Call call) {
    Arguments arguments = call.arguments();
    if (!arguments.has("server_name")) {
      return registerTree(call, arguments);
    }
    String server = StoredServices.serverName(arguments.requiredText("server_name"));
    String name =
        StoredServices.requireName("service_name", arguments.requiredText("service_name"));
    Map<String, RegisteredServer> servers = new LinkedHashMap<>();
    arguments
        .object("server_info")
        .filter(info -> !info.isEmpty())
        .ifPresent(info -> servers.put(server, RegisteredServer.of(new Arguments(info))));
    // Whatever is wrong is told before the stores are asked where the server is.
    RegisteredService.of(server, name, SOMEWHERE, arguments);
    admins.require(call);
    return call.blocking(
            () -> {
              RegisteredServer at =
                  servers.containsKey(server) ? servers.get(server) : known(server);
              services.register(
                  servers, List.of(RegisteredService.of(server, name, at, arguments)));
              return Map.of();
            })
        .map(Envelope::ok);
  }

  /** {@code {server: {host, port, api: {service: {uri, …}}}}}. */
  private Future<? extends Answer> registerTree(Call call, Arguments arguments) {
    Map<String, RegisteredServer> servers = new LinkedHashMap<>();
    List<RegisteredService> all = new ArrayList<>();
    for (String key : arguments.all().keySet()) {
      Arguments tree = new Arguments(Arguments.of(arguments.all().get(key)).all());
      if (!tree.has("host")) {
        continue;
      }
      String server = StoredServices.serverName(key);
      RegisteredServer at = RegisteredServer.of(tree);
      servers.put(server, at);
      tree.object("api")
          .orElse(Map.of())
          .forEach(
              (name, service) ->
                  all.add(
                      RegisteredService.of(
                          server,
                          StoredServices.requireName("service_name", name),
                          at,
                          Arguments.of(service))));
    }
    if (servers.isEmpty()) {
      throw io.fedflow.failure.FedflowException.invalid(
          "argument.missing",
          "required arguments are missing: server_name, service_name and uri, or servers with host"
              + " and port");
    }
    admins.require(call);
    return register(call, servers, all);
  }

  private RegisteredServer known(String server) {
    RegisteredServer known = services.servers().get(server);
    if (known == null) {
      throw Refusal.of(
          Retcode.EXCEPTION,
          "server_name: found "
              + server
              + ", which is not registered; register it first, or give server_info with host and"
              + " port");
    }
    return known;
  }

  private Future<? extends Answer> register(
      Call call, Map<String, RegisteredServer> servers, List<RegisteredService> all) {
    return call.blocking(
            () -> {
              services.register(servers, all);
              return Map.of();
            })
        .map(Envelope::ok);
  }

  private Future<? extends Answer> query(Call call) {
    String name =
        StoredServices.requireName("service_name", call.arguments().requiredText("service_name"));
    return call.blocking(() -> services.services(name))
        .map(
            found ->
                Envelope.ok(
                    Map.of("service_info", found.stream().map(RegisteredService::row).toList())));
  }

  /** The model as a service: its place is where others read its messages. */
  private Future<? extends Answer> registerModel(Call call) {
    Arguments arguments = call.arguments().require("party_model_id", "model_version");
    PartyModelId id = PartyModelId.parse(arguments.requiredText("party_model_id"));
    String version = arguments.requiredText("model_version");
    String name = StoredServices.requireName("party_model_id", id + "/" + version);
    RegisteredService service =
        RegisteredService.own(
            OWN, name, "/v1/model/transfer/" + id.toString().replace('#', '~') + '/' + version);
    admins.require(call);
    return new ModelNamed(id.modelId(), version, id.party())
        .find(call, site, NOT_FOUND)
        .compose(
            model ->
                call.blocking(
                    () -> {
                      services.register(Map.of(), List.of(service));
                      return Map.of("party_model_id", id.toString(), "model_version", version);
                    }))
        .map(Envelope::ok);
  }
}

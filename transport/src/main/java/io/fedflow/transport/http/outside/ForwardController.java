package io.fedflow.transport.http.outside;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.v1.PartyDirectory;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.BytesAnswer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code /v1/forward}: sends requests to services that the operator named, and to no other address.
 */
public final class ForwardController implements Controller {

  private static final int NOT_REGISTERED = 404;

  private final Map<String, URI> services;
  private final PartyDirectory parties;
  private final Forwarder forwarder;

  /**
   * Forwards to these services.
   *
   * @param services where they are, by name
   * @param parties whom this server acts for
   */
  public ForwardController(Map<String, URI> services, PartyDirectory parties, Vertx vertx) {
    this.services = services;
    this.parties = parties;
    this.forwarder = new Forwarder(vertx);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/forward/:role", this::forward);
    routes.post("/v1/forward/:role/do", this::forward);
  }

  private Future<? extends Answer> forward(Call call) {
    String name = call.path("role");
    URI service = services.get(name);
    if (service == null) {
      throw new Refusal(
          Envelope.error(
              NOT_REGISTERED,
              "no service of this name: allowed are those that the server was started with as"
                  + " --forward, "
                  + new TreeSet<>(services.keySet())));
    }
    ForwardedRequest request = ForwardedRequest.of(call.arguments());
    if (!request.party().isEmpty() && !parties.isOwn(request.party())) {
      throw FedflowException.invalid(
          "argument.type",
          "header/DEST_PARTY_ID: found the id of another site's party, allowed are own ones: ask"
              + " its own server for its services");
    }
    return forwarder
        .send(name, service, request, call.codec().write(request.body()))
        .map(json -> new BytesAnswer("", "application/json", json));
  }
}

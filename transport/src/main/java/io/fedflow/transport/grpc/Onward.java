package io.fedflow.transport.grpc;

import io.fedflow.transport.route.RoutePin;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;

/**
 * The connections of a relay to the next hops: as those of {@link Peers}, one per address for
 * commands and one for messages of tasks. Thread-safe.
 */
final class Onward {

  private final RenewedClients<HttpClientAgent> commands;
  private final RenewedClients<HttpClientAgent> envelopes;
  private final LinkSecurity security;
  private final Reachability reachability = new Reachability();
  private final TrustedConnections connections;

  Onward(Vertx vertx, LinkOptions options, LinkSecurity security) {
    this.security = security;
    this.connections = new TrustedConnections(security);
    this.commands = clients(vertx, options, security);
    this.envelopes = clients(vertx, options, security);
  }

  private static RenewedClients<HttpClientAgent> clients(
      Vertx vertx, LinkOptions options, LinkSecurity security) {
    return new RenewedClients<>(
        vertx,
        security,
        () -> vertx.createHttpClient(Peers.http(options, security)),
        HttpClientAgent::close);
  }

  /**
   * The same call at the next hop, which acts for the party or forwards for it, too.
   *
   * @param pin whom the route wants there
   */
  Future<HttpClientRequest> request(
      HttpServerRequest call, SiteAddress next, String partyId, Optional<RoutePin> pin) {
    boolean transfer = call.path().contains(Protocol.FEDERATION_SERVICE);
    return (transfer ? envelopes : commands)
        .get()
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(next.host())
                .setPort(next.port())
                .setURI(call.path()))
        .compose(connected -> toParty(connected, partyId, pin))
        .onComplete(connected -> reachability.worked(next), failure -> reachability.failed(next));
  }

  private Future<HttpClientRequest> toParty(
      HttpClientRequest request, String partyId, Optional<RoutePin> pin) {
    HttpConnection connection = request.connection();
    SteadyWrites.on(connection);
    if (connections.note(connection)) {
      connection.closeHandler(v -> connections.ended(connection));
    }
    try {
      security.requireParty(connection, partyId, pin);
      return Future.succeededFuture(request);
    } catch (CertificateException another) {
      request.reset();
      return Future.failedFuture(another);
    }
  }

  /** Of these addresses, at least one, that which worked last. */
  SiteAddress best(List<SiteAddress> addresses) {
    return reachability.best(addresses);
  }

  Future<Void> close() {
    return Future.all(commands.close(), envelopes.close()).mapEmpty();
  }
}

package io.fedflow.transport.grpc;

import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.List;

/**
 * The connections of a relay to the next hops: as those of {@link Peers}, one per address for
 * commands and one for messages of tasks. Thread-safe.
 */
final class Onward {

  private final HttpClientAgent commands;
  private final HttpClientAgent envelopes;
  private final Reachability reachability = new Reachability();

  Onward(Vertx vertx, LinkOptions options) {
    this.commands = vertx.createHttpClient(Peers.http(options));
    this.envelopes = vertx.createHttpClient(Peers.http(options));
  }

  /** The same call at the next hop, without its headers. */
  Future<HttpClientRequest> request(HttpServerRequest call, SiteAddress next) {
    boolean transfer = call.path().contains(Protocol.FEDERATION_SERVICE);
    return (transfer ? envelopes : commands)
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(next.host())
                .setPort(next.port())
                .setURI(call.path()))
        .onComplete(connected -> reachability.worked(next), failure -> reachability.failed(next));
  }

  /** Of these addresses, at least one, that which worked last. */
  SiteAddress best(List<SiteAddress> addresses) {
    return reachability.best(addresses);
  }

  Future<Void> close() {
    return Future.all(commands.close(), envelopes.close()).mapEmpty();
  }
}

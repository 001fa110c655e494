package io.fedflow.transport.grpc;

import com.google.protobuf.MessageLite;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.grpc.wire.HelloRequest;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.ServiceMethod;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The connections to other sites: one per address for commands and one for envelopes, so that a
 * command never waits behind a transfer. They are made when needed and used by all calls. Before a
 * party is first spoken to at an address, its site is asked which protocol it speaks.
 */
final class Peers {

  private final Vertx vertx;
  private final GrpcClient commands;
  private final GrpcClient envelopes;
  private final PeerGuard guard;
  private final long callMillis;
  private final Supplier<RoutingTable> routing;
  private final Reachability reachability = new Reachability();
  private final Handshakes handshakes = new Handshakes(this::greet);

  /**
   * Connections along these routes.
   *
   * @param routing never blocks
   */
  Peers(
      Vertx vertx,
      Supplier<RoutingTable> routing,
      LinkOptions options,
      WireLimits limits,
      LinkSecurity security) {
    this.vertx = vertx;
    this.routing = routing;
    this.guard = new PeerGuard(security);
    this.callMillis = options.callTimeout().toMillis();
    this.commands = client(vertx, options, limits, security);
    this.envelopes = client(vertx, options, limits, security);
  }

  private static GrpcClient client(
      Vertx vertx, LinkOptions options, WireLimits limits, LinkSecurity security) {
    HttpClientOptions http =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setConnectTimeout(Math.toIntExact(options.connectTimeout().toMillis()))
            // A connection that a firewall forgot looks open for ever. Nothing read for as long as
            // a call may take: no call on it is alive, so the next one gets a new connection.
            .setReadIdleTimeout(Math.toIntExact(options.callTimeout().toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    return GrpcClient.client(
        vertx,
        new GrpcClientOptions().setMaxMessageSize(limits.messageBytes()),
        security.protect(http));
  }

  /** The way of one delivery to a party. */
  Way way(String partyId) {
    return new Way(partyId, routing, reachability);
  }

  /** Attempts at a call of one message. */
  <Q extends MessageLite, R extends MessageLite> Delivery.Attempts<Q, R> commands(
      Way way, Protocol.Call<Q, R> call, Q message) {
    return new AttemptsAt<>(
        commands, way, call.client(), List.of(message), left -> patience(left, left));
  }

  /** Attempts at a call of many messages, which are made anew for every attempt. */
  <Q extends MessageLite, R extends MessageLite> Delivery.Attempts<Q, R> envelopes(
      Way way, Protocol.Call<Q, R> call, Iterable<Q> messages) {
    return new AttemptsAt<>(
        // A transfer that has begun may go on after the time is over.
        envelopes, way, call.client(), messages, left -> patience(left, Long.MAX_VALUE));
  }

  /** Completes when a party's site at an address is known to speak our protocol. */
  Future<Void> agreed(SiteAddress site, String partyId) {
    return handshakes.agreed(site, partyId);
  }

  /** A greeting, tried once. */
  Future<HelloReply> greet(SiteAddress site, String partyId) {
    Attempt<HelloRequest, HelloReply> attempt =
        new Attempt<>(
            vertx,
            List.of(Protocol.GREETING).iterator(),
            new Attempt.Wanted(guard, partyId),
            patience(callMillis, callMillis));
    return attempt.start(request(commands, site, partyId, Protocol.HELLO.client()));
  }

  private Attempt.Patience patience(long connectLeft, long silenceLeft) {
    return new Attempt.Patience(
        Math.min(callMillis, connectLeft), Math.min(callMillis, silenceLeft));
  }

  private <Q, R> Future<GrpcClientRequest<Q, R>> request(
      GrpcClient client, SiteAddress site, String partyId, ServiceMethod<R, Q> method) {
    Optional<CertificateException> trouble = guard.ownTrouble();
    if (trouble.isPresent()) {
      return Future.failedFuture(trouble.get());
    }
    SocketAddress address = SocketAddress.inetSocketAddress(site.port(), site.host());
    return client
        .request(address, method)
        .map(
            request -> {
              request.headers().set(Protocol.TO_PARTY, partyId);
              return request;
            });
  }

  Future<Void> close() {
    return Future.all(commands.close(), envelopes.close()).mapEmpty();
  }

  private final class AttemptsAt<Q extends MessageLite, R extends MessageLite>
      implements Delivery.Attempts<Q, R> {
    private final GrpcClient client;
    private final Way way;
    private final ServiceMethod<R, Q> method;
    private final Iterable<Q> messages;
    private final LongFunction<Attempt.Patience> patience;

    private AttemptsAt(
        GrpcClient client,
        Way way,
        ServiceMethod<R, Q> method,
        Iterable<Q> messages,
        LongFunction<Attempt.Patience> patience) {
      this.client = client;
      this.way = way;
      this.method = method;
      this.messages = messages;
      this.patience = patience;
    }

    @Override
    public Attempt<Q, R> prepare(long millisLeft) {
      return new Attempt<>(
          vertx,
          messages.iterator(),
          new Attempt.Wanted(guard, way.partyId()),
          patience.apply(millisLeft));
    }

    @Override
    public Future<R> start(Attempt<Q, R> attempt) {
      return way.next()
          .map(site -> start(attempt, site))
          .orElseGet(
              () ->
                  attempt.start(
                      Future.failedFuture(
                          new CallFailed(
                              "no route leads to party id " + way.partyId() + " any more",
                              false))));
    }

    private Future<R> start(Attempt<Q, R> attempt, SiteAddress site) {
      String party = way.partyId();
      return attempt
          .start(agreed(site, party).compose(agreed -> request(client, site, party, method)))
          .onSuccess(answered -> way.worked(site))
          .recover(
              failure -> {
                if (failure instanceof CallFailed broken) {
                  way.failed(site);
                  handshakes.forget(site, party);
                  return Future.failedFuture(broken.at(site));
                }
                return Future.failedFuture(failure);
              });
    }

    @Override
    public boolean more() {
      return way.more();
    }
  }
}

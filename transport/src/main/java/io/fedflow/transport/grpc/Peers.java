package io.fedflow.transport.grpc;

import com.google.protobuf.MessageLite;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.tracking.TraceContext;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.grpc.wire.HelloRequest;
import io.fedflow.transport.grpc.wire.Outcome;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RoutePin;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.ServiceMethod;
import java.security.cert.CertificateException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The connections to other sites: one per address for commands and one for envelopes, so that a
 * command never waits behind a transfer. They are made when needed and used by all calls. Before a
 * party is first spoken to at an address, its site is asked which protocol it speaks.
 */
final class Peers {

  private final Vertx vertx;
  private final RenewedClients<GrpcClient> commands;
  private final RenewedClients<GrpcClient> envelopes;
  private final LinkSecurity security;
  private final Set<String> own;
  private final long callMillis;
  private final int chunkBytes;
  private final Supplier<RoutingTable> routing;
  private final Map<SiteAddress, Set<HttpConnection>> connections = new ConcurrentHashMap<>();
  private final Map<HttpConnection, Turns> turns = Collections.synchronizedMap(new WeakHashMap<>());
  private final TrustedConnections trusted;
  private final Reachability reachability = new Reachability();
  private final Handshakes handshakes = new Handshakes(this::greet);

  /**
   * Connections along these routes.
   *
   * @param own the ids of the parties that this site acts for
   * @param routing never blocks
   */
  Peers(
      Vertx vertx,
      Set<String> own,
      Supplier<RoutingTable> routing,
      LinkOptions options,
      WireLimits limits,
      LinkSecurity security) {
    this.vertx = vertx;
    this.own = own;
    this.routing = routing;
    this.security = security;
    this.trusted = new TrustedConnections(security);
    this.callMillis = options.callTimeout().toMillis();
    this.chunkBytes = limits.chunkBytes();
    this.commands = clients(vertx, options, limits, security);
    this.envelopes = clients(vertx, options, limits, security);
  }

  private static RenewedClients<GrpcClient> clients(
      Vertx vertx, LinkOptions options, WireLimits limits, LinkSecurity security) {
    return new RenewedClients<>(
        vertx, security, () -> client(vertx, options, limits, security), GrpcClient::close);
  }

  private static GrpcClient client(
      Vertx vertx, LinkOptions options, WireLimits limits, LinkSecurity security) {
    return GrpcClient.client(
        vertx,
        new GrpcClientOptions().setMaxMessageSize(limits.messageBytes()),
        http(options, security));
  }

  /** How a connection to another site is made. */
  static HttpClientOptions http(LinkOptions options, LinkSecurity security) {
    return security.protect(
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setConnectTimeout(Math.toIntExact(options.connectTimeout().toMillis()))
            // A connection that a firewall forgot looks open for ever. Nothing read for as long as
            // a call may take: no call on it is alive, so the next one gets a new connection.
            .setReadIdleTimeout(Math.toIntExact(options.callTimeout().toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
  }

  /** The way of one delivery to a party that belongs to no job. */
  Way way(String partyId) {
    return new Way(partyId, Optional.empty(), Optional.empty(), routing, reachability);
  }

  /** The way of one delivery to a party that is about a job, as part of its trace. */
  Way way(String partyId, TraceContext trace, String jobId) {
    return new Way(partyId, Optional.of(trace), Optional.of(jobId), routing, reachability);
  }

  /** Attempts at a call of one message. */
  <Q extends MessageLite, R extends MessageLite> Delivery.Attempts<R> commands(
      Way way, Protocol.Call<Q, R> call, Q message) {
    return new AttemptsAt<>(
        way,
        (site, left) ->
            new Attempt<>(
                vertx,
                () ->
                    signed(
                        greeted(commands.get(), site, way, call.client()),
                        way,
                        call,
                        () -> message,
                        own),
                message,
                patience(left, left)));
  }

  /** Attempts at handing over an envelope. */
  Delivery.Attempts<Outcome> envelopes(Way way, OutgoingEnvelope envelope) {
    return new AttemptsAt<>(
        way,
        (site, left) ->
            new ExchangeTry(
                vertx,
                () -> opened(site, way, envelope),
                envelope,
                // A transfer that has begun may go on after the time is over.
                patience(left, Long.MAX_VALUE),
                chunkBytes));
  }

  private Future<ExchangeTry.Opened> opened(SiteAddress site, Way way, OutgoingEnvelope envelope) {
    return agreed(site, way.partyId())
        .compose(
            agreement -> {
              // A signature is made before anything is sent, and covers the header alone.
              Agreement kept =
                  security.signatures().isPresent() ? agreement.withoutFirstPiece() : agreement;
              return signed(
                      greeted(envelopes.get(), site, way, Protocol.EXCHANGE.bytesClient()),
                      way,
                      Protocol.EXCHANGE,
                      envelope::opening,
                      Set.of(envelope.from()))
                  .map(
                      request ->
                          new ExchangeTry.Opened(request, kept, turns(request.connection())));
            });
  }

  /** Those of a connection; forgotten with it. */
  private Turns turns(HttpConnection connection) {
    return turns.computeIfAbsent(connection, c -> new Turns(vertx, vertx.getOrCreateContext()));
  }

  private <Q, R> Future<GrpcClientRequest<Q, R>> greeted(
      GrpcClient client, SiteAddress site, Way way, ServiceMethod<R, Q> method) {
    return agreed(site, way.partyId())
        .compose(agreed -> request(client, site, way.partyId(), method))
        .onSuccess(request -> way.tell(request.headers()));
  }

  /** Anew for every attempt: a signature is good once. */
  private <M, R> Future<GrpcClientRequest<M, R>> signed(
      Future<GrpcClientRequest<M, R>> connected,
      Way way,
      Protocol.Call<?, ?> call,
      Supplier<? extends MessageLite> message,
      Set<String> from) {
    Optional<SiteSignatures> signatures = security.signatures();
    if (signatures.isEmpty()) {
      return connected;
    }
    return connected.compose(
        request -> {
          byte[] bytes = message.get().toByteArray();
          return vertx.executeBlocking(
              () -> {
                signatures.get().sign(request.headers(), call.name(), bytes, from, way.partyId());
                return request;
              },
              false);
        });
  }

  /** Completes when a party's site at an address is known to speak our protocol. */
  Future<Agreement> agreed(SiteAddress site, String partyId) {
    return handshakes.agreed(site, partyId);
  }

  /** A greeting as a bare call, for whoever wants to see the headers of its answer. */
  Future<GrpcClientRequest<HelloRequest, HelloReply>> greeting(SiteAddress site, String partyId) {
    return request(commands.get(), site, partyId, Protocol.HELLO.client());
  }

  /** Whose certificate a server shows; empty without TLS. */
  Future<Optional<PeerIdentity>> certificate(SiteAddress site, String partyId) {
    return greeting(site, partyId)
        .compose(
            request -> {
              Optional<PeerIdentity> peer;
              try {
                peer = security.peer(request.connection());
              } catch (CertificateException refused) {
                request.cancel();
                return Future.failedFuture(refused);
              }
              request.end(Protocol.GREETING);
              // What is wrong with the answer is told by the next greeting.
              return request.response().compose(GrpcClientResponse::last).map(peer).otherwise(peer);
            })
        .timeout(callMillis, TimeUnit.MILLISECONDS);
  }

  /** A greeting, tried once. */
  Future<HelloReply> greet(SiteAddress site, String partyId) {
    return greet(site, partyId, callMillis);
  }

  /** A greeting, tried once, that is to be answered in time. */
  Future<HelloReply> greet(SiteAddress site, String partyId, long millis) {
    return new Attempt<>(
            vertx,
            () -> greeting(site, partyId),
            Protocol.GREETING,
            patience(millis, millis),
            security.suspicion())
        .start();
  }

  private Attempt.Patience patience(long connectLeft, long silenceLeft) {
    return new Attempt.Patience(
        Math.min(callMillis, connectLeft), Math.min(callMillis, silenceLeft));
  }

  /** Closes all connections to an address: what is on its way fails, and is tried again. */
  void disconnect(SiteAddress site) {
    Set.copyOf(connections.getOrDefault(site, Set.of())).forEach(HttpConnection::close);
  }

  private <Q, R> Future<GrpcClientRequest<Q, R>> request(
      GrpcClient client, SiteAddress site, String partyId, ServiceMethod<R, Q> method) {
    Optional<String> trouble = security.ownTrouble();
    if (trouble.isPresent()) {
      return Future.failedFuture(new CallFailed(trouble.get(), false));
    }
    SocketAddress address = SocketAddress.inetSocketAddress(site.port(), site.host());
    return client
        .request(address, method)
        .compose(
            request -> {
              request.headers().set(Protocol.TO_PARTY, partyId);
              note(site, request.connection());
              return toParty(request, partyId);
            });
  }

  private void note(SiteAddress site, HttpConnection connection) {
    Set<HttpConnection> open =
        connections.computeIfAbsent(site, s -> ConcurrentHashMap.newKeySet());
    if (open.add(connection)) {
      SteadyWrites.on(connection);
      trusted.note(connection);
      connection.closeHandler(
          // Told by the connection's own event loop.
          v -> {
            open.remove(connection);
            trusted.ended(connection);
          });
    }
  }

  /** Nothing is sent before it is known who is there. */
  private <Q, R> Future<GrpcClientRequest<Q, R>> toParty(
      GrpcClientRequest<Q, R> request, String partyId) {
    try {
      Optional<RoutePin> pin = routing.get().route(partyId).flatMap(Route::identity);
      security.requireParty(request.connection(), partyId, pin);
      return Future.succeededFuture(request);
    } catch (CertificateException another) {
      request.cancel();
      return Future.failedFuture(another);
    }
  }

  /** How long a call may go without an answer. */
  long callMillis() {
    return callMillis;
  }

  Future<Void> close() {
    return Future.all(commands.close(), envelopes.close()).mapEmpty();
  }

  /** Attempts along a way, each at its next address. */
  private final class AttemptsAt<R> implements Delivery.Attempts<R> {
    private final Way way;
    private final BiFunction<SiteAddress, Long, Try<R>> tries;

    private AttemptsAt(Way way, BiFunction<SiteAddress, Long, Try<R>> tries) {
      this.way = way;
      this.tries = tries;
    }

    @Override
    public Try<R> prepare(long millisLeft) {
      return way.next()
          .<Try<R>>map(site -> new TryAt<>(way, site, tries.apply(site, millisLeft)))
          .orElseGet(() -> new Nowhere<>(way.partyId()));
    }

    @Override
    public boolean more() {
      return way.more();
    }
  }

  private final class TryAt<R> implements Try<R> {
    private final Way way;
    private final SiteAddress site;
    private final Try<R> attempt;

    private TryAt(Way way, SiteAddress site, Try<R> attempt) {
      this.way = way;
      this.site = site;
      this.attempt = attempt;
    }

    @Override
    public Future<R> start() {
      return attempt
          .start()
          .onSuccess(answered -> way.worked(site))
          .recover(
              failure -> {
                if (failure instanceof CallFailed broken) {
                  way.failed(site);
                  handshakes.forget(site, way.partyId());
                  return Future.failedFuture(broken.at(site));
                }
                return Future.failedFuture(failure);
              });
    }

    @Override
    public void cancel(String why) {
      attempt.cancel(why);
    }
  }

  private record Nowhere<R>(String partyId) implements Try<R> {
    @Override
    public Future<R> start() {
      return Future.failedFuture(
          new CallFailed("no route leads to party id " + partyId + " any more", false));
    }

    @Override
    public void cancel(String why) {
      // It failed when it started.
    }
  }
}

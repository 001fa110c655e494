package io.fedflow.transport.grpc;

import com.google.protobuf.MessageLite;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.common.ServiceMethod;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * The connections to other sites: one per site for commands and one for envelopes, so that a
 * command never waits behind a transfer. They are made when needed and used by all calls.
 */
final class Peers {

  private final Vertx vertx;
  private final GrpcClient commands;
  private final GrpcClient envelopes;
  private final PeerGuard guard;
  private final long callMillis;

  Peers(Vertx vertx, LinkOptions options, WireLimits limits, LinkSecurity security) {
    this.vertx = vertx;
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

  /** Attempts at a call of one message, to the server of a party, or to whoever is there. */
  <Q extends MessageLite, R extends MessageLite> Delivery.Attempts<Q, R> commands(
      SiteAddress site, Optional<String> partyId, Protocol.Call<Q, R> call, Q message) {
    return new AttemptsAt<>(
        commands, site, partyId, call.client(), List.of(message), left -> patience(left, left));
  }

  /** Attempts at a call of many messages, which are made anew for every attempt. */
  <Q extends MessageLite, R extends MessageLite> Delivery.Attempts<Q, R> envelopes(
      SiteAddress site, Optional<String> partyId, Protocol.Call<Q, R> call, Iterable<Q> messages) {
    return new AttemptsAt<>(
        // A transfer that has begun may go on after the time is over.
        envelopes, site, partyId, call.client(), messages, left -> patience(left, Long.MAX_VALUE));
  }

  private Attempt.Patience patience(long connectLeft, long silenceLeft) {
    return new Attempt.Patience(
        Math.min(callMillis, connectLeft), Math.min(callMillis, silenceLeft));
  }

  Future<Void> close() {
    return Future.all(commands.close(), envelopes.close()).mapEmpty();
  }

  private final class AttemptsAt<Q extends MessageLite, R extends MessageLite>
      implements Delivery.Attempts<Q, R> {
    private final GrpcClient client;
    private final SocketAddress address;
    private final Optional<String> partyId;
    private final ServiceMethod<R, Q> method;
    private final Iterable<Q> messages;
    private final LongFunction<Attempt.Patience> patience;

    private AttemptsAt(
        GrpcClient client,
        SiteAddress site,
        Optional<String> partyId,
        ServiceMethod<R, Q> method,
        Iterable<Q> messages,
        LongFunction<Attempt.Patience> patience) {
      this.client = client;
      this.address = SocketAddress.inetSocketAddress(site.port(), site.host());
      this.partyId = partyId;
      this.method = method;
      this.messages = messages;
      this.patience = patience;
    }

    @Override
    public Attempt<Q, R> prepare(long millisLeft) {
      return new Attempt<>(
          vertx,
          messages.iterator(),
          new Attempt.Wanted(guard, partyId),
          patience.apply(millisLeft));
    }

    @Override
    public Future<R> start(Attempt<Q, R> attempt) {
      Optional<CertificateException> trouble = guard.ownTrouble();
      return attempt.start(
          trouble.isPresent()
              ? Future.failedFuture(trouble.get())
              : client.request(address, method));
    }
  }
}

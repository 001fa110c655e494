package io.fedflow.transport.grpc;

import com.google.protobuf.MessageLite;
import io.fedflow.transport.grpc.wire.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import java.util.concurrent.TimeUnit;

/**
 * The connections to other sites: one per site for commands and one for envelopes, so that a
 * command never waits behind a transfer. They are made when needed and used by all calls.
 */
final class Peers {

  private final Vertx vertx;
  private final GrpcClient commands;
  private final GrpcClient envelopes;
  private final long callMillis;
  private final int chunkBytes;

  Peers(Vertx vertx, LinkOptions options, WireLimits limits) {
    this.vertx = vertx;
    this.callMillis = options.callTimeout().toMillis();
    this.chunkBytes = limits.chunkBytes();
    this.commands = client(vertx, options, limits);
    this.envelopes = client(vertx, options, limits);
  }

  private static GrpcClient client(Vertx vertx, LinkOptions options, WireLimits limits) {
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
        vertx, new GrpcClientOptions().setMaxMessageSize(limits.messageBytes()), http);
  }

  /** Attempts at a call of one message. */
  <Q extends MessageLite, R extends MessageLite> Delivery.Attempts<R> commands(
      SiteAddress site, Protocol.Call<Q, R> call, Q message) {
    SocketAddress address = socket(site);
    return left ->
        new Attempt<>(
            vertx, () -> commands.request(address, call.client()), message, patience(left, left));
  }

  /** Attempts at handing over an envelope. */
  Delivery.Attempts<Outcome> envelopes(SiteAddress site, OutgoingEnvelope envelope) {
    SocketAddress address = socket(site);
    return left ->
        new ExchangeTry(
            vertx,
            () -> envelopes.request(address, Protocol.EXCHANGE.client()),
            envelope,
            // A transfer that has begun may go on after the time is over.
            patience(left, Long.MAX_VALUE),
            chunkBytes);
  }

  private static SocketAddress socket(SiteAddress site) {
    return SocketAddress.inetSocketAddress(site.port(), site.host());
  }

  private Attempt.Patience patience(long connectLeft, long silenceLeft) {
    return new Attempt.Patience(
        Math.min(callMillis, connectLeft), Math.min(callMillis, silenceLeft));
  }

  Future<Void> close() {
    return Future.all(commands.close(), envelopes.close()).mapEmpty();
  }
}

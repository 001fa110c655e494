package io.fedflow.benchmarks.wire;

import io.fedflow.identity.LiveIdentity;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Vert.x gRPC and nothing else: messages are bytes that nobody reads, the server counts them and
 * drops them. A payload is a stream of as large pieces as Fedflow's, one connection carries all.
 */
final class BareEnd implements End {

  private static final int PIECE = 256 << 10;
  private static final int MOST_MESSAGE = 1 << 20;
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");
  private static final ServiceName SERVICE = ServiceName.create("benchmark.Bare");
  private static final Buffer COMMAND = Buffer.buffer(new byte[100]);
  private static final Buffer ANSWER = Buffer.buffer(new byte[16]);

  private final Vertx guest = Vertx.vertx();
  private final Vertx host = Vertx.vertx();
  private final Context context = guest.getOrCreateContext();
  private final GrpcClient commands;
  private final GrpcClient payloads;
  private final SocketAddress address;

  /**
   * Starts both ends.
   *
   * @param identities what each end shows and trusts by, if they talk TLS
   */
  BareEnd(Optional<Function<String, LiveIdentity>> identities) {
    HttpServerOptions server = new HttpServerOptions();
    identities.ifPresent(of -> protect(server, of.apply("10000")));
    int port =
        host.createHttpServer(server)
            .requestHandler(services())
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
    HttpClientOptions client =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false);
    identities.ifPresent(of -> protect(client, of.apply("9999")));
    commands = GrpcClient.client(guest, new GrpcClientOptions(), client);
    payloads = GrpcClient.client(guest, new GrpcClientOptions(), client);
  }

  private static void protect(HttpServerOptions options, LiveIdentity identity) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true))
        .setClientAuth(ClientAuth.REQUIRED)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(KeyCertOptions.wrap(identity.keyManagers()))
        .setTrustOptions(TrustOptions.wrap(identity.trustManagers()));
  }

  private static void protect(HttpClientOptions options, LiveIdentity identity) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true))
        .setVerifyHost(false)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(KeyCertOptions.wrap(identity.keyManagers()))
        .setTrustOptions(TrustOptions.wrap(identity.trustManagers()));
  }

  private GrpcServer services() {
    return GrpcServer.server(host, new GrpcServerOptions().setMaxMessageSize(MOST_MESSAGE))
        .callHandler(server("Send"), call -> call.handler(asked -> call.response().end(ANSWER)))
        .callHandler(server("Exchange"), BareEnd::drop);
  }

  private static void drop(GrpcServerRequest<Buffer, Buffer> call) {
    long[] taken = {0};
    call.handler(piece -> taken[0] += piece.length());
    call.endHandler(end -> call.response().end(Buffer.buffer().appendLong(taken[0])));
  }

  private static ServiceMethod<Buffer, Buffer> server(String method) {
    return ServiceMethod.server(
        SERVICE, method, GrpcMessageEncoder.IDENTITY, GrpcMessageDecoder.IDENTITY);
  }

  private static ServiceMethod<Buffer, Buffer> client(String method) {
    return ServiceMethod.client(
        SERVICE, method, GrpcMessageEncoder.IDENTITY, GrpcMessageDecoder.IDENTITY);
  }

  @Override
  public void command(int lane) throws Exception {
    onContext(
        () ->
            commands
                .request(address, client("Send"))
                .compose(
                    request -> {
                      Future<Buffer> answer =
                          request.response().compose(response -> response.last());
                      request.end(COMMAND);
                      return answer;
                    }));
  }

  @Override
  public void payload(int number, byte[] bytes) throws Exception {
    Buffer taken =
        onContext(
            () -> payloads.request(address, client("Exchange")).compose(call -> send(call, bytes)));
    if (taken.getLong(0) != bytes.length) {
      throw new IllegalStateException("took " + taken.getLong(0) + " of " + bytes.length);
    }
  }

  private static Future<Buffer> send(GrpcClientRequest<Buffer, Buffer> call, byte[] bytes) {
    Future<Buffer> answer = call.response().compose(response -> response.last());
    int[] next = {0};
    Runnable pump =
        () -> {
          while (next[0] < bytes.length && !call.writeQueueFull()) {
            int length = Math.min(PIECE, bytes.length - next[0]);
            call.write(Buffer.buffer(length).appendBytes(bytes, next[0], length));
            next[0] += length;
            if (next[0] == bytes.length) {
              call.end();
            }
          }
        };
    call.drainHandler(drained -> pump.run());
    pump.run();
    return answer;
  }

  /** All calls on one event loop, which is also that of the connection: no hops between loops. */
  private <T> T onContext(Supplier<Future<T>> call) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(v -> call.get().onComplete(done::complete, done::completeExceptionally));
    return done.get();
  }

  @Override
  public void close() {
    guest.close().toCompletionStage().toCompletableFuture().join();
    host.close().toCompletionStage().toCompletableFuture().join();
  }
}

package io.fedflow.transport.grpc;

import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.grpc.wire.AnswerReply;
import io.fedflow.transport.grpc.wire.CommandReply;
import io.fedflow.transport.grpc.wire.CommandRequest;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.grpc.wire.HelloRequest;
import io.fedflow.transport.grpc.wire.QuestionRequest;
import io.fedflow.transport.owner.JobOwners;
import io.fedflow.transport.route.RoutingTable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The port of a site for other parties. Commands go to the site's engine and are answered when its
 * stage completes; envelopes go to its mailboxes. What is for a party that the site does not serve
 * is refused, unless the server is a relay. Thread-safe.
 */
public final class PartyGrpcServer {

  /** How many calls one connection may have open: far more than tasks run at once. */
  private static final int MOST_CALLS = 1024;

  private final LocalSite site;
  private final CommandCodec codec;
  private final LongSupplier clock;
  private final Callers callers;
  private final LinkSecurity security;
  private final Agreement takes;
  private final Vertx vertx;
  private final HttpServer http;
  private volatile Relay relay;
  private volatile Onward onward;
  private volatile OwnedCalls owned;

  /**
   * Prepares a server.
   *
   * @param site who takes commands and envelopes
   * @param json reads the documents of commands
   * @param security how connections are protected, and what they prove about callers
   */
  public PartyGrpcServer(
      Vertx vertx, LocalSite site, JsonCodec json, WireLimits limits, LinkSecurity security) {
    this(vertx, site, json, limits, security, System::currentTimeMillis);
  }

  /** A server with a clock of somebody else's. */
  PartyGrpcServer(
      Vertx vertx,
      LocalSite site,
      JsonCodec json,
      WireLimits limits,
      LinkSecurity security,
      LongSupplier clock) {
    this.vertx = vertx;
    this.security = security;
    this.site = site;
    this.clock = clock;
    this.takes = new Agreement(limits.deflates(), true);
    this.codec = new CommandCodec(json);
    this.callers = new Callers(security);
    this.http =
        vertx
            .createHttpServer(security.protect(httpOptions(limits)))
            .exceptionHandler(callers::refused)
            .connectionHandler(callers::connected)
            .requestHandler(callers.guarding(relayed(owned(naming(services(vertx, limits))))));
  }

  /**
   * Lets this server forward what is for parties that it does not serve, from now on.
   *
   * @param routing where they are, asked for every call; never blocks
   * @param options how patient it is with the next hop
   */
  public void relay(Supplier<RoutingTable> routing, LinkOptions options) {
    onward = new Onward(vertx, options, security);
    relay = new Relay(site, routing, onward, callers);
  }

  /**
   * Lets this server pass calls on to others of its site that have the jobs they are about, from
   * now on. They have to show a certificate that names the same parties, and so does this one.
   *
   * @param owners who has a job
   * @param options how patient it is with the others
   */
  public void share(JobOwners owners, LinkOptions options) {
    if (onward == null) {
      onward = new Onward(vertx, options, security);
    }
    owned = new OwnedCalls(site, owners, onward, callers);
  }

  private Handler<HttpServerRequest> owned(Handler<HttpServerRequest> services) {
    return call -> {
      OwnedCalls sharing = owned;
      if (sharing == null) {
        services.handle(call);
      } else {
        sharing.handle(call, services);
      }
    };
  }

  private Handler<HttpServerRequest> relayed(Handler<HttpServerRequest> services) {
    return call -> {
      Relay forwarding = relay;
      if (forwarding != null && forwarding.takes(call)) {
        forwarding.forward(call);
      } else {
        services.handle(call);
      }
    };
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @return the port
   */
  public CompletionStage<Integer> listen(String host, int port) {
    return http.listen(port, host).map(HttpServer::actualPort).toCompletionStage();
  }

  /** Stops at once; senders of unanswered calls try again elsewhere or later. */
  public CompletionStage<Void> close() {
    Onward connections = onward;
    return http.close()
        .eventually(() -> connections == null ? Future.succeededFuture() : connections.close())
        .toCompletionStage();
  }

  private static HttpServerOptions httpOptions(WireLimits limits) {
    // The receiver's window is what limits a transfer. Twice as much for the connection, so that
    // one slow stream does not hold up the others.
    return new HttpServerOptions()
        .setTcpKeepAlive(true)
        .setInitialSettings(
            new Http2Settings()
                .setInitialWindowSize(limits.windowBytes())
                .setMaxConcurrentStreams(MOST_CALLS))
        .setHttp2ConnectionWindowSize((int) Math.min(Integer.MAX_VALUE, 2L * limits.windowBytes()));
  }

  /**
   * Names the encoding where the caller did not: a message flagged as compressed would otherwise
   * throw inside the server's framing, and the caller would wait in vain.
   */
  private static Handler<HttpServerRequest> naming(GrpcServer services) {
    return call -> {
      if (!call.headers().contains(GrpcHeaderNames.GRPC_ENCODING)) {
        call.headers().set(GrpcHeaderNames.GRPC_ENCODING, "identity");
      }
      services.handle(call);
    };
  }

  private GrpcServer services(Vertx vertx, WireLimits limits) {
    GrpcServerOptions options = new GrpcServerOptions().setMaxMessageSize(limits.messageBytes());
    // Browsers have no business here: one protocol, one form.
    List.of(GrpcProtocol.WEB, GrpcProtocol.WEB_TEXT, GrpcProtocol.TRANSCODING)
        .forEach(options::removeEnabledProtocol);
    return GrpcServer.server(vertx, options)
        .callHandler(
            Protocol.HELLO.server(),
            new UnaryCall<>(
                HelloRequest.parser(), callers, limits, this::hello, failure -> helloReply()))
        .callHandler(
            Protocol.SEND.server(),
            new UnaryCall<>(
                CommandRequest.parser(), callers, limits, this::command, PartyGrpcServer::reply))
        .callHandler(
            Protocol.ASK.server(),
            new UnaryCall<>(
                QuestionRequest.parser(), callers, limits, this::answer, QuestionCodec::refusal))
        .callHandler(
            Protocol.EXCHANGE.server(),
            call ->
                new IncomingExchange(call, callers, site, limits, security.signatures()).receive());
  }

  private CompletionStage<HelloReply> hello(Caller caller, HelloRequest request) {
    // Whatever version the caller speaks: this is where it learns ours.
    return CompletableFuture.completedStage(helloReply());
  }

  private HelloReply helloReply() {
    HelloReply.Builder reply =
        HelloReply.newBuilder()
            .setProtocols(Protocol.versions())
            .setSoftware(Protocol.SOFTWARE)
            .addAllPartyIds(site.partyIds())
            .setClock(clock.getAsLong());
    takes.tell(reply);
    return reply.build();
  }

  private CompletionStage<CommandReply> command(Caller caller, CommandRequest request) {
    Protocol.requireKnown(request.getProtocol());
    caller.requireFrom(request.getFromList());
    Party to = IdentityCodec.read(request.getTo());
    Refusals.requireServed(site, to);
    PartyCommand command = codec.read(request);
    PartyDoor.Sender from = sender(caller, request.getFromList());
    return believed(caller, request.getFromList(), to)
        .thenCompose(
            believed -> {
              caller.requireSender(command);
              return site.gate().admit(from.partyIds(), to, command);
            })
        .whenComplete((admitted, failed) -> recordRefusal(from, to, command, failed))
        .thenCompose(admitted -> sent(from, to, command))
        .thenApply(done -> reply(null));
  }

  /** What creates a job is planned at once, which computes for too long for an event loop. */
  private CompletionStage<Void> sent(PartyDoor.Sender from, Party to, PartyCommand command) {
    return command instanceof PartyCommand.CreateJob
        ? vertx
            .executeBlocking(() -> site.door().send(from, to, command), false)
            .toCompletionStage()
            .thenCompose(answer -> answer)
        : site.door().send(from, to, command);
  }

  private static PartyDoor.Sender sender(Caller caller, List<String> from) {
    return new PartyDoor.Sender(
        Set.copyOf(from), caller.identity().map(PeerIdentity::text).orElse(""));
  }

  /** Completes when the signature under a message was found good, if there has to be one. */
  private CompletionStage<Void> believed(Caller caller, List<String> from, Party to) {
    Optional<SiteSignatures> signatures = security.signatures();
    if (signatures.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    Caller.Said said = caller.said().orElseThrow();
    return vertx
        .<Void>executeBlocking(
            () -> {
              signatures.get().verify(said.headers(), said.method(), said.message(), from, to.id());
              return null;
            },
            false)
        .toCompletionStage();
  }

  private void recordRefusal(
      PartyDoor.Sender from, Party to, PartyCommand command, Throwable failed) {
    if (failed != null
        && Stages.unwrap(failed) instanceof FedflowException refused
        && Callers.isAboutCaller(refused)) {
      site.door().refused(from, to, command, refused.getMessage());
    }
  }

  private CompletionStage<AnswerReply> answer(Caller caller, QuestionRequest request) {
    Protocol.requireKnown(request.getProtocol());
    caller.requireFrom(request.getFromList());
    Party to = IdentityCodec.read(request.getTo());
    Refusals.requireServed(site, to);
    PartyQuestion question = QuestionCodec.read(request);
    return believed(caller, request.getFromList(), to)
        .thenCompose(believed -> site.gate().admit(Set.copyOf(request.getFromList()), to, question))
        .whenComplete(
            (admitted, failed) -> {
              if (failed != null
                  && Stages.unwrap(failed) instanceof FedflowException refused
                  && Callers.isAboutCaller(refused)) {
                site.door()
                    .refused(
                        sender(caller, request.getFromList()),
                        to,
                        "question",
                        question.jobId(),
                        refused.getMessage());
              }
            })
        .thenCompose(admitted -> site.engine().ask(to, question))
        .thenApply(QuestionCodec::write);
  }

  private static CommandReply reply(Throwable failure) {
    return CommandReply.newBuilder().setOutcome(FailureCodec.write(failure)).build();
  }
}

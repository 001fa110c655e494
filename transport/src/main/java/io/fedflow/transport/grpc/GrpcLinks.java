package io.fedflow.transport.grpc;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.FederationLink;
import io.fedflow.identity.LogOnce;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.PeerWatch;
import io.fedflow.tracking.TraceContext;
import io.fedflow.transport.grpc.wire.AnswerReply;
import io.fedflow.transport.grpc.wire.CommandReply;
import io.fedflow.transport.grpc.wire.CommandRequest;
import io.fedflow.transport.grpc.wire.Outcome;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RoutingTable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The links from one site to the parties of a federation. What is for a party of this site goes
 * straight to its engine or its mailboxes; everything else travels by gRPC to the site that the
 * routing table names, and is tried again until it is answered or its time is over: {@link
 * LinkOptions#giveUpAfter} for commands, {@link LinkOptions#peerPatience} without progress for
 * envelopes. Sites that somebody watches are greeted.
 *
 * <p>A site that nobody reached fails with kind UNAVAILABLE. If a whole request was sent and no
 * answer came, the code is the same but the kind is UNKNOWN: it may have been done. Sending it
 * again is safe in both cases.
 *
 * <p>Thread-safe. Stages complete on an event loop: continue elsewhere before doing real work.
 */
public final class GrpcLinks implements PartyLink, FederationLink, PeerWatch {

  private final Vertx vertx;
  private final LocalSite site;
  private final Supplier<RoutingTable> routing;
  private final CommandCodec codec;
  private final LinkOptions options;
  private final WireLimits limits;
  private final Peers peers;
  private final LinkSecurity security;
  // Everything that travels is handled on this one context, hence without locks.
  private final Context context;
  private final CommandLanes lanes;
  private final Heartbeats heartbeats;
  private final LogOnce clocks = new LogOnce();
  private final Set<Delivery<?>> travelling = new HashSet<>();
  private boolean closed;

  /** Opens the links along routes that never change. */
  public GrpcLinks(
      Vertx vertx,
      LocalSite site,
      RoutingTable routing,
      JsonCodec json,
      LinkOptions options,
      WireLimits limits,
      LinkSecurity security) {
    this(vertx, site, () -> routing, json, options, limits, security);
  }

  /**
   * Opens the links; connections are made when they are needed.
   *
   * @param site what is served here, reached without the network
   * @param routing where every other party is, asked for every attempt; never blocks
   * @param json writes the documents of commands
   * @param security how connections are protected, and what they prove about servers
   */
  public GrpcLinks(
      Vertx vertx,
      LocalSite site,
      Supplier<RoutingTable> routing,
      JsonCodec json,
      LinkOptions options,
      WireLimits limits,
      LinkSecurity security) {
    this.vertx = vertx;
    this.site = site;
    this.routing = routing;
    this.codec = new CommandCodec(json);
    this.options = options;
    this.limits = limits;
    this.security = security;
    this.peers = new Peers(vertx, site.partyIds(), routing, options, limits, security);
    this.context = vertx.getOrCreateContext();
    this.lanes = new CommandLanes(context, options.backlog());
    this.heartbeats = new Heartbeats(vertx, peers, options.peerTimeout());
  }

  /**
   * Sends a command.
   *
   * @return besides the promises of {@link PartyLink}, fails with EXHAUSTED {@code party.backlog}
   *     if too many commands to this party about this job wait, or {@code command.too_large}
   */
  @Override
  public CompletionStage<Void> send(Party to, PartyCommand command) {
    if (site.serves(to)) {
      return site.engine().send(to, command);
    }
    String what = command.getClass().getSimpleName() + " of job " + command.jobId();
    Optional<Route> route = routing.get().route(to.id());
    if (route.isEmpty()) {
      return CompletableFuture.failedStage(unrouted("party.unreachable", what, to));
    }
    CommandRequest request =
        codec.write(UUID.randomUUID().toString(), site.partyIds(), to, command);
    if (request.getSerializedSize() > limits.commandBytes()) {
      return CompletableFuture.failedStage(
          tooLarge("command.too_large", what, request.getSerializedSize(), limits.commandBytes()));
    }
    Delivery<CommandReply> delivery =
        new Delivery<>(
            vertx,
            options,
            destination("party.unreachable", what, to, route.get()),
            peers.commands(
                peers.way(to.id(), TraceContext.ofJob(command.jobId()), command.jobId()),
                Protocol.SEND,
                request));
    CompletableFuture<Void> done = new CompletableFuture<>();
    CommandLanes.Lane lane = new CommandLanes.Lane(to, command.jobId());
    context.runOnContext(
        v -> {
          if (!lanes.enter(lane, () -> travel(delivery, done, r -> outcome(r.getOutcome())))) {
            done.completeExceptionally(backlog(to, command));
          }
        });
    return done.minimalCompletionStage();
  }

  @Override
  public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
    if (site.serves(to)) {
      return site.engine().ask(to, question);
    }
    String what = question.getClass().getSimpleName() + " of job " + question.jobId();
    Optional<Route> route = routing.get().route(to.id());
    if (route.isEmpty()) {
      return CompletableFuture.failedStage(unrouted("party.unreachable", what, to));
    }
    Delivery<AnswerReply> delivery =
        new Delivery<>(
            vertx,
            options,
            destination("party.unreachable", what, to, route.get()),
            peers.commands(
                peers.way(to.id(), TraceContext.ofJob(question.jobId()), question.jobId()),
                Protocol.ASK,
                QuestionCodec.write(site.partyIds(), to, question)));
    CompletableFuture<PartyAnswer> done = new CompletableFuture<>();
    context.runOnContext(v -> travel(delivery, done, reply -> QuestionCodec.read(question, reply)));
    return done.minimalCompletionStage();
  }

  /**
   * Hands an envelope over; blocks the calling thread until the receiver's site has it.
   *
   * @throws IllegalStateException on an event loop, which must not block
   * @throws FedflowException besides {@code federation.unreachable}, {@code federation.too_large}
   *     of kind EXHAUSTED, and whatever the receiver's site refuses it with
   */
  @Override
  public void deliver(Envelope envelope) throws InterruptedException {
    Party to = envelope.to();
    if (site.serves(to)) {
      site.mailboxes().deliver(envelope);
      return;
    }
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("deliver blocks; call it from a task's thread");
    }
    String what = "message " + envelope.tag() + " of task " + envelope.task();
    Route route =
        routing
            .get()
            .route(to.id())
            .orElseThrow(() -> unrouted("federation.unreachable", what, to));
    int size = envelope.payload().bytes().length;
    if (size > limits.payloadBytes()) {
      throw tooLarge("federation.too_large", what, size, limits.payloadBytes());
    }
    Delivery<Outcome> delivery =
        new Delivery<>(
            vertx,
            options,
            options.peerPatience(),
            destination("federation.unreachable", what, to, route),
            peers.envelopes(
                peers.way(
                    to.id(),
                    TraceContext.ofAttempt(envelope.task(), envelope.from()),
                    envelope.task().jobId()),
                new OutgoingEnvelope(
                    envelope, security.signatures().isPresent(), limits.deflates())));
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(v -> travel(delivery, done, GrpcLinks::outcome));
    await(done, delivery);
  }

  private void await(CompletableFuture<Void> done, Delivery<?> delivery)
      throws InterruptedException {
    try {
      done.get();
    } catch (InterruptedException stopped) {
      context.runOnContext(v -> delivery.abandon("the sending task was stopped"));
      throw stopped;
    } catch (ExecutionException failed) {
      throw FailureCodec.ours(failed);
    }
  }

  /**
   * Asks the site of a party who it is, once per round trip and none of them again.
   *
   * @param rounds how many round trips to measure, at least 1, beside the one that connects
   * @return fails with {@code party.unreachable} if there is no route or nobody answers, {@code
   *     protocol.version}, or {@code party.not_served} if a site of other parties answers
   */
  public CompletionStage<Ping> ping(String partyId, int rounds) {
    CompletableFuture<Ping> done = new CompletableFuture<>();
    context.runOnContext(
        v ->
            new Pinging(peers, partyId, rounds, clocks)
                .start()
                .onComplete(
                    done::complete,
                    failed -> done.completeExceptionally(FailureCodec.ours(failed))));
    return done.minimalCompletionStage();
  }

  /** Greets the site of a party every now and then; parties of this site never fall silent. */
  @Override
  public Watch watch(Party party, Consumer<Optional<Silence>> told) {
    if (site.serves(party)) {
      return PeerWatch.NONE.watch(party, told);
    }
    // One of its own: the same consumer may watch twice.
    Consumer<Optional<Silence>> watcher = told::accept;
    context.runOnContext(v -> heartbeats.watch(party.id(), watcher));
    return () -> context.runOnContext(v -> heartbeats.unwatch(party.id(), watcher));
  }

  /** What is known of the parties that are watched, in no order. */
  public CompletionStage<List<PeerPulse>> pulses() {
    CompletableFuture<List<PeerPulse>> known = new CompletableFuture<>();
    context.runOnContext(v -> known.complete(heartbeats.known()));
    return known.minimalCompletionStage();
  }

  /**
   * Follows the way to the site of a party through all relays.
   *
   * @return fails with {@code party.unreachable} if there is no route; a way that gets lost is told
   *     as far as it goes
   */
  public CompletionStage<Trace> trace(String partyId) {
    CompletableFuture<Trace> done = new CompletableFuture<>();
    context.runOnContext(
        v ->
            new Tracing(peers, partyId)
                .start()
                .onComplete(
                    done::complete,
                    failed -> done.completeExceptionally(FailureCodec.ours(failed))));
    return done.minimalCompletionStage();
  }

  /** Closes all connections; what is still on its way fails. */
  public CompletionStage<Void> close() {
    Promise<Void> abandoned = Promise.promise();
    context.runOnContext(
        v -> {
          closed = true;
          heartbeats.close();
          Set.copyOf(travelling).forEach(delivery -> delivery.abandon("this site shuts down"));
          abandoned.complete();
        });
    return abandoned.future().eventually(peers::close).toCompletionStage();
  }

  private <R, T> Future<R> travel(
      Delivery<R> delivery, CompletableFuture<T> done, Function<R, T> reading) {
    travelling.add(delivery);
    if (closed) {
      delivery.abandon("this site shuts down");
    }
    Future<R> ended = delivery.start();
    ended.onComplete(
        reply -> {
          travelling.remove(delivery);
          try {
            done.complete(reading.apply(reply));
          } catch (FedflowException refused) {
            done.completeExceptionally(refused);
          }
        },
        failure -> {
          travelling.remove(delivery);
          done.completeExceptionally(FailureCodec.ours(failure));
        });
    return ended;
  }

  private static Void outcome(Outcome outcome) {
    FailureCodec.read(outcome);
    return null;
  }

  private static Destination destination(String code, String what, Party to, Route route) {
    return new Destination(code, what, "party " + to + " at " + route);
  }

  private static FedflowException unrouted(String code, String what, Party to) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        code,
        "party "
            + to
            + " cannot be reached for "
            + what
            + ": no route leads to party id "
            + to.id()
            + "; add its address or a default route");
  }

  private static FedflowException tooLarge(String code, String what, int found, int allowed) {
    return new FedflowException(
        FailureKind.EXHAUSTED,
        code,
        what
            + " has "
            + found
            + " bytes, "
            + allowed
            + " are allowed; raise the limit at both ends");
  }

  private FedflowException backlog(Party to, PartyCommand command) {
    return new FedflowException(
        FailureKind.EXHAUSTED,
        "party.backlog",
        options.backlog()
            + " commands about job "
            + command.jobId()
            + " wait for party "
            + to
            + " already; its site answers too slowly");
  }
}

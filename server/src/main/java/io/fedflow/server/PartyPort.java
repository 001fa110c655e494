package io.fedflow.server;

import io.fedflow.FedflowBuilder.Links;
import io.fedflow.audit.AuditTrail;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Mailboxes;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.PartyEntrance;
import io.fedflow.spi.PartyLink;
import io.fedflow.transport.grpc.GrpcLinks;
import io.fedflow.transport.grpc.LocalSite;
import io.fedflow.transport.grpc.PartyGrpcServer;
import io.fedflow.transport.grpc.PeerPulse;
import io.fedflow.transport.grpc.Ping;
import io.fedflow.transport.grpc.Trace;
import io.fedflow.transport.grpc.WireLimits;
import io.fedflow.transport.http.party.PartyNetwork;
import io.fedflow.transport.http.v1.PartyDirectory;
import io.fedflow.transport.owner.JobOwners;
import io.fedflow.transport.route.LiveRoutes;
import io.fedflow.transport.route.RoutingTable;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Both directions between this server and other parties' servers. Thread-safe once linked. */
final class PartyPort implements PartyDirectory, PartyNetwork {

  /** A client waits for the answer of the other server. */
  private static final long ASK_SECONDS = 10;

  private final Vertx vertx;
  private final ServerOptions options;
  private final JsonCodec codec;
  private final LiveRoutes routes;
  private final SiteProof proof;
  private final AuditTrail audit;
  private volatile GrpcLinks links;
  private volatile PartyGrpcServer server;
  private volatile List<PeerPulse> pulses = List.of();

  PartyPort(
      Vertx vertx,
      ServerOptions options,
      LiveRoutes routes,
      JsonCodec codec,
      SiteProof proof,
      AuditTrail audit) {
    this.proof = proof;
    this.vertx = vertx;
    this.options = options;
    this.routes = routes;
    this.codec = codec;
    this.audit = audit;
  }

  /** Ties the links to this site's own ends. */
  Links link(PartyEntrance own, Mailboxes mailboxes) {
    LocalSite site = new LocalSite(options.parties(), own, mailboxes);
    links =
        new GrpcLinks(
            vertx,
            site,
            routes,
            codec,
            options.peers().links(),
            WireLimits.DEFAULT,
            proof.security());
    LocalSite recorded =
        new LocalSite(options.parties(), own, mailboxes, new AuditedParties(own, audit), own);
    server = new PartyGrpcServer(vertx, recorded, codec, WireLimits.DEFAULT, proof.security());
    if (options.relay()) {
      server.relay(routes, options.peers().links());
    }
    // Jobs of one local party, such as uploads, stay here whatever id they carry, and nobody else
    // may send them: the wire serves none.
    PartyLink parties =
        new PartyLink() {
          @Override
          public CompletionStage<Void> send(Party to, PartyCommand command) {
            return linkTo(to, own).send(to, command);
          }

          @Override
          public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
            return linkTo(to, own).ask(to, question);
          }
        };
    return new Links(
        parties,
        links,
        party -> party.role().equals(Role.LOCAL) || options.parties().contains(party.id()),
        links);
  }

  private PartyLink linkTo(Party to, PartyLink own) {
    return to.role().equals(Role.LOCAL) ? own : links;
  }

  @Override
  public Set<String> own() {
    return options.parties();
  }

  @Override
  public LiveRoutes routes() {
    return routes;
  }

  @Override
  public CompletionStage<Ping> ping(String partyId, int rounds) {
    return links
        .ping(partyId, rounds)
        .toCompletableFuture()
        .completeOnTimeout(null, ASK_SECONDS, TimeUnit.SECONDS)
        .thenApply(
            answer -> {
              if (answer == null) {
                throw unreachable(
                    "the server of party " + partyId + " did not answer in " + ASK_SECONDS + " s");
              }
              return answer;
            });
  }

  @Override
  public CompletionStage<Trace> trace(String partyId) {
    return links.trace(partyId);
  }

  @Override
  public CompletionStage<OtherServer> ask(String partyId) {
    RoutingTable table = routes.get();
    if (table.route(partyId).isEmpty()) {
      return CompletableFuture.failedStage(
          unreachable(
              "no route leads to party id "
                  + partyId
                  + "; found routes to "
                  + table.routes().keySet()));
    }
    return ping(partyId, 1)
        .thenApply(
            ping ->
                new OtherServer(
                    ping.peer().software(), ping.address().host(), ping.address().port()));
  }

  private static FedflowException unreachable(String message) {
    return new FedflowException(FailureKind.UNAVAILABLE, "party.unreachable", message);
  }

  /** How the watched servers of other parties stand; none before the first answer. */
  List<PeerPulse> pulses() {
    GrpcLinks open = links;
    if (open != null) {
      open.pulses().thenAccept(known -> pulses = known);
    }
    return pulses;
  }

  /** Passes calls about jobs on to the servers of this site that have them. */
  void share(JobOwners owners) {
    server.share(owners, options.peers().links());
  }

  /** Listens; gives the port. */
  int listen() throws Exception {
    return Await.result(server.listen(options.host(), options.grpcPort()));
  }

  void stopListening() throws Exception {
    Await.result(server.close());
  }

  void closeLinks() throws Exception {
    Await.result(links.close());
  }
}

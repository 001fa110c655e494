package io.fedflow.benchmarks.wire;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.federation.PayloadRoom;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.PartyLink;
import io.fedflow.transport.grpc.GrpcLinks;
import io.fedflow.transport.grpc.LinkOptions;
import io.fedflow.transport.grpc.LinkSecurity;
import io.fedflow.transport.grpc.LocalSite;
import io.fedflow.transport.grpc.PartyGrpcServer;
import io.fedflow.transport.grpc.WireLimits;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Two sites: a command is sent to an engine that does it at once, a payload is delivered and taken
 * from its mailbox as a task would. The host's messages wait where a server's would, in memory up
 * to 256 MiB and then in files.
 */
final class FedflowEnd implements End {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final TaskId TASK = new TaskId("benchmark", "lr_0", 0);

  private final Vertx guest = Vertx.vertx();
  private final Vertx host = Vertx.vertx();
  private final Mailboxes mailboxes;
  private final PartyGrpcServer server;
  private final GrpcLinks links;

  /**
   * Starts both.
   *
   * @param identities of the site of each party, if they talk TLS
   * @param folder for messages that find no room in memory
   * @param memoryBytes how many bytes of them wait in memory
   */
  FedflowEnd(Optional<Function<String, LiveIdentity>> identities, Path folder, long memoryBytes)
      throws IOException {
    JsonCodec json = new JacksonJsonCodec();
    mailboxes = new Mailboxes(PayloadRoom.bounded(memoryBytes, 64L << 30, folder));
    server =
        new PartyGrpcServer(
            host,
            new LocalSite(Set.of(HOST.id()), new Willing(), mailboxes),
            json,
            WireLimits.DEFAULT,
            security(identities, HOST));
    int port = server.listen("127.0.0.1", 0).toCompletableFuture().join();
    links =
        new GrpcLinks(
            guest,
            new LocalSite(Set.of(GUEST.id()), new Willing(), new Mailboxes()),
            RoutingTable.of(Map.of(HOST.id(), new SiteAddress("127.0.0.1", port))),
            json,
            LinkOptions.DEFAULT,
            WireLimits.DEFAULT,
            security(identities, GUEST));
  }

  private static LinkSecurity security(
      Optional<Function<String, LiveIdentity>> identities, Party party) {
    return identities
        .map(of -> LinkSecurity.tls(of.apply(party.id())))
        .orElseGet(LinkSecurity::plaintext);
  }

  @Override
  public void command(int lane) throws Exception {
    TaskId task = new TaskId("benchmark" + lane, "lr_0", 0);
    links.send(HOST, new PartyCommand.StartTask(task)).toCompletableFuture().get();
  }

  @Override
  public void payload(int number, byte[] bytes) throws Exception {
    Envelope envelope =
        new Envelope(
            TASK, GUEST, HOST, MessageTag.of("block", number), Payload.ofCiphertexts(bytes));
    links.deliver(envelope);
    Payload taken = mailboxes.take(envelope.key(), TimeUnit.MINUTES.toNanos(5));
    if (taken.bytes().length != bytes.length) {
      throw new IllegalStateException("took " + taken.bytes().length + " of " + bytes.length);
    }
  }

  @Override
  public void close() {
    links.close().toCompletableFuture().join();
    server.close().toCompletableFuture().join();
    guest.close().toCompletionStage().toCompletableFuture().join();
    host.close().toCompletionStage().toCompletableFuture().join();
    mailboxes.forget(TASK.jobId());
  }

  /** Does every command at once. */
  private static final class Willing implements PartyLink {
    @Override
    public CompletionStage<Void> send(Party to, PartyCommand command) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
      return CompletableFuture.failedStage(new UnsupportedOperationException("never asked"));
    }
  }
}

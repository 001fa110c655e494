package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.federation.Mailboxes;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.spi.SiteServer;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.owner.JobOwners;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call that reaches a server which has not the job it is about, but knows who has. */
@Timeout(60)
class OwnedCallsTest {

  private static final Party HOST = Party.of("host", "10000");

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final SiteAddress asked = FreePort.address();
  private final SiteAddress owner = FreePort.address();
  private final RecordingEngine atAsked = RecordingEngine.accepting();
  private final RecordingEngine atOwner = RecordingEngine.accepting();
  private GrpcLinks links;

  @AfterEach
  void close() throws Exception {
    await(vertx.close().toCompletionStage());
  }

  private void world(LinkSecurity host, LinkSecurity guest) throws Exception {
    serve(asked, atAsked, host, new Elsewhere(owner));
    // Does not know better: who was passed on once is answered, wherever the job may be.
    serve(owner, atOwner, host, new Elsewhere(asked));
    links =
        new GrpcLinks(
            vertx,
            new LocalSite(Set.of("9999"), RecordingEngine.accepting(), new Mailboxes()),
            RoutingTable.of(Map.of(HOST.id(), asked)),
            new JacksonJsonCodec(),
            LinkOptions.DEFAULT,
            WireLimits.DEFAULT,
            guest);
  }

  private void serve(
      SiteAddress address, RecordingEngine engine, LinkSecurity security, JobOwners owners)
      throws Exception {
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), engine, new Mailboxes()),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            security);
    server.share(owners, LinkOptions.DEFAULT);
    await(server.listen(address.host(), address.port()));
  }

  /** Jobs whose id begins with "there" are at another server. */
  private record Elsewhere(SiteAddress other) implements JobOwners {
    @Override
    public CompletionStage<Optional<SiteServer>> elsewhere(String jobId) {
      return CompletableFuture.supplyAsync(
          () ->
              jobId.startsWith("there")
                  ? Optional.of(
                      new SiteServer("other", other.host(), 1, other.port(), "fedflow/1", 1))
                  : Optional.empty());
    }
  }

  private static PartyCommand stop(String jobId) {
    return new PartyCommand.AskStop(jobId, "anna");
  }

  @Test
  void aCallAboutAJobOfAnotherServer_isPassedOn_once() throws Exception {
    world(LinkSecurity.plaintext(), LinkSecurity.plaintext());

    await(links.send(HOST, stop("there1")));
    await(links.send(HOST, stop("here1")));

    assertThat(atOwner.arrivals()).hasSize(1);
    assertThat(atAsked.arrivals()).hasSize(1);
  }

  @Test
  void withCertificates_theCallerIsWhoItIs() throws Exception {
    TestIdentities identities = TestIdentities.in(folder);
    world(identities.security(HOST.id()), identities.security("9999"));

    // Only a call that comes from 9999 may report for a party of it.
    await(links.send(HOST, report("there1", "9999")));
    assertThat(atOwner.arrivals()).hasSize(1);

    assertThat(failure(links.send(HOST, report("there2", "7777")))).contains("7777");
    assertThat(atOwner.arrivals()).hasSize(1);
    assertThat(atAsked.arrivals()).isEmpty();
  }

  private static PartyCommand report(String jobId, String party) {
    return new PartyCommand.AskAlign(jobId, List.of(Party.of("guest", party)), 0);
  }

  private static String failure(CompletionStage<?> stage) throws Exception {
    return await(stage.handle((done, failed) -> String.valueOf(failed)));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, SECONDS);
  }
}

package io.fedflow.server;

import io.fedflow.federation.Mailboxes;
import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.transport.grpc.GrpcLinks;
import io.fedflow.transport.grpc.LinkOptions;
import io.fedflow.transport.grpc.LinkSecurity;
import io.fedflow.transport.grpc.LocalSite;
import io.fedflow.transport.grpc.WireLimits;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** A site of the consortium that has links and nothing else: it says what a test wants. */
final class Neighbour implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final GrpcLinks links;

  private Neighbour(String party, LinkSecurity security, Map<String, SiteAddress> others) {
    links =
        new GrpcLinks(
            vertx,
            new LocalSite(Set.of(party), RecordingEngine.accepting(), new Mailboxes()),
            RoutingTable.of(others),
            new JacksonJsonCodec(),
            LinkOptions.DEFAULT.givingUpAfter(Duration.ofSeconds(10)),
            WireLimits.DEFAULT,
            security);
  }

  /**
   * A site with a certificate of the authority of a test's folder.
   *
   * @param others where it finds other parties
   */
  static Neighbour of(Path folder, String party, Map<String, SiteAddress> others) {
    Path own = folder.resolve("neighbour-" + party);
    TestIdentity.issue(folder, own, party, false);
    return with(own.resolve(ServerOptions.DEFAULT_IDENTITY), party, others);
  }

  /** A site with an identity that is there. */
  static Neighbour with(Path identity, String party, Map<String, SiteAddress> others) {
    return with(
        LinkSecurity.tls(
            new LiveIdentity(new IdentityFolder(identity).load(), InstantSource.system())),
        party,
        others);
  }

  /** A site with links that are protected so. */
  static Neighbour with(LinkSecurity security, String party, Map<String, SiteAddress> others) {
    return new Neighbour(party, security, others);
  }

  GrpcLinks links() {
    return links;
  }

  @Override
  public void close() {
    links.close().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

package io.fedflow.server;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.identity.Pem;
import io.fedflow.identity.SecretFiles;
import io.fedflow.identity.SiteIdentity;
import io.fedflow.key.PartnerKeys;
import io.fedflow.transport.grpc.LinkSecurity;
import io.fedflow.transport.grpc.SiteSignatures;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How this server proves to others who it is. Thread-safe. */
final class SiteProof {

  private static final String PLAINTEXT =
      "servers of other parties are talked to without TLS (--insecure): whoever can reach the port"
          + " of parties reads everything and may speak for any party";

  private final LinkSecurity security;
  private final Optional<LiveIdentity> identity;

  private SiteProof(LinkSecurity security, Optional<LiveIdentity> identity) {
    this.security = security;
    this.identity = identity;
  }

  /**
   * Reads the identity that the options name.
   *
   * @param partners the keys of other parties, by which their signatures are verified
   * @throws FedflowException {@code identity.…} if there is none, it cannot be used, or it does not
   *     name the parties that the server is to act for
   */
  static SiteProof of(ServerOptions options, PartnerKeys partners) {
    if (options.standalone() || options.insecure()) {
      return new SiteProof(signing(options, partners, LinkSecurity.plaintext()), Optional.empty());
    }
    IdentityFolder folder = new IdentityFolder(options.identity());
    if (!folder.hasSite()) {
      throw FedflowException.invalid(
          "identity.missing",
          "found no certificate of this site in "
              + options.identity()
              + ", without which other parties' servers cannot know it; make a request by 'fedflow"
              + " party init --party "
              + new TreeSet<>(options.parties()).first()
              + "', have it signed by 'fedflow party sign', install the answer by 'fedflow party"
              + " trust'; or say --insecure to talk without TLS");
    }
    LiveIdentity live = new LiveIdentity(folder.load(), InstantSource.system());
    requireParties(live.site(), options.parties());
    if (options.relay() && !live.site().self().relay()) {
      throw FedflowException.invalid(
          "identity.relay",
          "--relay: the certificate of this site names no relay, so nobody would let it speak for"
              + " others; ask for one by 'fedflow party init --renew --relay --party …'; it is "
              + live.site().self().text());
    }
    return new SiteProof(signing(options, partners, LinkSecurity.tls(live)), Optional.of(live));
  }

  private static LinkSecurity signing(
      ServerOptions options, PartnerKeys partners, LinkSecurity security) {
    return options
        .siteAuth()
        .map(
            file -> {
              SecretFiles.requirePrivate(file);
              return security.signing(
                  new SiteSignatures(Pem.privateKey(file), partners, InstantSource.system()));
            })
        .orElse(security);
  }

  /**
   * Makes sure that a certificate names the parties that a server acts for.
   *
   * @throws FedflowException {@code identity.parties} naming those that are missing
   */
  static void requireParties(SiteIdentity site, Set<String> parties) {
    Set<String> missing = new TreeSet<>(parties);
    missing.removeAll(site.self().partyIds());
    if (!missing.isEmpty()) {
      throw FedflowException.invalid(
          "identity.parties",
          "--party: found "
              + missing
              + ", which the certificate of this site does not name; it is "
              + site.self().text());
    }
  }

  /** How connections are protected. */
  LinkSecurity security() {
    return security;
  }

  /** The identity in use; empty if none is. */
  Optional<LiveIdentity> identity() {
    return identity;
  }

  /** What whoever runs the server should know; empty if all is well. */
  List<String> warnings(ServerOptions options) {
    if (options.insecure()) {
      return List.of(PLAINTEXT);
    }
    Instant now = Instant.now();
    return identity
        .flatMap(
            live -> live.ownTrouble().or(() -> IdentityWatch.expiring(live.site().self(), now)))
        .stream()
        .toList();
  }
}

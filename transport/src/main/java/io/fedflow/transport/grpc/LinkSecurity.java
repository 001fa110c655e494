package io.fedflow.transport.grpc;

import io.fedflow.identity.LiveIdentity;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.transport.route.RoutePin;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * How connections between sites are protected: by TLS, where both ends show certificates that name
 * their parties, or not at all. Thread-safe.
 */
public final class LinkSecurity {

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  /**
   * Authenticated encryption with fresh keys for each connection, and nothing older. Named, because
   * what the library takes otherwise is found out on an event loop, by reading the JDK's own store
   * of certificates.
   */
  private static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

  private static final LinkSecurity PLAINTEXT = new LinkSecurity(null, null);

  private final LiveIdentity identity;
  private final SiteSignatures signatures;

  private LinkSecurity(LiveIdentity identity, SiteSignatures signatures) {
    this.identity = identity;
    this.signatures = signatures;
  }

  /** No protection: whoever can reach the port may speak for any party, and read everything. */
  public static LinkSecurity plaintext() {
    return PLAINTEXT;
  }

  /** TLS with certificates at both ends; takes a moment the first time. */
  public static LinkSecurity tls(LiveIdentity identity) {
    TlsWarmUp.run(identity);
    return new LinkSecurity(identity, null);
  }

  /** The same, with signatures under what is said, which hold through relays. */
  public LinkSecurity signing(SiteSignatures by) {
    return new LinkSecurity(identity, by);
  }

  /** What signs and verifies; empty if nothing is signed. */
  Optional<SiteSignatures> signatures() {
    return Optional.ofNullable(signatures);
  }

  /** The identity that is proved and measured by; empty for plaintext. */
  Optional<LiveIdentity> identity() {
    return Optional.ofNullable(identity);
  }

  /** Signatures are made and checked on worker threads: the first ones take a tenth of a second. */
  private static SSLEngineOptions offLoop() {
    return new JdkSSLEngineOptions().setUseWorkerThread(true);
  }

  /** How often the identity was replaced; 0 for plaintext. */
  int replaced() {
    return identity == null ? 0 : identity.replaced();
  }

  /** Why this site cannot prove who it is; empty if it can. */
  Optional<String> ownTrouble() {
    return identity().flatMap(LiveIdentity::ownTrouble);
  }

  /** What to think of when a connection broke and nobody said why; empty for nothing. */
  String suspicion() {
    return identity == null
        ? "; this site speaks no TLS (--insecure), the peer may want it"
        : "; the peer may not trust the certificate of this site, "
            + identity.site().self().text()
            + ": its log tells";
  }

  /** Protects a server. */
  HttpServerOptions protect(HttpServerOptions options) {
    if (identity != null) {
      options
          .setSsl(true)
          .setUseAlpn(true)
          .setSslEngineOptions(offLoop())
          .setClientAuth(io.vertx.core.http.ClientAuth.REQUIRED)
          .setEnabledSecureTransportProtocols(PROTOCOLS)
          .setKeyCertOptions(KeyCertOptions.wrap(identity.keyManagers()))
          .setTrustOptions(TrustOptions.wrap(identity.trustManagers()));
      CIPHER_SUITES.forEach(options::addEnabledCipherSuite);
    }
    return options;
  }

  /** Protects a client. */
  HttpClientOptions protect(HttpClientOptions options) {
    if (identity != null) {
      options
          .setSsl(true)
          .setUseAlpn(true)
          .setSslEngineOptions(offLoop())
          // Parties are named, not hosts: requireParty compares.
          .setVerifyHost(false)
          .setEnabledSecureTransportProtocols(PROTOCOLS)
          .setKeyCertOptions(KeyCertOptions.wrap(identity.keyManagers()))
          .setTrustOptions(TrustOptions.wrap(identity.trustManagers()));
      CIPHER_SUITES.forEach(options::addEnabledCipherSuite);
    }
    return options;
  }

  /**
   * Who is at the other end; empty for plaintext.
   *
   * @throws CertificateException if it is no longer to be trusted: its certificate expired since
   *     the connection was made, or ours trusts others now
   */
  Optional<PeerIdentity> peer(HttpConnection connection) throws CertificateException {
    if (identity == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(identity.identify(connection.sslSession().getPeerCertificates()));
    } catch (SSLPeerUnverifiedException nobody) {
      throw new CertificateException("the peer showed no certificate", nobody);
    }
  }

  /**
   * Makes sure that a server acts for the party that is to be reached, or forwards for it, and that
   * it is who the route wants there.
   *
   * @param pin empty if the route wants nobody in particular
   * @throws CertificateException naming who is there instead
   */
  void requireParty(HttpConnection connection, String partyId, Optional<RoutePin> pin)
      throws CertificateException {
    Optional<PeerIdentity> peer = peer(connection);
    if (pin.isPresent()) {
      requirePinned(peer, partyId, pin.get());
    }
    if (peer.isPresent() && !peer.get().relay() && !peer.get().partyIds().contains(partyId)) {
      throw new CertificateException(
          "the server there is not that of party "
              + partyId
              + ": its certificate is "
              + peer.get().text()
              + "; correct the route, or have a certificate signed that names the party");
    }
  }

  private static void requirePinned(Optional<PeerIdentity> peer, String partyId, RoutePin pin)
      throws CertificateException {
    if (peer.isEmpty()) {
      throw new CertificateException(
          "the route to party "
              + partyId
              + " wants the identity "
              + pin
              + ", and a connection without TLS proves none; take it out of the route, or do"
              + " without --insecure");
    }
    if (!pin.accepts(peer.get().partyIds(), peer.get().fingerprint())) {
      throw new CertificateException(
          "the route to party "
              + partyId
              + " wants the identity "
              + pin
              + ", the certificate there is "
              + peer.get().text()
              + "; correct the route, or its identity");
    }
  }
}

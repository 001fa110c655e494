package io.fedflow.identity;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Tells whether the certificate of a peer can be trusted: it holds now, names somebody, and leads
 * to one of the trusted certificates. The names of hosts are not looked at: parties are named, not
 * machines. Immutable, thread-safe.
 */
final class Trust {

  private final Set<X509Certificate> trusted;
  private final X509TrustManager paths;

  private final Revocations revoked;

  Trust(List<X509Certificate> trusted, Revocations revoked) {
    this.trusted = Set.copyOf(trusted);
    this.revoked = revoked;
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate certificate : this.trusted) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      paths = first(factory.getTrustManagers());
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("the JDK has no PKIX", e);
    }
  }

  private static X509TrustManager first(TrustManager[] managers) {
    for (TrustManager manager : managers) {
      if (manager instanceof X509TrustManager wanted) {
        return wanted;
      }
    }
    throw new IllegalStateException("PKIX has no trust manager for X.509");
  }

  /** Which side of a connection shows its certificate. */
  enum Side {
    CLIENT,
    SERVER
  }

  /**
   * Checks a chain.
   *
   * @param chain the peer's certificate first
   * @param kind the kind of key exchange, as TLS names it
   * @return what the peer's certificate says
   * @throws CertificateException that names the certificate, what is wrong and the remedy
   */
  PeerIdentity check(X509Certificate[] chain, String kind, Side side, Instant now)
      throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("the peer showed no certificate");
    }
    PeerIdentity peer = PeerIdentity.of(chain[0]);
    // First, and here: PKIX lets a certificate that is trusted by itself pass at any time.
    requireTime(peer, now);
    if (peer.partyIds().isEmpty() && !peer.relay()) {
      throw new CertificateException(
          "the certificate "
              + peer.text()
              + " names no party, expected a name fedflow://party/ID; have a request of 'fedflow"
              + " party init' signed");
    }
    Optional<String> takenBack = takenBack(revoked, chain);
    if (takenBack.isPresent()) {
      throw new CertificateException("the certificate " + peer.text() + ' ' + takenBack.get());
    }
    if (trusted.contains(chain[0])) {
      return peer;
    }
    try {
      if (side == Side.CLIENT) {
        paths.checkClientTrusted(chain, kind);
      } else {
        paths.checkServerTrusted(chain, kind);
      }
    } catch (CertificateException refused) {
      throw new CertificateException(
          "the certificate "
              + peer.text()
              + " of '"
              + peer.issuer()
              + "' is not trusted here: "
              + reason(refused),
          refused);
    }
    return peer;
  }

  /**
   * Checks that a certificate holds at a time.
   *
   * @throws CertificateException that names the certificate and when it holds
   */
  static void requireTime(PeerIdentity peer, Instant now) throws CertificateException {
    Optional<String> wrong = wrongTime(peer, now);
    if (wrong.isPresent()) {
      throw new CertificateException("the certificate " + peer.text() + ' ' + wrong.get());
    }
  }

  /** Why a certificate does not hold at a time; empty if it does. */
  static Optional<String> wrongTime(PeerIdentity peer, Instant now) {
    if (now.isAfter(peer.notAfter())) {
      return Optional.of(
          "expired at " + peer.notAfter() + "; renew it by 'fedflow party init --renew'");
    }
    if (now.isBefore(peer.notBefore())) {
      return Optional.of(
          "is not valid before " + peer.notBefore() + "; check the clocks of both machines");
    }
    return Optional.empty();
  }

  /** Why a chain does not count though it holds; empty if it does. */
  static Optional<String> takenBack(Revocations revoked, X509Certificate... chain) {
    for (X509Certificate certificate : chain) {
      Optional<Instant> when = revoked.of(certificate);
      if (when.isPresent()) {
        return Optional.of(
            (certificate.equals(chain[0]) ? "was revoked" : "is of an authority that was revoked")
                + " at "
                + when.get()
                + "; ask for another one by 'fedflow party init --renew'");
      }
    }
    return Optional.empty();
  }

  private static String reason(CertificateException refused) {
    Throwable cause = refused.getCause();
    if (cause instanceof CertPathValidatorException broken
        && broken.getReason() == CertPathValidatorException.BasicReason.EXPIRED) {
      return "the certificate of its authority expired";
    }
    String said = String.valueOf(refused.getMessage());
    return said.contains("unable to find valid certification path")
            || said.contains("Path does not chain")
        ? "its authority is unknown; install the authority's certificate by 'fedflow party trust'"
        : said;
  }
}

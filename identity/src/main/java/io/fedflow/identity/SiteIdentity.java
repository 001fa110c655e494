package io.fedflow.identity;

import io.fedflow.failure.FedflowException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a site proves itself with and what it measures others by. Immutable; its text shows no key.
 *
 * @param key the private key of the first certificate
 * @param chain the site's certificate first, then those that vouch for it
 * @param trusted authorities, and certificates of peers that are trusted by themselves
 * @param self what the first certificate says
 * @param revoked what authorities took back
 */
public record SiteIdentity(
    PrivateKey key,
    List<X509Certificate> chain,
    List<X509Certificate> trusted,
    PeerIdentity self,
    Revocations revoked) {

  /** Copies the lists. */
  public SiteIdentity {
    chain = List.copyOf(chain);
    trusted = List.copyOf(trusted);
  }

  /**
   * Reads the key with its certificates, and whom to trust.
   *
   * @param site a file with the private key and the chain
   * @param trusted files with at least one certificate each
   * @param revoked lists of what authorities took back
   * @throws FedflowException {@code identity.…} naming the file, what was found and what is allowed
   */
  static SiteIdentity read(Path site, List<Path> trusted, RevocationFolder revoked) {
    SecretFiles.requirePrivate(site);
    List<Pem> blocks = Pem.read(site);
    PrivateKey key = Pem.privateKey(site, blocks);
    List<X509Certificate> chain = Pem.certificates(site, blocks);
    if (chain.isEmpty()) {
      throw FedflowException.invalid(
          "identity.file", site + ": found a key without a certificate, expected both");
    }
    if (!KeyPairs.belong(key, chain.get(0).getPublicKey())) {
      throw FedflowException.invalid(
          "identity.key", site + ": the first certificate belongs to another key");
    }
    List<X509Certificate> anchors =
        trusted.stream().flatMap(file -> Pem.certificates(file).stream()).toList();
    try {
      return new SiteIdentity(
          key, chain, anchors, PeerIdentity.of(chain.get(0)), revoked.load(anchors));
    } catch (CertificateException malformed) {
      throw FedflowException.invalid("identity.file", site + ": " + malformed.getMessage());
    }
  }

  @Override
  public String toString() {
    return "SiteIdentity["
        + self.text()
        + ", "
        + trusted.size()
        + " trusted, "
        + revoked.when().size()
        + " revoked]";
  }
}

package io.fedflow.identity;

import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a site keeps its identity:
 *
 * <ul>
 *   <li>{@code site.pem}: private key and certificate in one file, so that both change in one step
 *   <li>{@code pending-key.pem}, {@code request.pem}: a key whose certificate is being asked for
 *   <li>{@code trust/}: authorities, and peers that are trusted by themselves
 *   <li>{@code revoked/}: the lists of certificates that authorities took back
 * </ul>
 *
 * @param folder where all of it lies
 */
public record IdentityFolder(Path folder) {

  /** Key and certificate that are in use. */
  public Path site() {
    return folder.resolve("site.pem");
  }

  /** The key that waits for its certificate. */
  public Path pendingKey() {
    return folder.resolve("pending-key.pem");
  }

  /** The request for a certificate of the waiting key. */
  public Path request() {
    return folder.resolve("request.pem");
  }

  private Path trust() {
    return folder.resolve("trust");
  }

  /** Whether key and certificate are there. */
  public boolean hasSite() {
    return Files.exists(site());
  }

  /** Whether a key waits for its certificate. */
  public boolean hasPending() {
    return Files.exists(pendingKey());
  }

  /**
   * Reads all of it.
   *
   * @throws FedflowException {@code identity.…} naming the file, what was found and what is allowed
   */
  public SiteIdentity load() {
    if (!hasSite()) {
      throw FedflowException.invalid(
          "identity.missing",
          folder
              + ": found no identity of this site ("
              + site().getFileName()
              + "); make a key and a request by 'fedflow party init', have the request signed by"
              + " 'fedflow party sign', and install the answer by 'fedflow party trust'");
    }
    List<Path> trusted = trustedFiles();
    if (trusted.isEmpty()) {
      throw FedflowException.invalid(
          "identity.trust",
          trust()
              + ": found no certificate, expected that of an authority or of a peer; install it by"
              + " 'fedflow party trust'");
    }
    return SiteIdentity.read(site(), trusted, lists());
  }

  /**
   * What the certificate in use says.
   *
   * @throws FedflowException {@code identity.file} if it is not there or cannot be read
   */
  public PeerIdentity self() {
    return identity(site(), Pem.certificates(site()).get(0));
  }

  /**
   * What the trusted certificates say.
   *
   * @throws FedflowException {@code identity.file} if one cannot be read
   */
  public List<PeerIdentity> trusted() {
    List<PeerIdentity> trusted = new ArrayList<>();
    for (Path file : trustedFiles()) {
      Pem.certificates(file).forEach(each -> trusted.add(identity(file, each)));
    }
    return trusted;
  }

  /** The files of trusted certificates, by name. */
  public List<Path> trustedFiles() {
    return PemFolder.files(trust());
  }

  /**
   * How many certificates the installed lists take back.
   *
   * @throws FedflowException {@code identity.…} naming a file that is not good
   */
  public int revoked() {
    return lists().load(authorities()).when().size();
  }

  /** The lists of what authorities took back. */
  private RevocationFolder lists() {
    return new RevocationFolder(folder.resolve("revoked"));
  }

  /**
   * Installs what a file holds: the certificate of the waiting key, authorities, certificates of
   * peers, and lists of what authorities took back. A certificate of the key in use replaces its
   * predecessor, a list an earlier one of the same authority.
   *
   * @return what each certificate became, in the order of the file; nothing for lists
   * @throws FedflowException {@code identity.file} if the file holds neither, {@code
   *     identity.revocation} for a list of nobody who is trusted here, or an old one
   */
  public List<Installed> install(Path file) {
    List<Pem> blocks = Pem.read(file);
    List<Revocations.Listed> lists = Revocations.lists(file, blocks);
    List<X509Certificate> certificates =
        lists.isEmpty() ? Pem.certificates(file) : Pem.certificates(file, blocks);
    SecretFiles.makeFolder(trust());
    List<X509Certificate> others = new ArrayList<>();
    List<Installed> installed = new ArrayList<>();
    X509Certificate own = null;
    PrivateKey key = null;
    for (X509Certificate certificate : certificates) {
      PrivateKey found = own == null ? keyOf(certificate) : null;
      if (found == null) {
        others.add(certificate);
      } else {
        own = certificate;
        key = found;
        installed.add(new Installed(identity(file, certificate), Installed.As.OWN));
      }
    }
    for (X509Certificate other : others) {
      PeerIdentity identity = identity(file, other);
      SecretFiles.writePublic(trust().resolve(identity.fingerprint() + ".pem"), pem(other).text());
      installed.add(
          new Installed(
              identity,
              other.getBasicConstraints() >= 0 ? Installed.As.AUTHORITY : Installed.As.PEER));
    }
    lists.forEach(list -> lists().install(list, authorities()));
    // Last: whoever sees the new certificate trusts already whom it needs.
    if (own != null) {
      replace(key, own);
    }
    return installed;
  }

  private List<X509Certificate> authorities() {
    return trustedFiles().stream().flatMap(file -> Pem.certificates(file).stream()).toList();
  }

  private void replace(PrivateKey key, X509Certificate certificate) {
    SecretFiles.writeSecret(
        site(), new Pem(Pem.PRIVATE_KEY, key.getEncoded()).text() + pem(certificate).text());
    try {
      if (hasPending()
          && KeyPairs.belong(Pem.privateKey(pendingKey()), certificate.getPublicKey())) {
        Files.delete(pendingKey());
        Files.deleteIfExists(request());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(pendingKey() + " cannot be deleted: " + e.getMessage(), e);
    }
  }

  /** The key of this site that a certificate belongs to; null for none. */
  private PrivateKey keyOf(X509Certificate certificate) {
    for (Path file : List.of(pendingKey(), site())) {
      if (Files.exists(file)) {
        PrivateKey key = Pem.privateKey(file);
        if (KeyPairs.belong(key, certificate.getPublicKey())) {
          return key;
        }
      }
    }
    return null;
  }

  private static PeerIdentity identity(Path file, X509Certificate certificate) {
    try {
      return PeerIdentity.of(certificate);
    } catch (CertificateException malformed) {
      throw FedflowException.invalid("identity.file", file + ": " + malformed.getMessage());
    }
  }

  private static Pem pem(X509Certificate certificate) {
    try {
      return new Pem(Pem.CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has no bytes", e);
    }
  }

  /**
   * A certificate that was installed.
   *
   * @param identity what it says
   * @param as what it is to this site
   */
  public record Installed(PeerIdentity identity, As as) {

    /** What a certificate is to this site. */
    public enum As {
      /** Its own. */
      OWN,
      /** An authority whose certificates are trusted. */
      AUTHORITY,
      /** A peer that is trusted by itself. */
      PEER
    }
  }
}

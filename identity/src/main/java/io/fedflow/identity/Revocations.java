package io.fedflow.identity;

import io.fedflow.failure.FedflowException;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Which certificates their authorities took back before their time, as signed lists say. A list is
 * good until a later one replaces it. Immutable.
 *
 * @param when when each was taken back
 */
public record Revocations(Map<Certificated, Instant> when) {

  /** Nothing was taken back. */
  public static final Revocations NONE = new Revocations(Map.of());

  /** The name of a list in PEM. */
  static final String LIST = "X509 CRL";

  /** Copies the map. */
  public Revocations {
    when = Map.copyOf(when);
  }

  /**
   * How a certificate is named in a list.
   *
   * @param issuer who made it
   * @param serial its number there
   */
  public record Certificated(X500Principal issuer, BigInteger serial) {}

  /**
   * A list as it stands in a file.
   *
   * @param file where it was found
   * @param list what it says
   */
  record Listed(Path file, X509CRL list) {}

  /**
   * The lists among the blocks of a file.
   *
   * @throws FedflowException {@code identity.file} if one cannot be read
   */
  static List<Listed> lists(Path file, List<Pem> blocks) {
    return blocks.stream()
        .filter(block -> block.name().equals(LIST))
        .map(block -> new Listed(file, parse(file, block.bytes())))
        .toList();
  }

  private static X509CRL parse(Path file, byte[] bytes) {
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));
    } catch (CertificateException | CRLException malformed) {
      throw wrong(file, "a list of revoked certificates cannot be read: " + malformed.getMessage());
    }
  }

  /**
   * What lists say together. Those of authorities that are not trusted say nothing: neither do
   * their certificates.
   *
   * @param authorities whom to believe
   * @throws FedflowException {@code identity.revocation} for a list that its authority did not sign
   */
  static Revocations of(List<Listed> lists, List<X509Certificate> authorities) {
    Map<Certificated, Instant> all = new HashMap<>();
    for (Listed each : lists) {
      X500Principal issuer = each.list().getIssuerX500Principal();
      if (authority(each, authorities).isPresent()
          && each.list().getRevokedCertificates() != null) {
        for (X509CRLEntry entry : each.list().getRevokedCertificates()) {
          all.put(
              new Certificated(issuer, entry.getSerialNumber()),
              entry.getRevocationDate().toInstant());
        }
      }
    }
    return new Revocations(all);
  }

  /**
   * The authority that signed a list; empty if none of its name is trusted.
   *
   * @throws FedflowException {@code identity.revocation} if it bears the name of one that did not
   */
  static Optional<X509Certificate> authority(Listed each, List<X509Certificate> authorities) {
    List<X509Certificate> named =
        authorities.stream()
            .filter(
                authority ->
                    authority
                        .getSubjectX500Principal()
                        .equals(each.list().getIssuerX500Principal()))
            .toList();
    for (X509Certificate authority : named) {
      try {
        each.list().verify(authority.getPublicKey());
        return Optional.of(authority);
      } catch (GeneralSecurityException another) {
        // Another one of the same name may have signed it.
        continue;
      }
    }
    if (named.isEmpty()) {
      return Optional.empty();
    }
    throw FedflowException.invalid(
        "identity.revocation",
        each.file()
            + ": the list of revoked certificates is not signed by '"
            + each.list().getIssuerX500Principal().getName()
            + "', whose name it bears; take the file of 'fedflow party revoke'");
  }

  /** When a certificate was taken back; empty if it was not. */
  public Optional<Instant> of(X509Certificate certificate) {
    return Optional.ofNullable(
        when.get(
            new Certificated(certificate.getIssuerX500Principal(), certificate.getSerialNumber())));
  }

  private static FedflowException wrong(Path file, String why) {
    return FedflowException.invalid("identity.file", file + ": " + why);
  }
}

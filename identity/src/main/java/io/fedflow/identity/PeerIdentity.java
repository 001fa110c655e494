package io.fedflow.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a certificate says about the site that holds its key. Immutable.
 *
 * @param partyIds the parties that the site acts for, sorted; empty for none
 * @param relay whether the site may forward for others
 * @param subject the name in the certificate, for people
 * @param issuer the name of who made it, for people
 * @param fingerprint SHA-256 of the certificate, 64 lower-case hexadecimal digits
 * @param notBefore from when on it holds
 * @param notAfter until when it holds
 */
public record PeerIdentity(
    Set<String> partyIds,
    boolean relay,
    String subject,
    String issuer,
    String fingerprint,
    Instant notBefore,
    Instant notAfter) {

  private static final int LONGEST_NAME = 200;

  /** Copies the ids. */
  public PeerIdentity {
    partyIds = Collections.unmodifiableSet(new TreeSet<>(partyIds));
  }

  /**
   * Reads a certificate; whether it can be trusted is not asked.
   *
   * @throws CertificateException if its names cannot be read
   */
  public static PeerIdentity of(X509Certificate certificate) throws CertificateException {
    List<String> uris = PartyNames.uris(certificate);
    return new PeerIdentity(
        PartyNames.partyIds(uris),
        uris.contains(PartyNames.RELAY),
        shown(certificate.getSubjectX500Principal().getName()),
        shown(certificate.getIssuerX500Principal().getName()),
        fingerprint(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  /** Anybody may write anything into a certificate, and it ends up in logs. */
  private static String shown(String name) {
    String clean = name.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > LONGEST_NAME ? clean.substring(0, LONGEST_NAME) + "…" : clean;
  }

  /** The same site, acting for other parties. */
  public PeerIdentity actingFor(Set<String> ids) {
    return new PeerIdentity(ids, relay, subject, issuer, fingerprint, notBefore, notAfter);
  }

  /** Whether the site acts for all of these parties. */
  public boolean actsFor(Collection<String> ids) {
    return partyIds.containsAll(ids);
  }

  /** Subject, parties and fingerprint, for a log line. */
  public String text() {
    return "'" + subject + "', parties " + partyIds + ", SHA-256 " + fingerprint;
  }

  /**
   * SHA-256 of a certificate, in hexadecimal digits.
   *
   * @throws CertificateEncodingException if the certificate has no bytes
   */
  static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
    return sha256(certificate.getEncoded());
  }

  /** SHA-256 of bytes, in hexadecimal digits. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

package io.fedflow.identity.authority;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.KeyPairs;
import io.fedflow.identity.Pem;
import io.fedflow.identity.SecretFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Who names the parties of a consortium: it signs the certificates of their sites. Lives in a
 * folder of its own ({@code authority-key.pem}, {@code authority.pem}, {@code issued/}), best on a
 * machine without a network. Not thread-safe.
 */
public final class Authority {

  /** How far the clocks of sites may be behind that of the authority. */
  private static final Duration CLOCK_SLACK = Duration.ofHours(1);

  private static final int SERIAL_BITS = 127;

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final IssuedCertificates issued;
  private final RevocationList revoked;

  private Authority(Path folder, PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
    this.issued = new IssuedCertificates(folder);
    this.revoked = new RevocationList(folder);
  }

  /** The file of what an authority took back; it is there once something was. */
  public static Path revocationFile(Path folder) {
    return new RevocationList(folder).file();
  }

  private static Path keyFile(Path folder) {
    return folder.resolve("authority-key.pem");
  }

  /** The file of an authority's certificate, which sites are to trust. */
  public static Path certificateFile(Path folder) {
    return folder.resolve("authority.pem");
  }

  /**
   * Makes an authority.
   *
   * @param folder made if missing
   * @param name of the consortium, for people
   * @param lifetime for how long its certificate holds; positive
   * @throws FedflowException {@code identity.exists} if there is one in the folder
   */
  public static Authority create(
      Path folder, String name, KeyKind kind, Instant now, Duration lifetime) {
    if (Files.exists(keyFile(folder)) || Files.exists(certificateFile(folder))) {
      throw FedflowException.invalid(
          "identity.exists",
          folder
              + ": found an authority; what it signed would be worthless without its key, so"
              + " none is written over it; take another folder");
    }
    SecretFiles.makeFolder(folder);
    KeyPair pair = kind.generate();
    X500Name subject = Names.common(name);
    X509Certificate certificate =
        sign(
            new JcaX509v3CertificateBuilder(
                subject,
                serial(),
                Date.from(now.minus(CLOCK_SLACK)),
                Date.from(now.plus(lifetime)),
                subject,
                pair.getPublic()),
            pair.getPrivate(),
            (builder, utils) ->
                builder
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        utils.createSubjectKeyIdentifier(pair.getPublic())));
    SecretFiles.writeSecret(
        keyFile(folder), new Pem(Pem.PRIVATE_KEY, pair.getPrivate().getEncoded()).text());
    SecretFiles.writePublic(certificateFile(folder), text(certificate));
    return new Authority(folder, pair.getPrivate(), certificate);
  }

  /**
   * Opens the authority of a folder.
   *
   * @throws FedflowException {@code identity.…} naming the file and what is wrong with it
   */
  public static Authority open(Path folder) {
    SecretFiles.requirePrivate(keyFile(folder));
    PrivateKey key = Pem.privateKey(keyFile(folder));
    X509Certificate certificate = Pem.certificates(certificateFile(folder)).get(0);
    if (!KeyPairs.belong(key, certificate.getPublicKey())) {
      throw FedflowException.invalid(
          "identity.key",
          certificateFile(folder) + ": belongs to another key than " + keyFile(folder));
    }
    return new Authority(folder, key, certificate);
  }

  /**
   * What was signed for a party so far, in no order; what was revoked included.
   *
   * @throws FedflowException {@code identity.file} if a certificate that was signed cannot be read
   */
  public List<X509Certificate> issuedTo(String partyId) {
    return issued.to(partyId);
  }

  /**
   * Takes certificates back: adds them to the list of those that were ({@link #revocationFile}),
   * and signs it anew. Again is without effect for those that are in it.
   *
   * @throws FedflowException {@code identity.issued} if one is not of this authority
   */
  public void revoke(Collection<X509Certificate> certificates, Instant now) {
    Set<BigInteger> serials = new HashSet<>();
    for (X509Certificate each : certificates) {
      try {
        each.verify(certificate.getPublicKey());
      } catch (GeneralSecurityException another) {
        throw FedflowException.invalid(
            "identity.issued",
            "found the certificate '"
                + each.getSubjectX500Principal().getName()
                + "' of '"
                + each.getIssuerX500Principal().getName()
                + "', allowed those that this authority signed, '"
                + certificate.getSubjectX500Principal().getName()
                + "'");
      }
      if (each.equals(certificate)) {
        throw FedflowException.invalid(
            "identity.issued",
            "found the certificate of the authority itself; take it out of the trust folder of"
                + " every site instead");
      }
      serials.add(each.getSerialNumber());
    }
    revoked.add(serials, certificate, key, now);
  }

  /** What sites are to trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * Signs what a request asks for. Whoever calls has made sure that the request comes from the
   * parties that it names.
   *
   * @param from from when on the certificate holds
   * @param until until when
   * @param again whether another key may have been signed for the same parties
   * @throws FedflowException {@code identity.issued} if one was and must not have been, {@code
   *     identity.days} if the certificate would hold longer than the authority's own
   */
  public X509Certificate sign(
      CertificateRequest request, Instant from, Instant until, boolean again) {
    if (until.isAfter(certificate.getNotAfter().toInstant()) || !until.isAfter(from)) {
      throw FedflowException.invalid(
          "identity.days",
          "end of the certificate: found "
              + until
              + ", allowed after "
              + from
              + " and not after the authority's own end "
              + certificate.getNotAfter().toInstant());
    }
    if (!again) {
      issued.requireNew(request);
    }
    X509Certificate signed = issue(request.key(), request, from.minus(CLOCK_SLACK), until);
    issued.add(signed);
    return signed;
  }

  private X509Certificate issue(
      PublicKey holder, CertificateRequest request, Instant from, Instant until) {
    return sign(
        new JcaX509v3CertificateBuilder(
            X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
            serial(),
            Date.from(from),
            Date.from(until),
            request.subject(),
            holder),
        key,
        (builder, utils) ->
            builder
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(
                        new KeyPurposeId[] {
                          KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                        }))
                .addExtension(Extension.subjectAlternativeName, false, request.wanted().names())
                .addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    utils.createAuthorityKeyIdentifier(certificate))
                .addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    utils.createSubjectKeyIdentifier(holder)));
  }

  /** The certificate and that of the authority: what a site installs. */
  public String bundle(X509Certificate signed) {
    return text(signed) + text(certificate);
  }

  private static String text(X509Certificate certificate) {
    try {
      return new Pem(Pem.CERTIFICATE, certificate.getEncoded()).text();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was made has no bytes", e);
    }
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
  }

  @FunctionalInterface
  private interface Adding {
    void to(JcaX509v3CertificateBuilder builder, JcaX509ExtensionUtils utils)
        throws CertIOException, GeneralSecurityException;
  }

  private static X509Certificate sign(
      JcaX509v3CertificateBuilder builder, PrivateKey key, Adding extensions) {
    try {
      extensions.to(builder, new JcaX509ExtensionUtils());
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(KeyPairs.signatureName(key)).build(key)));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }
}

package io.fedflow.identity.authority;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.KeyPairs;
import io.fedflow.identity.Pem;
import io.fedflow.identity.SecretFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The list of certificates that an authority took back, beside its key: {@code revoked.pem}. */
final class RevocationList {

  private static final String NAME = "X509 CRL";

  private final Path file;

  RevocationList(Path authority) {
    this.file = authority.resolve("revoked.pem");
  }

  Path file() {
    return file;
  }

  /**
   * Adds certificates, and signs the list anew.
   *
   * @param serials their numbers
   */
  void add(Set<BigInteger> serials, X509Certificate authority, PrivateKey key, Instant now) {
    TreeMap<BigInteger, Date> all = new TreeMap<>();
    serials.forEach(serial -> all.put(serial, Date.from(now)));
    // When a certificate was revoked first is what counts.
    earlier().forEach(entry -> all.put(entry.getSerialNumber(), entry.getRevocationDate()));
    X509v2CRLBuilder builder =
        new JcaX509v2CRLBuilder(authority.getSubjectX500Principal(), Date.from(now));
    all.forEach((serial, when) -> builder.addCRLEntry(serial, when, CRLReason.unspecified));
    try {
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority));
      byte[] signed =
          builder
              .build(new JcaContentSignerBuilder(KeyPairs.signatureName(key)).build(key))
              .getEncoded();
      SecretFiles.writePublic(file, new Pem(NAME, signed).text());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a list of revoked certificates could not be made", e);
    }
  }

  private Set<? extends X509CRLEntry> earlier() {
    if (!Files.exists(file)) {
      return Set.of();
    }
    List<Pem> blocks = Pem.read(file).stream().filter(pem -> pem.name().equals(NAME)).toList();
    try {
      X509CRL list =
          (X509CRL)
              CertificateFactory.getInstance("X.509")
                  .generateCRL(new ByteArrayInputStream(blocks.get(0).bytes()));
      Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
      return entries == null ? Set.of() : entries;
    } catch (GeneralSecurityException | IndexOutOfBoundsException malformed) {
      throw FedflowException.invalid(
          "identity.file", file + ": found no list of revoked certificates, expected " + NAME);
    }
  }
}

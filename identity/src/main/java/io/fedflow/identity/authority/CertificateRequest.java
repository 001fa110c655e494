package io.fedflow.identity.authority;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.KeyPairs;
import io.fedflow.identity.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A request for a certificate (PKCS #10). The private key never leaves the site: the request holds
 * the public one, and is signed to prove that the site has the other.
 *
 * @param key the public key
 * @param subject the name that is asked for
 * @param wanted what the certificate is to name
 */
public record CertificateRequest(PublicKey key, X500Name subject, Wanted wanted) {

  private static final int SMALLEST_RSA_BITS = 2048;

  /** Writes a request in PEM. */
  public static String write(KeyPair pair, Wanted wanted) {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.subjectAlternativeName, false, wanted.names());
      return new Pem(
              Pem.REQUEST,
              new JcaPKCS10CertificationRequestBuilder(name(wanted), pair.getPublic())
                  .addAttribute(
                      PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                  .build(
                      new JcaContentSignerBuilder(KeyPairs.signatureName(pair.getPrivate()))
                          .build(pair.getPrivate()))
                  .getEncoded())
          .text();
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("a request could not be made", e);
    }
  }

  private static X500Name name(Wanted wanted) {
    String common =
        wanted.partyIds().isEmpty() ? "relay" : "party " + String.join(" ", wanted.partyIds());
    return Names.common(common);
  }

  /**
   * Reads a request and checks that its sender has the private key.
   *
   * @throws FedflowException {@code identity.request} naming what is wrong, {@code identity.file}
   *     for what is no PEM
   */
  public static CertificateRequest read(Path file) {
    List<Pem> blocks =
        Pem.read(file).stream().filter(block -> block.name().equals(Pem.REQUEST)).toList();
    if (blocks.size() != 1) {
      throw wrong(file, "found " + blocks.size() + " blocks " + Pem.REQUEST + ", expected one");
    }
    try {
      PKCS10CertificationRequest request = new PKCS10CertificationRequest(blocks.get(0).bytes());
      PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw wrong(file, "its signature was not made by the key that it holds");
      }
      requireStrong(file, key);
      return new CertificateRequest(key, request.getSubject(), wanted(file, request));
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException malformed) {
      throw wrong(file, "cannot be read: " + malformed.getMessage());
    }
  }

  private static void requireStrong(Path file, PublicKey key) {
    if (key instanceof java.security.interfaces.RSAPublicKey rsa
        && rsa.getModulus().bitLength() < SMALLEST_RSA_BITS) {
      throw wrong(
          file,
          "found an RSA key of "
              + rsa.getModulus().bitLength()
              + " bits, allowed "
              + SMALLEST_RSA_BITS
              + " or more");
    }
  }

  private static Wanted wanted(Path file, PKCS10CertificationRequest request) {
    Extensions extensions = request.getRequestedExtensions();
    GeneralNames names =
        extensions == null
            ? null
            : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
    if (names == null) {
      throw wrong(file, "names no party, expected a request of 'fedflow party init'");
    }
    return Wanted.of(names);
  }

  /** SHA-256 of the public key: what people compare over another channel. */
  public String keyFingerprint() {
    return keyFingerprint(key);
  }

  /** SHA-256 of a public key, 64 lower-case hexadecimal digits. */
  public static String keyFingerprint(PublicKey key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static FedflowException wrong(Path file, String why) {
    return FedflowException.invalid("identity.request", file + ": " + why);
  }
}

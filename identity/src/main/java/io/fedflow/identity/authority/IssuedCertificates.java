package io.fedflow.identity.authority;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.identity.Pem;
import io.fedflow.identity.SecretFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.TreeSet;

/** What an authority signed: one file each. Nobody else gets a party's name by mistake. */
final class IssuedCertificates {

  private final Path folder;

  IssuedCertificates(Path authority) {
    this.folder = authority.resolve("issued");
  }

  /**
   * Refuses a request whose parties have certificates of another key.
   *
   * @throws FedflowException {@code identity.issued}
   */
  void requireNew(CertificateRequest request) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
      for (Path file : files) {
        X509Certificate certificate = Pem.certificates(file).get(0);
        Set<String> both = new TreeSet<>(PeerIdentity.of(certificate).partyIds());
        both.retainAll(request.wanted().partyIds());
        if (!both.isEmpty() && !certificate.getPublicKey().equals(request.key())) {
          throw FedflowException.invalid(
              "identity.issued",
              "the request names parties "
                  + both
                  + ", for which another key was signed ("
                  + file
                  + "); if it is a renewal by the same parties, say so by --again");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be read: " + e.getMessage(), e);
    } catch (CertificateException malformed) {
      throw FedflowException.invalid(
          "identity.file", folder + ": a certificate cannot be read: " + malformed.getMessage());
    }
  }

  void add(X509Certificate certificate) {
    SecretFiles.makeFolder(folder);
    try {
      SecretFiles.writePublic(
          folder.resolve(certificate.getSerialNumber().toString(16) + ".pem"),
          new Pem(Pem.CERTIFICATE, certificate.getEncoded()).text());
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that was made has no bytes", e);
    }
  }
}

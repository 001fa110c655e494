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
import java.util.ArrayList;
import java.util.List;
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
    for (Path file : files()) {
      X509Certificate certificate = Pem.certificates(file).get(0);
      Set<String> both = new TreeSet<>(parties(file, certificate));
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
  }

  /** The certificates that name a party. */
  List<X509Certificate> to(String partyId) {
    List<X509Certificate> all = new ArrayList<>();
    for (Path file : files()) {
      X509Certificate certificate = Pem.certificates(file).get(0);
      if (parties(file, certificate).contains(partyId)) {
        all.add(certificate);
      }
    }
    return all;
  }

  private static Set<String> parties(Path file, X509Certificate certificate) {
    try {
      return PeerIdentity.of(certificate).partyIds();
    } catch (CertificateException malformed) {
      throw FedflowException.invalid(
          "identity.file", file + ": the certificate cannot be read: " + malformed.getMessage());
    }
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.pem")) {
        found.forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(folder + " cannot be read: " + e.getMessage(), e);
      }
    }
    return files;
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

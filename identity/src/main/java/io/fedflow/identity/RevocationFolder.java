package io.fedflow.identity;

import io.fedflow.failure.FedflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a site keeps the lists of revoked certificates: one of each authority, {@code
 * revoked/<SHA-256 of the authority's certificate>.pem}.
 *
 * @param folder may be missing
 */
record RevocationFolder(Path folder) {

  /**
   * What the lists say.
   *
   * @param authorities whom to believe
   * @throws FedflowException {@code identity.…} naming a file that is not good
   */
  Revocations load(List<X509Certificate> authorities) {
    List<Revocations.Listed> lists = new ArrayList<>();
    for (Path file : PemFolder.files(folder)) {
      lists.addAll(Revocations.lists(file, Pem.read(file)));
    }
    return Revocations.of(lists, authorities);
  }

  /**
   * Keeps a list in place of an earlier one.
   *
   * @throws FedflowException {@code identity.revocation} if no trusted authority signed it, or the
   *     list that is kept is later
   */
  void install(Revocations.Listed fresh, List<X509Certificate> authorities) {
    X509Certificate authority =
        Revocations.authority(fresh, authorities)
            .orElseThrow(
                () ->
                    wrong(
                        fresh,
                        "no authority of the name '"
                            + fresh.list().getIssuerX500Principal().getName()
                            + "' is trusted here, whose list it is"));
    try {
      Path file = folder.resolve(PeerIdentity.fingerprint(authority) + ".pem");
      if (Files.exists(file)) {
        requireLater(file, fresh);
      }
      SecretFiles.makeFolder(folder);
      SecretFiles.writePublic(file, new Pem(Revocations.LIST, fresh.list().getEncoded()).text());
    } catch (CertificateEncodingException | CRLException e) {
      throw new IllegalStateException("a list that was read has no bytes", e);
    }
  }

  /** Whoever brings back an old list brings back what was revoked since. */
  private static void requireLater(Path file, Revocations.Listed fresh) {
    for (Revocations.Listed kept : Revocations.lists(file, Pem.read(file))) {
      if (fresh.list().getThisUpdate().before(kept.list().getThisUpdate())) {
        throw wrong(
            fresh,
            "found a list of "
                + fresh.list().getThisUpdate().toInstant()
                + ", a later one of "
                + kept.list().getThisUpdate().toInstant()
                + " is in use");
      }
    }
  }

  private static FedflowException wrong(Revocations.Listed list, String why) {
    return FedflowException.invalid("identity.revocation", list.file() + ": " + why);
  }
}

package io.fedflow.identity.authority;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.Pem;
import io.fedflow.identity.SecretFiles;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** The key of a site and its request, on the site itself. */
public final class SiteKeys {

  private SiteKeys() {}

  /**
   * Makes a key and a request for its certificate; the key in use, if there is one, stays in use.
   *
   * @param renew whether there may be one
   * @return SHA-256 of the new public key
   * @throws FedflowException {@code identity.exists} if there is one and must not be, or if another
   *     key waits for its certificate
   */
  public static String request(IdentityFolder folder, Wanted wanted, KeyKind kind, boolean renew) {
    if (folder.hasPending()) {
      throw exists(
          folder.pendingKey(),
          "waits for its certificate; install that by 'fedflow party trust', or delete the file");
    }
    if (folder.hasSite() && !renew) {
      throw exists(folder.site(), "is the key in use; to ask for another one say --renew");
    }
    KeyPair pair = kind.generate();
    String request = CertificateRequest.write(pair, wanted);
    SecretFiles.makeFolder(folder.folder());
    SecretFiles.writeSecret(
        folder.pendingKey(), new Pem(Pem.PRIVATE_KEY, pair.getPrivate().getEncoded()).text());
    SecretFiles.writePublic(folder.request(), request);
    return CertificateRequest.keyFingerprint(pair.getPublic());
  }

  /**
   * Makes and installs an identity in one go, where site and authority are in one hand: on one
   * machine, in a test.
   */
  public static void issue(
      IdentityFolder folder, Wanted wanted, Authority authority, Instant now, Duration lifetime) {
    issue(folder, wanted, authority, now, now.plus(lifetime));
  }

  /** The same, holding from one moment until another. */
  public static void issue(
      IdentityFolder folder, Wanted wanted, Authority authority, Instant from, Instant until) {
    request(folder, wanted, KeyKind.EC, true);
    X509Certificate signed =
        authority.sign(CertificateRequest.read(folder.request()), from, until, true);
    Path bundle = folder.folder().resolve("certificate.pem");
    SecretFiles.writePublic(bundle, authority.bundle(signed));
    folder.install(bundle);
  }

  private static FedflowException exists(Path file, String why) {
    return FedflowException.invalid("identity.exists", file + " " + why);
  }
}

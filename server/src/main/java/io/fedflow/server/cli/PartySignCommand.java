package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.identity.SecretFiles;
import io.fedflow.identity.authority.Authority;
import io.fedflow.identity.authority.CertificateRequest;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow party sign}. */
@Command(
    name = "sign",
    description = {
      "Signs a request: from then on its sender is, to the whole consortium, the parties that it"
          + " names.",
      "Make sure that it comes from them: compare the digest of its key over another channel."
    })
final class PartySignCommand implements Callable<Integer> {

  private static final int LONGEST_DAYS = 36_500;

  @Mixin private Console console;

  @Parameters(paramLabel = "REQUEST", description = "the request of 'fedflow party init'")
  private Path request;

  @Option(
      names = "--authority",
      paramLabel = "DIR",
      description = "folder of the authority, default ${DEFAULT-VALUE}",
      defaultValue = "authority")
  private Path folder;

  @Option(
      names = "--days",
      description = "for how long the certificate holds, default ${DEFAULT-VALUE}",
      defaultValue = "365")
  private int days;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where the certificate goes, default: beside the request")
  private Path out;

  @Option(
      names = "--again",
      description = "another key was signed for these parties before, and this is a renewal")
  private boolean again;

  @Override
  public Integer call() throws Exception {
    Authority authority = Authority.open(folder);
    CertificateRequest asked = CertificateRequest.read(request);
    Instant now = Instant.now();
    X509Certificate signed =
        authority.sign(asked, now, now.plus(Duration.ofDays(days(days))), again);
    Path file = out == null ? request.resolveSibling("certificate.pem") : out;
    SecretFiles.writePublic(file, authority.bundle(signed));
    PeerIdentity identity = PeerIdentity.of(signed);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("certificate", file.toString());
    tree.put("keyFingerprint", asked.keyFingerprint());
    tree.putAll(IdentityTree.of(identity));
    console.result(
        tree,
        () ->
            "signed for parties "
                + identity.partyIds()
                + (identity.relay() ? " and a relay" : "")
                + ", valid until "
                + identity.notAfter()
                + "\nSHA-256 of its key: "
                + asked.keyFingerprint()
                + "\n"
                + file
                + " holds the certificate and that of the authority; the site installs it by"
                + " 'fedflow party trust'.");
    return 0;
  }

  /** Days that make sense. */
  static int days(int days) {
    if (days < 1 || days > LONGEST_DAYS) {
      throw FedflowException.invalid(
          "identity.days", "--days: found " + days + ", allowed 1.." + LONGEST_DAYS);
    }
    return days;
  }
}

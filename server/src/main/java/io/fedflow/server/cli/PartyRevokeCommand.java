package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.identity.Pem;
import io.fedflow.identity.SecretFiles;
import io.fedflow.identity.authority.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow party revoke}. */
@Command(
    name = "revoke",
    description = {
      "Takes certificates back before their time: writes a signed list of all that the authority"
          + " took back, which every site installs by 'party trust'.",
      "A running server takes the list within seconds, refuses these certificates from then on and"
          + " ends the connections that they opened."
    })
final class PartyRevokeCommand implements Callable<Integer> {

  @Mixin private Console console;

  @Parameters(
      paramLabel = "CERTIFICATE",
      arity = "0..*",
      description = "files of certificates in PEM, of which the first one is taken back")
  private List<Path> files = List.of();

  @Option(
      names = "--party",
      paramLabel = "ID",
      description = "every certificate that was signed for this party so far; repeatable")
  private List<String> parties = List.of();

  @Option(
      names = "--authority",
      paramLabel = "DIR",
      description = "folder of the authority, default ${DEFAULT-VALUE}",
      defaultValue = "authority")
  private Path folder;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where a copy of the list goes; it is revoked.pem in the folder in any case")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Authority authority = Authority.open(folder);
    List<X509Certificate> wanted = new ArrayList<>();
    files.forEach(file -> wanted.add(Pem.certificates(file).get(0)));
    for (String party : parties) {
      List<X509Certificate> signed = authority.issuedTo(party);
      if (signed.isEmpty()) {
        throw FedflowException.invalid(
            "identity.issued",
            "--party: found " + party + ", for which nothing was signed in " + folder);
      }
      wanted.addAll(signed);
    }
    if (wanted.isEmpty()) {
      throw FedflowException.invalid(
          "identity.revocation", "found nothing to revoke, expected CERTIFICATE or --party");
    }
    authority.revoke(wanted, Instant.now());
    Path list = Authority.revocationFile(folder);
    if (out != null) {
      copy(list);
    }
    List<String> texts = new ArrayList<>();
    for (X509Certificate each : wanted) {
      texts.add(PeerIdentity.of(each).text());
    }
    Path told = out == null ? list : out;
    console.result(
        Map.of("revoked", texts, "list", told.toString()),
        () ->
            "revoked "
                + String.join("\nrevoked ", texts)
                + "\n"
                + told
                + " holds the list of all that was revoked; every site installs it by 'fedflow"
                + " party trust'.");
    return 0;
  }

  private void copy(Path list) throws IOException {
    SecretFiles.writePublic(out, Files.readString(list));
  }
}

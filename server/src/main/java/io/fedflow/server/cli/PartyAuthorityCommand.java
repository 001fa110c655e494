package io.fedflow.server.cli;

import io.fedflow.identity.PeerIdentity;
import io.fedflow.identity.authority.Authority;
import io.fedflow.identity.authority.KeyKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedflow party authority}. */
@Command(
    name = "authority",
    description =
        "Makes the authority of a consortium: a key that signs the certificates of its parties. Who"
            + " has it can speak for everybody; keep it off the network.")
final class PartyAuthorityCommand implements Callable<Integer> {

  @Mixin private Console console;

  @Option(
      names = "--authority",
      paramLabel = "DIR",
      description = "folder of the authority, default ${DEFAULT-VALUE}",
      defaultValue = "authority")
  private Path folder;

  @Option(
      names = "--name",
      description = "name of the consortium, default ${DEFAULT-VALUE}",
      defaultValue = "Fedflow consortium")
  private String name;

  @Option(
      names = "--days",
      description = "for how long it holds, default ${DEFAULT-VALUE}",
      defaultValue = "3650")
  private int days;

  @Override
  public Integer call() throws Exception {
    Authority authority =
        Authority.create(
            folder, name, KeyKind.EC, Instant.now(), Duration.ofDays(PartySignCommand.days(days)));
    PeerIdentity identity = PeerIdentity.of(authority.certificate());
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("certificate", Authority.certificateFile(folder).toString());
    tree.put("subject", identity.subject());
    tree.put("fingerprint", identity.fingerprint());
    tree.put("notAfter", identity.notAfter().toString());
    console.result(
        tree,
        () ->
            "authority "
                + identity.subject()
                + " in "
                + folder
                + ", valid until "
                + identity.notAfter()
                + "\nSHA-256 "
                + identity.fingerprint());
    return 0;
  }
}

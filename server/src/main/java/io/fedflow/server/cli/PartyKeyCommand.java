package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.Pem;
import io.fedflow.identity.SecretFiles;
import io.fedflow.identity.authority.KeyKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fedflow party key}. */
@Command(
    name = "key",
    description = {
      "Makes the RSA key by which a server signs what it sends to other parties (server"
          + " --site-auth FILE), and prints its public half.",
      "The other parties save that on their servers, for each party that this site acts for, by"
          + " key/public/save."
    })
final class PartyKeyCommand implements Callable<Integer> {

  private static final String PUBLIC_KEY = "PUBLIC KEY";

  @Mixin private Console console;

  @Parameters(paramLabel = "FILE", description = "where the private key goes; must not be there")
  private Path file;

  @Override
  public Integer call() throws Exception {
    if (Files.exists(file)) {
      throw FedflowException.invalid(
          "identity.exists", file + ": found a file, and no key is written over another");
    }
    KeyPair pair = KeyKind.RSA.generate();
    SecretFiles.writeSecret(file, new Pem(Pem.PRIVATE_KEY, pair.getPrivate().getEncoded()).text());
    String shown = new Pem(PUBLIC_KEY, pair.getPublic().getEncoded()).text();
    console.result(Map.of("key", file.toString(), "public", shown), () -> shown.strip());
    return 0;
  }
}

package io.fedflow.server.cli;

import io.fedflow.identity.IdentityFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which identity a command works on. */
final class IdentityOption {

  @Option(
      names = "--identity",
      paramLabel = "DIR",
      description =
          "folder of this site's key and certificate, default ${DEFAULT-VALUE}, where a server with"
              + " the default data folder looks",
      defaultValue = ".fedflow/identity")
  private Path folder;

  IdentityFolder folder() {
    return new IdentityFolder(folder);
  }
}

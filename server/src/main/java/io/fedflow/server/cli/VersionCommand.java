package io.fedflow.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fedflow version}: this build, and the server's if asked. */
@Command(name = "version", description = "Tells this version, with --of-server also the server's.")
final class VersionCommand implements Callable<Integer> {

  private final String version;

  @Spec private CommandSpec spec;

  @Mixin private ServerAddress server;

  @Option(names = "--of-server", description = "ask the server too")
  private boolean ofServer;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  VersionCommand(String version) {
    this.version = version;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("fedflow", version);
    all.put("java", Runtime.version().toString());
    if (ofServer) {
      all.put("server", server.blocking().version());
    }
    if (json) {
      spec.commandLine().getOut().println(Documents.write(all));
    } else {
      all.forEach((name, value) -> spec.commandLine().getOut().println(name + ' ' + value));
    }
    return 0;
  }
}

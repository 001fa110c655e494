package io.fedflow.server;

import io.fedflow.failure.FedflowException;
import io.fedflow.server.cli.DemoCommand;
import io.fedflow.server.cli.FedflowCommand;
import io.fedflow.server.cli.TestsuiteCommand;
import io.fedflow.server.config.ServerArguments;
import io.fedflow.server.db.DbCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The process: one command and its exit code. */
public final class Main {

  private static final String SERVER = "server";

  private Main() {}

  /** Runs the command; 0 only if it did what it was asked. */
  public static void main(String[] arguments) {
    Logging.quiet();
    System.exit(run(List.of(arguments), System.getenv()));
  }

  private static int run(List<String> arguments, Map<String, String> environment) {
    ServerCommand server = new ServerCommand();
    CommandLine line =
        FedflowCommand.line(
            Product.version(),
            List.of(
                server,
                new DemoCommand(new LocalDemoSites()),
                new TestsuiteCommand(new LocalDemoSites()),
                new RehearseCommand(),
                new DbCommand()));
    if (arguments.isEmpty() || !arguments.get(0).equals(SERVER)) {
      return line.execute(arguments.toArray(String[]::new));
    }
    try {
      ServerArguments all =
          ServerArguments.of(
              line.getSubcommands().get(SERVER).getCommandSpec(),
              arguments.subList(1, arguments.size()),
              environment);
      server.origins(all.origins());
      List<String> whole = new ArrayList<>(List.of(SERVER));
      whole.addAll(all.all());
      return line.execute(whole.toArray(String[]::new));
    } catch (FedflowException wrong) {
      line.getErr().println("fedflow: " + wrong.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }
}

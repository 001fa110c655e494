package io.fedflow.server;

import io.fedflow.server.cli.DemoCommand;
import io.fedflow.server.cli.FedflowCommand;
import java.util.List;
import picocli.CommandLine;

/** The process: one command and its exit code. */
public final class Main {

  private Main() {}

  /** Runs the command; 0 only if it did what it was asked. */
  public static void main(String[] arguments) {
    Logging.quiet();
    CommandLine line =
        FedflowCommand.line(
            Product.version(),
            List.of(
                new ServerCommand(), new DemoCommand(new LocalDemoSites()), new RehearseCommand()));
    System.exit(line.execute(arguments));
  }
}

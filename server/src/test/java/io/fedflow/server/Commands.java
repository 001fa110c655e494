package io.fedflow.server;

import io.fedflow.server.cli.FedflowCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Commands of {@code fedflow} that ask a server of the test, without a process of their own. */
final class Commands {

  private Commands() {}

  /** The exit code, a space, and what was printed, errors included. */
  static String run(TestServer server, String... words) {
    StringWriter out = new StringWriter();
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--server", server.server().url()));
    return line.execute(all.toArray(String[]::new)) + " " + out;
  }
}

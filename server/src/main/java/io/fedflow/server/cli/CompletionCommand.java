package io.fedflow.server.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fedflow completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script with which a shell completes commands and options:",
      "  source <(./fedflow completion bash)",
      "  source <(./fedflow completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {

  private static final List<String> SHELLS = List.of("bash", "zsh");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh", description = "the shell")
  private String shell;

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw new ParameterException(
          spec.commandLine(), "found '" + shell + "', allowed one of " + SHELLS);
    }
    CommandLine root = spec.root().commandLine();
    // The stand-in grows the real tree only when it is called.
    root.getCommandSpec().removeSubcommand("flow");
    CommandLine flow = FlowCommand.tree();
    FedflowCommand.helpful(flow);
    root.addSubcommand("flow", flow);
    // One script for both: it asks which shell reads it.
    spec.commandLine().getOut().println(AutoComplete.bash("fedflow", root));
    spec.commandLine().getOut().flush();
    return 0;
  }
}

package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FedflowCommandTest {

  /** Prints a script, which is for neither people nor programs to read. */
  private static final Set<String> WITHOUT = Set.of("fedflow completion");

  private static void collect(CommandLine line, Set<String> silent) {
    if (line.getSubcommands().isEmpty() && line.getCommandSpec().findOption("--json") == null) {
      silent.add(line.getCommandSpec().qualifiedName());
    }
    line.getSubcommands().values().forEach(each -> collect(each, silent));
  }

  @Test
  void everyCommand_canAnswerInJson() {
    CommandLine root = FedflowCommand.line("test", List.of(new DemoCommand(null)));
    // It only stands in for the tree of commands that is looked at by itself.
    root.getCommandSpec().removeSubcommand("flow");
    Set<String> silent = new TreeSet<>();
    collect(root, silent);
    collect(FlowCommand.tree(), silent);
    assertThat(silent).isEqualTo(WITHOUT);
  }
}

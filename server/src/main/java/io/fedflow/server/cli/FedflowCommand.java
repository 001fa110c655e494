package io.fedflow.server.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
    name = "fedflow",
    description = "Federated-learning pipelines on the JVM.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class FedflowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  private FedflowCommand() {}

  /**
   * All commands.
   *
   * @param version what {@code version} tells
   * @param more commands that do more than ask a server
   */
  public static CommandLine line(String version, List<?> more) {
    CommandLine line = new CommandLine(new FedflowCommand());
    line.getCommandSpec().version("fedflow " + version);
    more.forEach(line::addSubcommand);
    line.addSubcommand(new NewCommand());
    line.addSubcommand(new DataCommand());
    line.addSubcommand(new JobCommand());
    line.addSubcommand(new ModelCommand());
    line.addSubcommand(new PipelineCommand());
    line.addSubcommand(new AuditCommand());
    line.addSubcommand(new LogsCommand());
    line.addSubcommand(new CleanCommand());
    line.addSubcommand(new PolicyCommand());
    line.addSubcommand(new PartyCommand());
    line.addSubcommand(FlowCommand.line());
    line.addSubcommand(new InitCommand());
    line.addSubcommand(new CompletionCommand());
    line.addSubcommand(new VersionCommand(version));
    line.getSubcommands().values().forEach(FedflowCommand::helpful);
    line.setExecutionExceptionHandler(new FailureText());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  static void helpful(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this help")
                .build());
    line.getSubcommands().values().forEach(FedflowCommand::helpful);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}

package io.fedflow.server.cli;

import io.fedflow.transport.client.Answer;
import io.fedflow.transport.client.FlowClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * {@code fedflow flow}: the commands and options of FATE's {@code flow} program, against a server
 * of either make. Unlike there, a refusal is told by the exit code.
 */
@Command(
    name = "flow",
    description = "The commands of FATE's flow program; without further words it lists them.")
final class FlowCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandSpec spec;

  @CommandLine.Unmatched private List<String> words = new ArrayList<>();

  private FlowCommand() {}

  /** The command; its tree is grown when it is called, which spares all others the time. */
  static CommandLine line() {
    return new CommandLine(new FlowCommand()).setStopAtUnmatched(true);
  }

  @Override
  public Integer call() {
    CommandLine outer = spec.commandLine();
    CommandLine inner = tree();
    FedflowCommand.helpful(inner);
    inner.setOut(outer.getOut());
    inner.setErr(outer.getErr());
    inner.setExecutionExceptionHandler(outer.getExecutionExceptionHandler());
    if (words.isEmpty()) {
      inner.usage(outer.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    return inner.execute(words.toArray(String[]::new));
  }

  /** All groups with their verbs. */
  static CommandLine tree() {
    CommandSpec flow = named("fedflow flow", "The commands of FATE's flow program.");
    Map<String, CommandSpec> groups = new TreeMap<>();
    verbs()
        .forEach(
            verb ->
                groups
                    .computeIfAbsent(verb.group(), g -> named(g, "See its commands."))
                    .addSubcommand(verb.name(), verb(verb)));
    CommandSpec test = named("test", "See its commands.");
    test.addSubcommand("toy", new CommandLine(new FlowToyCommand()));
    test.addSubcommand("min", new CommandLine(new FlowMinCommand()));
    groups.put("test", test);
    groups.forEach((name, group) -> flow.addSubcommand(name, new CommandLine(group)));
    flow.addSubcommand("init", new CommandLine(new InitCommand()));
    return new CommandLine(flow);
  }

  static Stream<FlowVerb> verbs() {
    return Stream.of(
            FlowJobVerbs.all(),
            FlowTrackingVerbs.all(),
            FlowDataVerbs.all(),
            FlowModelVerbs.all(),
            FlowMergeVerbs.all(),
            FlowSiteVerbs.all())
        .flatMap(List::stream);
  }

  private static CommandSpec named(String name, String description) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(new Group()).name(name);
    spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
    return spec;
  }

  private static CommandLine verb(FlowVerb verb) {
    Verb command = new Verb(verb);
    CommandLine line = new CommandLine(command);
    CommandSpec spec = line.getCommandSpec().name(verb.name());
    spec.usageMessage().description(verb.description());
    verb.required().forEach(option -> spec.addOption(option(option, true)));
    verb.optional().forEach(option -> spec.addOption(option(option, false)));
    return line;
  }

  private static OptionSpec option(FlowOption option, boolean required) {
    OptionSpec.Builder builder =
        OptionSpec.builder(option.names())
            .required(required)
            .description(option.description())
            .userObject(option);
    if (option.flag()) {
      builder.arity("0").type(boolean.class).negatable(option.negatable());
    } else {
      builder
          .arity("1")
          .type(option.path() ? Path.class : String.class)
          .paramLabel(option.field().toUpperCase(Locale.ROOT))
          .defaultValue(option.silent());
      if (!option.choices().isEmpty()) {
        builder.completionCandidates(option.choices());
      }
    }
    if (option.repeated()) {
      builder.type(List.class).auxiliaryTypes(String.class);
    }
    return builder.build();
  }

  /** A word that only leads to others. */
  private static final class Group {}

  /** One command that asks. */
  @Command
  private static final class Verb implements Callable<Integer> {

    private final FlowVerb verb;

    @CommandLine.Mixin private ServerAddress server;
    @CommandLine.Mixin private Console console;
    @CommandLine.Spec private CommandSpec spec;

    Verb(FlowVerb verb) {
      this.verb = verb;
    }

    @Override
    public Integer call() throws Exception {
      FlowClient client = server.flow();
      Object result = verb.call().send(client, given()).await();
      if (!(result instanceof Answer answer)) {
        console.result(Map.of("retcode", 0, "path", result.toString()), result::toString);
        return 0;
      }
      if (console.json()) {
        console.result(answer.envelope());
        return answer.good() ? 0 : CommandLine.ExitCode.SOFTWARE;
      }
      console.say(AnswerText.of(answer.checked()));
      return 0;
    }

    private Given given() {
      Map<FlowOption, String> values = new EnumMap<>(FlowOption.class);
      for (OptionSpec option : spec.options()) {
        Object value = option.getValue();
        if (option.userObject() instanceof FlowOption name
            && value != null
            && !Boolean.FALSE.equals(value)) {
          values.put(name, checked(name, Given.text(value)));
        }
      }
      return new Given(values, spec.commandLine().getErr());
    }

    private String checked(FlowOption option, String value) {
      if (!option.choices().isEmpty() && !option.choices().contains(value)) {
        throw new ParameterException(
            spec.commandLine(),
            option.names()[0] + ": found '" + value + "', allowed one of " + option.choices());
      }
      return value;
    }
  }
}

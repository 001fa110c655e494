package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.server.cli.OfficialCommands.Option;
import io.fedflow.transport.client.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class FlowCommandTest {

  /** What every command of ours has beside FATE's options. */
  private static final Set<String> OURS = Set.of("--help", "--json", "--server");

  /** FATE's program puts these where its caller stands; ours also where it is told. */
  private static final Map<String, Set<String>> MORE =
      Map.of("test toy", Set.of("--output-path"), "test min", Set.of("--output-path"));

  private static int run(StringWriter err, String... arguments) {
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(new StringWriter(), true));
    return line.execute(arguments);
  }

  private static Map<String, CommandSpec> leaves() {
    CommandLine tree = FlowCommand.tree();
    FedflowCommand.helpful(tree);
    Map<String, CommandSpec> leaves = new TreeMap<>();
    tree.getSubcommands()
        .forEach(
            (group, line) -> {
              if (line.getSubcommands().isEmpty()) {
                leaves.put(group, line.getCommandSpec());
              }
              line.getSubcommands()
                  .forEach((verb, leaf) -> leaves.put(group + ' ' + verb, leaf.getCommandSpec()));
            });
    return leaves;
  }

  @Test
  void everyOfficialCommand_isThere() throws IOException {
    Map<String, List<Option>> official = OfficialCommands.all();
    assertThat(official).hasSize(84 + 1);
    assertThat(leaves().keySet()).containsExactlyInAnyOrderElementsOf(official.keySet());
  }

  static Stream<Arguments> officialCommands() throws IOException {
    return OfficialCommands.all().entrySet().stream()
        .map(command -> Arguments.of(command.getKey(), command.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("officialCommands")
  void everyOfficialOption_isThere(String command, List<Option> options) {
    CommandSpec leaf = leaves().get(command);
    for (Option option : options) {
      for (String name : option.names()) {
        OptionSpec found = leaf.findOption(name);
        assertThat(found).as("%s %s", command, name).isNotNull();
        assertThat(found.required())
            .as("%s %s: required", command, name)
            .isEqualTo(option.required());
        assertThat(found.arity().max())
            .as("%s %s: values", command, name)
            .isEqualTo(option.flag() ? 0 : 1);
        assertThat(found.negatable())
            .as("%s %s: --no-", command, name)
            .isEqualTo(option.negatable());
      }
    }
    Set<String> known =
        options.stream().flatMap(each -> each.names().stream()).collect(Collectors.toSet());
    assertThat(leaf.options())
        .filteredOn(each -> Stream.of(each.names()).noneMatch(known::contains))
        .extracting(OptionSpec::longestName)
        .allMatch(
            name -> OURS.contains(name) || MORE.getOrDefault(command, Set.of()).contains(name));
  }

  @Test
  void roles_areChecked() {
    StringWriter err = new StringWriter();
    assertThat(run(err, "flow", "job", "query", "-r", "gest")).isEqualTo(2);
    assertThat(err.toString()).contains("-r: found 'gest', allowed one of [guest, host, arbiter");
  }

  @Test
  void listsOfComponents_areGivenOnce() {
    StringWriter err = new StringWriter();
    String[] both = "flow job dsl --train-dsl-path d --cpn-list a --cpn-path f".split(" ");
    assertThat(run(err, both)).isEqualTo(1);
    assertThat(err.toString()).contains("found both --cpn-list and --cpn-path");
    assertThat(Given.names(" a, b\nc\n")).containsExactly("a", "b", "c");
  }

  @Test
  void theTestOfTables_knowsTwo() {
    StringWriter err = new StringWriter();
    String[] odd = "flow test min -gid 1 -hid 2 -aid 3 -t odd".split(" ");
    assertThat(run(err, odd)).isEqualTo(2);
    assertThat(err.toString()).contains("-t: found 'odd', allowed one of [fast, normal]");
  }

  @Test
  void withoutWords_theGroupsAreListed() {
    StringWriter err = new StringWriter();
    assertThat(run(err, "flow")).isEqualTo(2);
    assertThat(err.toString()).contains("fedflow flow").contains("checkpoint");
    StringWriter verbs = new StringWriter();
    assertThat(run(verbs, "flow", "job")).isEqualTo(2);
    assertThat(verbs.toString()).contains("subcommand");
    assertThat(run(new StringWriter(), "flow", "job", "query", "--help")).isZero();
  }

  @Test
  void missingOptions_areNamed() {
    StringWriter err = new StringWriter();
    assertThat(run(err, "flow", "job", "config", "-j", "1", "-r", "guest", "-o", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("--party-id");
  }

  @Test
  void steps_haveOneName() {
    String[] step =
        "flow checkpoint get -r guest -p 1 --model-id m --model-version v -cpn c".split(" ");
    StringWriter err = new StringWriter();
    assertThat(run(err, step)).isEqualTo(1);
    assertThat(err.toString()).contains("--step-index and --step-name");
  }

  @Test
  void wrongNumbersAndFiles_areNamedBeforeAnythingIsAsked() {
    StringWriter err = new StringWriter();
    // Nothing listens at this port: a request would say so.
    String server = "http://127.0.0.1:1";
    assertThat(run(err, "flow", "job", "list", "-l", "ten", "--server", server)).isEqualTo(1);
    assertThat(err.toString()).contains("-l: found ten").doesNotContain("no server");
    StringWriter absent = new StringWriter();
    assertThat(run(absent, "flow", "job", "submit", "-c", "/no/conf.json", "--server", server))
        .isEqualTo(1);
    assertThat(absent.toString()).contains("/no/conf.json").doesNotContain("no server");
  }

  @Test
  void rows_becomeATable() {
    List<Map<String, Object>> rows =
        List.of(
            Map.of("f_job_id", "1", "f_status", "success", "f_dsl", Map.of("a", 1), "f_x", "y"),
            Map.of("f_job_id", "22", "f_status", "failed"));
    assertThat(AnswerText.of(new Answer(200, Map.of("retcode", 0, "data", rows))))
        .isEqualTo("f_job_id  f_status\n1         success\n22        failed");
    Map<String, Object> listed = Map.of("jobs", rows, "count", 2);
    assertThat(AnswerText.of(new Answer(200, Map.of("retcode", 0, "data", listed))))
        .startsWith("f_job_id  f_status");
  }

  @Test
  void otherData_becomesIndentedJson() {
    assertThat(AnswerText.of(new Answer(200, Map.of("retcode", 0, "data", Map.of("a", 1)))))
        .isEqualTo("{\n  \"a\": 1\n}");
    assertThat(AnswerText.of(new Answer(200, Map.of("retcode", 0, "retmsg", "success"))))
        .isEqualTo("success");
    assertThat(
            AnswerText.of(new Answer(200, Map.of("retcode", 0, "retmsg", "success", "jobId", "7"))))
        .isEqualTo("job 7: success");
  }
}

package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code flow model}: FATE's options, and which of them go together. */
class FlowModelCommandTest {

  private static final String DEPLOY = "deploy --model-id m --model-version v ";

  private static String failure(String words) {
    StringWriter err = new StringWriter();
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(new StringWriter(), true));
    // Nothing listens at this port: a request would say so.
    assertThat(line.execute(("flow model " + words + " --server http://127.0.0.1:1").split(" ")))
        .isNotZero();
    return err.toString();
  }

  static Stream<String> officialCommands() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                FlowModelCommandTest.class.getResourceAsStream("flow-commands.txt"),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> line.startsWith("model ")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("officialCommands")
  void everyOfficialOption_isThere(String command) {
    String[] words = command.split(" ");
    CommandLine leaf =
        FlowCommand.tree().getSubcommands().get(words[0]).getSubcommands().get(words[1]);
    for (String word : Arrays.copyOfRange(words, 2, words.length)) {
      boolean required = word.startsWith("*");
      boolean flag = word.endsWith("!");
      for (String name : word.replaceAll("^\\*|!+$", "").split(",")) {
        OptionSpec option = leaf.getCommandSpec().findOption(name);
        assertThat(option).as(command + ": " + name).isNotNull();
        assertThat(option.required()).as(name + ": required").isEqualTo(required);
        assertThat(option.arity().max()).as(name + ": values").isEqualTo(flag ? 0 : 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "load -j 1 -c /no/conf.json"})
  void load_takesAJobOrAConf(String words) {
    assertThat(failure(words)).contains("both or none of --job-id and --conf-path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cpn-list a --dsl-path /no/dsl.json",
        "--cpn-list a --cpn-path /no/list",
        "--cpn-step-index a:1 --cpn-step-index b",
        "--cpn-step-index a:x",
        "--cpn-step-name :x",
        "--dsl-path /no/dsl.json"
      })
  void deploy_refusesWhatDoesNotFitBeforeItAsks(String words) {
    assertThat(failure(DEPLOY + words))
        .containsAnyOf("allowed one", "expected component:", "/no/dsl.json")
        .doesNotContain("no server");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cpn-step-index a:1 --cpn-step-index b:2 --cpn-step-name c:d",
        "--cpn-list a,b",
        ""
      })
  void deploy_asksWithTheRest(String words) {
    assertThat(failure((DEPLOY + words).strip())).contains("127.0.0.1:1");
  }
}

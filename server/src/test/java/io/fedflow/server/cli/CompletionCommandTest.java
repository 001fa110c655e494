package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CompletionCommandTest {

  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path folder;

  private static String script(String shell) {
    StringWriter out = new StringWriter();
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setOut(new PrintWriter(out, true));
    assertThat(line.execute("completion", shell)).isZero();
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void everyCommand_isCompleted(String shell) {
    String script = script(shell);
    assertThat(script).contains("bashcompinit", "complete -F");
    FlowCommand.tree()
        .getSubcommands()
        .forEach(
            (group, line) ->
                line.getSubcommands()
                    .keySet()
                    .forEach(verb -> assertThat(script).contains(group).contains(verb)));
  }

  @ParameterizedTest
  @CsvSource({
    "'fedflow ', flow",
    "'fedflow fl', flow",
    "'fedflow flow job par', parameter-update",
    "'fedflow flow job query --job', --job-id",
    "'fedflow flow job query -r gu', guest",
    "'fedflow job wait --fo', --follow",
    "'fedflow flow test t', toy"
  })
  void bash_completesWords(String typed, String expected) throws Exception {
    assumeTrue(Files.isExecutable(BASH), "there is no bash here");
    Path script = Files.writeString(folder.resolve("completion"), script("bash"));
    String[] words = typed.split(" ", -1);
    String ask =
        // Only a running completion may set options.
        "compopt() { :; }; source "
            + script
            + "; COMP_WORDS=("
            + String.join(" ", words)
            + (typed.endsWith(" ") ? " ''" : "")
            + "); COMP_CWORD="
            + (words.length - 1)
            + "; _complete_fedflow; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder(BASH.toString(), "--norc", "-c", ask).redirectErrorStream(true).start();
    String replies = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(replies.lines().map(String::strip)).contains(expected);
  }

  @Test
  void otherShells_areRefused() {
    StringWriter err = new StringWriter();
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute("completion", "fish")).isEqualTo(2);
    assertThat(err.toString()).contains("found 'fish', allowed one of [bash, zsh]");
  }
}

package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.server.config.EffectiveConfig;
import io.fedflow.server.config.ServerArguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The documented file of options is that of the options that there are. */
class ConfigFileDocumentTest {

  private static final Path DOCUMENT = Path.of("docs", "fedflow.conf");

  @Test
  void namesEveryOptionWithItsDefault_andCanBeRead() throws Exception {
    CommandLine line = new CommandLine(new ServerCommand());
    line.parseArgs();
    String expected =
        "# Options of a Fedflow server: fedflow server --config FILE. What stands here is what they"
            + " are by default.\n\n"
            + String.join("\n", EffectiveConfig.lines(line.getCommandSpec(), Map.of()))
                .replaceAll("# from: default\n", "")
            + "\n";
    if (Boolean.getBoolean("fedflow.config.write")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("write it anew with -Dfedflow.config.write=true")
        .isEqualTo(expected);
    CommandLine again = new CommandLine(new ServerCommand());
    List<String> all =
        ServerArguments.of(again.getCommandSpec(), List.of("--config=" + DOCUMENT), Map.of()).all();
    again.parseArgs(all.toArray(String[]::new));
    assertThat(all).contains("--http-port=" + ServerOptions.DEFAULT_HTTP_PORT);
  }
}

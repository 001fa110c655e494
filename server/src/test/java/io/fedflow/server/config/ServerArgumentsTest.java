package io.fedflow.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ServerArgumentsTest {

  @TempDir Path folder;

  /** Options of every kind. */
  @Command(name = "some", mixinStandardHelpOptions = true)
  static final class Options {
    @Option(names = "--http-port", defaultValue = "9380")
    int port;

    @Option(names = "--database", defaultValue = "")
    String database;

    @Option(names = "--party")
    List<String> parties;

    @Option(names = "--route")
    Map<String, String> routes;

    @Option(names = "--relay")
    boolean relay;

    @Option(names = "--config")
    Path config;

    @Option(names = "--print-config")
    boolean print;
  }

  private final Options options = new Options();
  private final CommandLine line = new CommandLine(options);

  @Test
  void theCommandLineStandsAboveTheEnvironment_andThatAboveTheFile() throws IOException {
    Path file =
        file(
            """
            # our server
            http-port = 1
            party = 1
            party = 2
            database = postgres://me:sesame@db/flow?a=b

            relay=true
            route = 3=there:9360
            """);
    ServerArguments all =
        ServerArguments.of(
            line.getCommandSpec(),
            List.of("--config", file.toString(), "--http-port=3"),
            Map.of("FEDFLOW_HTTP_PORT", "2", "FEDFLOW_PARTY", " 8  9 ", "FEDFLOW_OTHER", "x"));
    line.parseArgs(all.all().toArray(String[]::new));
    assertThat(options.port).isEqualTo(3);
    assertThat(options.parties).containsExactly("8", "9");
    assertThat(options.database).isEqualTo("postgres://me:sesame@db/flow?a=b");
    assertThat(options.relay).isTrue();
    assertThat(options.routes).containsExactly(Map.entry("3", "there:9360"));
    assertThat(all.origins())
        .isEqualTo(
            Map.of(
                "http-port", Origin.COMMAND_LINE,
                "config", Origin.COMMAND_LINE,
                "party", Origin.ENVIRONMENT,
                "database", Origin.FILE,
                "relay", Origin.FILE,
                "route", Origin.FILE));

    List<String> effective = EffectiveConfig.lines(line.getCommandSpec(), all.origins());
    assertThat(effective)
        .containsSequence("# from: command line", "http-port = 3")
        .containsSequence("# from: environment", "party = 8", "party = 9")
        .containsSequence("# from: file", "database = postgres://me:***@db/flow?a=b")
        .noneMatch(text -> text.contains("sesame"));
    // What is printed is a file that gives the same.
    Path again = file(String.join("\n", effective));
    Options read = new Options();
    CommandLine second = new CommandLine(read);
    second.parseArgs(
        ServerArguments.of(
                second.getCommandSpec(), List.of(), Map.of("FEDFLOW_CONFIG", again.toString()))
            .all()
            .toArray(String[]::new));
    assertThat(read.port).isEqualTo(3);
    assertThat(read.parties).isEqualTo(options.parties);
    assertThat(read.routes).isEqualTo(options.routes);
    assertThat(read.relay).isTrue();
  }

  @Test
  void aFlagThatIsFalse_isAsIfItWereNotThere() throws IOException {
    ServerArguments all = withFile("relay = false");
    assertThat(all.all()).noneMatch(argument -> argument.startsWith("--relay"));
  }

  @Test
  void mistakes_nameTheFileAndWhatIsAllowed() throws IOException {
    refused("config.unknown", "htp-port = 1", "htp-port", "http-port", "relay");
    refused("config.unknown", "config = other", "config");
    refused("config.line", "a = \n= b", "line 2");
    refused("config.line", "http-port 1", "line 1");
    refused("config.value", "http-port = 1\nhttp-port = 2", "http-port", "found 2 values");
    refused("config.value", "relay = yes", "relay", "'yes'", "true, false");
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(
            () -> ServerArguments.of(line.getCommandSpec(), List.of("--config=nowhere"), Map.of()))
        .withMessageContaining("nowhere");
  }

  private void refused(String code, String content, String... words) throws IOException {
    Path file = file(content);
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(
            () -> ServerArguments.of(line.getCommandSpec(), List.of("--config=" + file), Map.of()))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code))
        .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
  }

  private ServerArguments withFile(String content) throws IOException {
    return ServerArguments.of(
        line.getCommandSpec(), List.of("--config=" + file(content)), Map.of());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "server", ".conf"), content);
  }
}

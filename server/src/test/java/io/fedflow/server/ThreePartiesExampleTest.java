package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that the example gives each of three parties start a server. */
class ThreePartiesExampleTest {

  private static final Path EXAMPLE = Path.of("..", "examples", "three-parties");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"guest, 9999", "host, 10000", "arbiter, 10001"})
  void startAServer(String role, String party) throws Exception {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    for (String file : List.of("routes.json", "policy.json")) {
      Files.copy(EXAMPLE.resolve(role).resolve(file), etc.resolve(file));
    }
    // The identity lies in the options' own folder, not in the data folder.
    TestIdentity.issue(folder, etc, party, false);
    List<String> words = new ArrayList<>(options(role, etc));
    assertThat(words).contains("--party", party, "--policy", "--routes", "--identity");
    int data = words.indexOf("--data-dir");
    words.subList(data, data + 2).clear();
    words.addAll(List.of("--grpc-port", "0"));

    ServerProcess server =
        ServerProcess.start(folder.resolve("data"), words.toArray(String[]::new));

    assertThat(server.url()).isNotEmpty();
    Map<String, Object> info = new V1(server.url() + "/v1/").post("info/common", Map.of());
    assertThat(TestServer.at(info, "data", "party_id")).isEqualTo(Integer.parseInt(party));
    server.kill();
  }

  @ParameterizedTest
  @CsvSource({"fedflow.service", "Containerfile"})
  void areStartedWithTheOptionsOfTheEnvironment(String file) throws Exception {
    assertThat(Files.readString(EXAMPLE.resolve(file)))
        .contains("/opt/fedflow/fedflow server $FEDFLOW_OPTIONS");
  }

  private static List<String> options(String role, Path etc) throws Exception {
    try (Stream<String> lines = Files.lines(EXAMPLE.resolve(role).resolve("fedflow.env"))) {
      String options =
          lines
              .filter(line -> line.startsWith("FEDFLOW_OPTIONS="))
              .map(line -> line.substring(line.indexOf('=') + 1))
              .findFirst()
              .orElseThrow();
      return Stream.of(options.split(" "))
          .map(word -> word.replace("/etc/fedflow", etc.toString()))
          .map(word -> word.equals("0.0.0.0") ? "127.0.0.1" : word)
          .toList();
    }
  }
}

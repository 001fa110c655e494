package io.fedflow.transport.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteServer;
import io.fedflow.testkit.stage.Await;
import io.fedflow.testkit.store.ServiceRegistryContract;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileServiceRegistryTest {

  private static final String ONE =
      "{\"instance_id\": \"one\", \"host\": \"a\", \"http_port\": 1, \"grpc_port\": 2}";

  @TempDir static Path folder;

  private static ServiceRegistry of(String text) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "servers", ".json"), text);
    return FileServiceRegistry.read(file, new JacksonJsonCodec());
  }

  /** What a process announces is kept as in every registry. */
  @Nested
  class Announced extends ServiceRegistryContract {
    private ServiceRegistry registry;

    @BeforeEach
    void open() throws Exception {
      registry = of("{\"servers\": []}");
    }

    @Override
    protected ServiceRegistry registry() {
      return registry;
    }
  }

  @Test
  void serversOfTheFile_areAlwaysListed_besideWhatIsAnnounced() throws Exception {
    ServiceRegistry registry = of("{\"servers\": [" + ONE + "]}");
    SiteServer listed = new SiteServer("one", "a", 1, 2, "", 0);
    SiteServer other = new SiteServer("two", "b", 3, 4, "fedflow/1", 5);
    assertThat(Await.value(registry.live(0))).containsExactly(listed);

    Await.value(registry.announce(other, 10, Duration.ofMillis(10)));
    SiteServer itself = new SiteServer("one", "a", 1, 2, "fedflow/2", 7);
    Await.value(registry.announce(itself, 10, Duration.ofMillis(20)));

    assertThat(Await.value(registry.live(11))).containsExactly(other, itself);
    assertThat(Await.value(registry.live(25))).containsExactly(itself);
    assertThat(Await.value(registry.live(40))).containsExactly(listed);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("[]", List.of("servers", "found []")),
        Arguments.of("{\"servers\": 3}", List.of("servers", "no list")),
        Arguments.of("{\"servers\": [], \"x\": 1}", List.of("x: unknown field", "[servers]")),
        Arguments.of("{\"servers\": [3]}", List.of("servers/0", "found 3", "instance_id")),
        Arguments.of(
            "{\"servers\": [{\"host\": \"a\"}]}",
            List.of("servers/0", "instance_id: found 'null'")),
        Arguments.of(
            "{\"servers\": [" + ONE.replace("1", "70000") + "]}",
            List.of("servers/0", "http_port: found '70000', allowed 0..65535")),
        Arguments.of(
            "{\"servers\": [" + ONE.replace("\"a\"", "\" \"") + "]}",
            List.of("servers/0", "host: found ' '")),
        Arguments.of(
            "{\"servers\": [" + ONE.replace("host", "hots") + "]}",
            List.of("servers/0/hots: unknown field", "[grpc_port, host")),
        Arguments.of("{\"servers\": [" + ONE + "," + ONE + "]}", List.of("twice", "found one")),
        Arguments.of("{", List.of("line")));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsWrong_isNamed(String text, List<String> words) {
    assertThatThrownBy(() -> of(text))
        .hasMessageContainingAll(words.toArray(String[]::new))
        .hasMessageContaining("registry file ");
  }

  @Test
  void fileThatIsNotThereOrTooLarge_isRefused() {
    assertThatThrownBy(
            () -> FileServiceRegistry.read(folder.resolve("none.json"), new JacksonJsonCodec()))
        .hasMessageContaining("none.json");
    assertThatThrownBy(() -> of(" ".repeat((1 << 20) + 1))).hasMessageContaining("1048576");
  }
}

package io.fedflow.transport.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRoutesTest {

  @TempDir Path folder;
  private Path path;
  private RouteFile file;
  private final Logger log = Logger.getLogger(LiveRoutes.class.getName());
  private final List<String> warnings = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          if (entry.getLevel().equals(Level.WARNING)) {
            warnings.add(entry.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    path = folder.resolve("routes.json");
    file = new RouteFile(path, new JacksonJsonCodec());
    log.addHandler(listener);
  }

  @AfterEach
  void listenNoMore() {
    log.removeHandler(listener);
  }

  private void write(String party, String address) throws IOException {
    Files.writeString(
        path, "{\"parties\": {\"" + party + "\": {\"addresses\": [\"" + address + "\"]}}}");
  }

  private LiveRoutes open(Map<String, SiteAddress> fixed) {
    return new LiveRoutes(RoutingTable.of(fixed), file, false);
  }

  private static String at(LiveRoutes routes, String party) {
    return routes.get().route(party).map(Route::toString).orElse("");
  }

  @Test
  void change_isTaken() throws Exception {
    write("10000", "a:1");
    LiveRoutes routes = open(Map.of());
    assertThat(at(routes, "10000")).isEqualTo("a:1");
    assertThat(routes.poll()).isFalse();

    write("10000", "b:1");

    assertThat(routes.poll()).isTrue();
    assertThat(at(routes, "10000")).isEqualTo("b:1");
  }

  @Test
  void changeWithTheSameTimeAndSize_isSeenWhileTheFileIsFresh() throws Exception {
    write("10000", "a:1");
    FileTime time = Files.getLastModifiedTime(path);
    LiveRoutes routes = open(Map.of());

    write("10000", "b:1");
    Files.setLastModifiedTime(path, time);

    assertThat(routes.poll()).isTrue();
    assertThat(at(routes, "10000")).isEqualTo("b:1");
  }

  @Test
  void fileThatAppearsLater_isTaken() throws Exception {
    LiveRoutes routes = open(Map.of());
    assertThat(routes.poll()).isFalse();
    assertThat(routes.reload()).isFalse();

    write("10000", "a:1");

    assertThat(routes.poll()).isTrue();
    assertThat(at(routes, "10000")).isEqualTo("a:1");
  }

  @Test
  void badChange_keepsTheRoutes_andIsLoggedOnce() throws Exception {
    write("10000", "a:1");
    LiveRoutes routes = open(Map.of());
    Files.writeString(path, "{\"parties\": {\"10000\": {\"addresses\": [\"a\"]}}}");

    for (int i = 0; i < 5; i++) {
      assertThat(routes.poll()).isFalse();
    }
    assertThatThrownBy(routes::reload).hasMessageContaining("parties/10000/addresses/0");

    assertThat(at(routes, "10000")).isEqualTo("a:1");
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .contains("parties/10000/addresses/0", "found a", "stay as they were");
    assertThat(routes.trouble()).hasValueSatisfying(why -> assertThat(why).contains("found a"));

    write("10000", "a:1");
    assertThat(routes.poll()).isFalse();
    assertThat(routes.trouble()).isEmpty();
  }

  @Test
  void fileThatIsGone_keepsTheRoutes_andIsLoggedOnce() throws Exception {
    write("10000", "a:1");
    LiveRoutes routes = open(Map.of());
    Files.delete(path);

    for (int i = 0; i < 5; i++) {
      assertThat(routes.poll()).isFalse();
    }

    assertThat(at(routes, "10000")).isEqualTo("a:1");
    assertThat(warnings).hasSize(1);
    write("10000", "b:1");
    assertThat(routes.poll()).isTrue();
  }

  @Test
  void fileThatCannotBeRead_isReadOnceItCan() throws Exception {
    write("10000", "a:1");
    LiveRoutes routes = open(Map.of());
    Files.delete(path);
    Files.createDirectory(path);
    assertThat(routes.poll()).isFalse();
    assertThat(routes.trouble()).isPresent();

    Files.delete(path);
    write("10000", "c:1");

    assertThat(routes.poll()).isTrue();
    assertThat(at(routes, "10000")).isEqualTo("c:1");
  }

  @Test
  void routeOfTheStart_standsAboveTheFile() throws Exception {
    write("10000", "file:1");
    LiveRoutes routes = open(Map.of("10000", SiteAddress.parse("option:1")));

    assertThat(at(routes, "10000")).isEqualTo("option:1");
    assertThat(routes.fixed("10000")).isTrue();
    write("10001", "file:2");
    assertThat(routes.poll()).isTrue();
    assertThat(at(routes, "10000")).isEqualTo("option:1");
    assertThat(at(routes, "10001")).isEqualTo("file:2");
  }

  @Test
  void fileThatMustBeThere_isMissed_andABadOneRefusedAtTheStart() throws Exception {
    assertThatThrownBy(() -> new LiveRoutes(RoutingTable.EMPTY, file, true))
        .hasMessageContaining(path.toString());

    Files.writeString(path, "{\"default\": 3}");
    assertThatThrownBy(() -> open(Map.of())).hasMessageContaining("default: not an object");
  }
}

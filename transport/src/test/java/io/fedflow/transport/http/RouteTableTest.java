package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.v1.ClientRoute;
import io.fedflow.transport.http.wire.Mounted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteTableTest {

  private static final String WRITE = "fedflow.routes.write";

  @TempDir static Path folder;
  static EdgeFixture edge;

  @BeforeAll
  static void start() {
    edge = new EdgeFixture(folder, options -> options);
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Test
  void listHoldsFatesRoutes() {
    Map<String, Long> groups =
        ClientRoute.all().stream()
            .collect(
                Collectors.groupingBy(
                    ClientRoute::group,
                    Collectors.mapping(
                        ClientRoute::number,
                        Collectors.collectingAndThen(
                            Collectors.toSet(), numbers -> (long) numbers.size()))));
    assertThat(groups)
        .containsEntry("job", 18L)
        .containsEntry("model", 20L)
        .containsEntry("table", 16L)
        .containsEntry("tracking", 12L)
        .containsEntry("server", 10L)
        .containsEntry("info", 7L);
    assertThat(groups.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(115);
    assertThat(ClientRoute.all().stream().map(ClientRoute::path)).doesNotHaveDuplicates();
  }

  @Test
  void routesThatDoNothing_tellWhy() {
    RouteTable table = new RouteTable(edge.edge.routes(), Map.of());
    for (ClientRoute route : ClientRoute.all()) {
      Mounted mounted = table.at(route);
      if (mounted.state() == Mounted.State.WORKS) {
        continue;
      }
      String path = route.path().replaceAll("<[a-z_]+>", "x");
      for (String method : route.methods()) {
        Reply reply =
            edge.send(edge.request(path).method(method, BodyPublishers.ofString("{}")).build());
        assertThat(reply.status()).as(path).isEqualTo(route.file() ? 210 : 200);
        assertThat(reply.retcode()).as(path).isEqualTo(100);
        assertThat(reply.retmsg())
            .as(path)
            .startsWith(mounted.state() == Mounted.State.REFUSED ? "refused: " : "not yet: ")
            .endsWith(mounted.note());
      }
    }
  }

  @Test
  void listOfUnbuiltRoutes_namesNoneThatWorks() throws Exception {
    Set<String> works =
        ClientRoute.all().stream()
            .filter(
                r ->
                    new RouteTable(edge.edge.routes(), Map.of()).at(r).state()
                        == Mounted.State.WORKS)
            .map(ClientRoute::path)
            .collect(Collectors.toSet());
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                ClientRoute.class.getResourceAsStream("unbuilt-routes.txt"),
                StandardCharsets.UTF_8))) {
      List<String> listed =
          reader
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(" ")[1])
              .toList();
      assertThat(listed)
          .as("routes that work; take their lines out")
          .doesNotContainAnyElementsOf(works);
      assertThat(ClientRoute.all().stream().map(ClientRoute::path)).containsAll(listed);
    }
  }

  @Test
  void everyRouteThatWorks_hasATest() throws Exception {
    Map<String, String> tests = tests();
    RouteTable table = new RouteTable(edge.edge.routes(), tests);
    assertThat(
            ClientRoute.all().stream()
                .filter(route -> table.at(route).state() == Mounted.State.WORKS)
                .map(ClientRoute::path)
                .filter(path -> !tests.containsKey(path)))
        .as("routes without a test that @Covers them")
        .isEmpty();
    assertThat(ClientRoute.all().stream().map(ClientRoute::path)).containsAll(tests.keySet());
  }

  @Test
  void documentedTable_isUpToDate() throws Exception {
    Path document = Path.of(System.getProperty("basedir", ""), "docs", "routes.md");
    String text = new RouteTable(edge.edge.routes(), tests()).text();
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(document, text);
    }
    if (!Files.exists(document) || !Files.readString(document).equals(text)) {
      fail("docs/routes.md is out of date; run this test with -D" + WRITE + "=true to write it");
    }
  }

  /** The test of every path, as the annotations of this package's tests say. */
  private static Map<String, String> tests() throws IOException, URISyntaxException {
    Map<String, String> tests = new TreeMap<>();
    Path classes = Path.of(RouteTableTest.class.getResource("").toURI());
    try (Stream<Path> files = Files.list(classes)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.class"))
          .sorted()
          .map(name -> type(name.substring(0, name.length() - ".class".length())))
          .flatMap(type -> Stream.of(type.getDeclaredMethods()))
          .filter(method -> method.isAnnotationPresent(Covers.class))
          .forEach(method -> add(tests, method));
    }
    return tests;
  }

  private static Class<?> type(String simpleName) {
    try {
      return Class.forName(RouteTableTest.class.getPackageName() + '.' + simpleName);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static void add(Map<String, String> tests, Method method) {
    String test = method.getDeclaringClass().getSimpleName() + '.' + method.getName();
    for (String path : method.getAnnotation(Covers.class).value()) {
      // One route may have several tests; the first by name stands for all.
      tests.merge(path, test, (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
  }
}

package io.fedflow.transport.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RouteFileTest {

  @TempDir Path folder;
  private Path path;
  private RouteFile file;

  @BeforeEach
  void file() {
    path = folder.resolve("deep").resolve("routes.json");
    file = new RouteFile(path, new JacksonJsonCodec());
  }

  private static Route route(String... addresses) {
    return new Route(Stream.of(addresses).map(SiteAddress::parse).toList());
  }

  @Test
  void document_isRead() {
    RoutingTable table =
        file.parse(
            "{\"parties\": {\"10000\": {\"addresses\": [\"a:1\", \"[::1]:2\"]}, \"b-1\":"
                + " {\"addresses\": [\"b:1\"]}}, \"default\": {\"addresses\": [\"relay:9\"]}}");

    assertThat(table.routes())
        .containsOnlyKeys("10000", "b-1")
        .containsEntry("10000", route("a:1", "[::1]:2"));
    assertThat(table.route("anybody")).contains(route("relay:9"));
    assertThat(file.parse("{}")).isEqualTo(RoutingTable.EMPTY);
  }

  @Test
  void identity_isReadAndWritten() {
    String pin = "sha256:" + "0a".repeat(32);
    Route pinned = new Route(List.of(SiteAddress.parse("a:1")), Optional.of(new RoutePin(pin)));

    file.put(Optional.of("1"), pinned);
    file.put(
        Optional.empty(),
        new Route(List.of(SiteAddress.parse("b:1")), Optional.of(new RoutePin("777"))));

    assertThat(file.read().routes()).containsEntry("1", pinned);
    assertThat(file.read().otherwise().flatMap(Route::identity)).contains(new RoutePin("777"));
    assertThat(pinned).hasToString("a:1 (" + pin + ')');
  }

  static Stream<Arguments> malformed() {
    String many = IntStream.rangeClosed(1, 17).mapToObj(i -> "\"a:" + i + '"').toList().toString();
    return Stream.of(
        Arguments.of("[]", List.of("not an object", "parties")),
        Arguments.of("{\"partys\": {}}", List.of("partys", "unknown field", "[default, parties]")),
        Arguments.of("{\"parties\": []}", List.of("parties", "not an object", "found []")),
        Arguments.of(
            "{\"parties\": {\"a b\": {\"addresses\": [\"a:1\"]}}}",
            List.of("parties/a b", "not a party id", "1..50")),
        Arguments.of("{\"parties\": {\"1\": \"a:1\"}}", List.of("parties/1", "found a:1")),
        Arguments.of(
            "{\"parties\": {\"1\": {}}}", List.of("parties/1/addresses", "found null", "1..16")),
        Arguments.of(
            "{\"parties\": {\"1\": {\"addresses\": []}}}", List.of("parties/1/addresses", "1..16")),
        Arguments.of(
            "{\"parties\": {\"1\": {\"addresses\": " + many + "}}}",
            List.of("parties/1/addresses", "1..16")),
        Arguments.of(
            "{\"parties\": {\"1\": {\"addresses\": [\"a:1\", \"b:70000\"]}}}",
            List.of("parties/1/addresses/1", "found b:70000", "1..65535")),
        Arguments.of(
            "{\"parties\": {\"1\": {\"addresses\": [\"a:1\", \"a:1\"]}}}",
            List.of("parties/1/addresses/1", "twice", "found a:1")),
        Arguments.of(
            "{\"parties\": {\"1\": {\"addresses\": [\"a:1\"], \"weight\": 3}}}",
            List.of("parties/1/weight", "unknown field", "[addresses, identity]")),
        Arguments.of(
            "{\"parties\": {\"1\": {\"addresses\": [\"a:1\"], \"identity\": \"sha256:12\"}}}",
            List.of("parties/1/identity", "found sha256:12", "64 hexadecimal digits")),
        Arguments.of("{\"default\": 3}", List.of("default", "found 3")),
        Arguments.of("{\"parties\": ", List.of("line")));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsWrong_isNamed_withWhatWasFoundAndWhatIsAllowed(String text, List<String> words) {
    assertThatThrownBy(() -> file.parse(text))
        .isInstanceOfSatisfying(
            FedflowException.class,
            failure -> assertThat(failure.code()).isEqualTo("routes.malformed"))
        .hasMessageContainingAll(words.toArray(String[]::new))
        .hasMessageContaining(path.toString());
  }

  @Test
  void everythingWrong_isNamedAtOnce() {
    assertThatThrownBy(
            () ->
                file.parse("{\"x\": 1, \"default\": 3, \"parties\": {\"1\": {\"addresses\": 0}}}"))
        .hasMessageContainingAll("x:", "default:", "parties/1/addresses:");
  }

  @Test
  void put_makesTheFile_replacesARoute_andKeepsTheOthers() {
    file.put(Optional.of("10000"), route("a:1"));
    file.put(Optional.of("10001"), route("b:1"));
    file.put(Optional.empty(), route("relay:1"));

    RoutingTable after = file.put(Optional.of("10000"), route("a:2", "a:3"));

    assertThat(file.read()).isEqualTo(after);
    assertThat(after.routes())
        .containsEntry("10000", route("a:2", "a:3"))
        .containsEntry("10001", route("b:1"));
    assertThat(after.otherwise()).contains(route("relay:1"));
    assertThat(path.getParent()).isDirectoryContaining(p -> p.equals(path)).isNotEmptyDirectory();
    assertThat(path.getParent().toFile().list()).containsExactly("routes.json");
  }

  @Test
  void put_leavesAFileThatIsNotGoodAlone() throws Exception {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "{\"parties\": 3}");

    assertThatThrownBy(() -> file.put(Optional.of("1"), route("a:1")))
        .hasMessageContaining("parties: not an object");

    assertThat(path).hasContent("{\"parties\": 3}");
  }

  @Test
  void fileThatIsTooLargeOrNoText_isRefused() throws Exception {
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[] {'"', (byte) 0xff, '"'});
    assertThatThrownBy(file::read).hasMessageContaining("not UTF-8");

    Files.write(path, new byte[RouteFile.MOST_BYTES + 1]);
    assertThatThrownBy(file::read).hasMessageContaining("allowed are " + RouteFile.MOST_BYTES);
  }
}

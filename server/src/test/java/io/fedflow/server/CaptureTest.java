package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.testkit.net.TcpRelay;
import io.fedflow.testkit.privacy.MarkedTables;
import io.fedflow.testkit.privacy.MarkerSearch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody on the lines between three server processes sees of a job that intersects, bins,
 * selects and trains: every byte of both directions from the first connection on.
 */
@Timeout(600)
class CaptureTest {

  private static final MarkedTables TABLES = MarkedTables.of(31, 220, 30);
  private static final String NAMESPACE = "namespace_4b1d70";
  private static final String GUEST_TABLE = "guest_table_5e1f22";
  private static final String HOST_TABLE = "host_table_a77c90";
  private static final Map<String, Object> DSL = BreastJobs.shippedDsl();

  private static final byte TLS_HANDSHAKE = 0x16;

  @TempDir Path folder;

  /**
   * What was on the lines.
   *
   * @param lines each direction of each connection
   * @param found the job's markers that are there, by kind
   */
  private record Capture(List<byte[]> lines, SortedMap<String, TreeSet<String>> found) {

    long bytes() {
      return lines.stream().mapToLong(line -> line.length).sum();
    }
  }

  @Test
  void withTls_nothingOfTheJobIsSeen() throws Exception {
    Capture capture = capture(List.of());

    // Otherwise nothing would have been seen because nothing was there.
    assertThat(capture.bytes()).isGreaterThan(200_000);
    assertThat(capture.lines())
        .hasSizeGreaterThanOrEqualTo(2 * 3)
        .allSatisfy(line -> assertThat(line[0]).isEqualTo(TLS_HANDSHAKE));
    assertThat(capture.found()).isEmpty();
  }

  @Test
  void withoutTls_namesAndStepsAreSeen_andStillNoRow() throws Exception {
    Capture capture = capture(List.of("--insecure"));

    assertThat(capture.bytes()).isGreaterThan(200_000);
    assertThat(capture.found().get("job")).hasSize(1);
    assertThat(capture.found().get("component"))
        .contains("hetero_lr_0", "intersection_0", "hetero_feature_binning_0");
    assertThat(capture.found().get("table"))
        .containsExactlyInAnyOrder(NAMESPACE, GUEST_TABLE, HOST_TABLE);
    assertThat(capture.found().get("label name")).containsExactly(TABLES.guest().labelName());
    // Doubles are found where there are some.
    assertThat(capture.found().get("step as little-endian double")).isNotEmpty();
    // Rows never were in the messages, nor were names of features: those are the parties' own.
    assertThat(capture.found())
        .containsOnlyKeys(
            "job", "component", "table", "label name", "step as little-endian double");
  }

  private Capture capture(List<String> options) throws Exception {
    List<ByteArrayOutputStream> lines = Collections.synchronizedList(new ArrayList<>());
    MarkerSearch.Builder markers = markers();
    try (ThreeProcesses servers = ThreeProcesses.throughRelays(folder, options)) {
      for (TcpRelay relay : servers.relays()) {
        relay.listenEach(
            () -> {
              ByteArrayOutputStream line = new ByteArrayOutputStream();
              lines.add(line);
              return line::writeBytes;
            });
      }
      servers.startAll();
      servers.upload(0, NAMESPACE, GUEST_TABLE, TABLES.guest().csv());
      servers.upload(1, NAMESPACE, HOST_TABLE, TABLES.host().csv());
      String jobId = servers.run(DSL, conf());
      markers.texts("job", List.of(jobId));
      servers.read(sites -> markers.numbers("step", steps(sites, jobId)));
    }
    List<byte[]> bytes =
        List.copyOf(lines).stream().map(ByteArrayOutputStream::toByteArray).toList();
    MarkerSearch search = markers.build();
    SortedMap<String, TreeSet<String>> found = new TreeMap<>();
    for (byte[] line : bytes) {
      search
          .find(line)
          .forEach((kind, what) -> found.computeIfAbsent(kind, k -> new TreeSet<>()).addAll(what));
    }
    return new Capture(bytes, found);
  }

  /** What the parties have, and how it is called. */
  private static MarkerSearch.Builder markers() {
    MarkerSearch.Builder markers =
        MarkerSearch.builder()
            .texts("id", TABLES.ids())
            .texts("feature name", TABLES.guest().columns())
            .texts("feature name", TABLES.host().columns())
            .texts("label name", List.of(TABLES.guest().labelName()))
            .texts("table", List.of(NAMESPACE, GUEST_TABLE, HOST_TABLE))
            .texts("component", components());
    TABLES.labelOrders().forEach(order -> markers.labels("label", order));
    for (double[] column : TABLES.guest().values()) {
      markers.numbers("guest's value", column);
    }
    for (double[] column : TABLES.host().values()) {
      markers.numbers("host's value", column);
    }
    return markers;
  }

  /** Names of components, and their modules but "Reader", which is too short to be told. */
  private static List<String> components() {
    List<String> names = new ArrayList<>();
    ((Map<?, ?>) DSL.get("components"))
        .forEach(
            (name, component) -> {
              names.add(String.valueOf(name));
              names.add(String.valueOf(TestServer.at(component, "module")));
            });
    names.removeIf(name -> name.getBytes(StandardCharsets.UTF_8).length < MarkerSearch.SHORTEST);
    return names;
  }

  /**
   * What the arbiter told the host in the only iteration: its weights began as zeros, so they are
   * the steps with the other sign.
   */
  private static double[] steps(List<TestServer> sites, String jobId) {
    return sites
        .get(1)
        .server()
        .site()
        .models()
        .load(jobId, new Party(Role.HOST, "10000"), "hetero_lr_0")
        .orElseThrow()
        .param()
        .<Double>map("weight")
        .values()
        .stream()
        .mapToDouble(weight -> -weight)
        .toArray();
  }

  private static Map<String, Object> conf() {
    Map<String, Object> conf = BreastJobs.shipped(1, 1);
    conf = with(conf, table(GUEST_TABLE), "role", "guest", "0", "reader_0", "table");
    conf = with(conf, table(HOST_TABLE), "role", "host", "0", "reader_0", "table");
    return with(
        conf, TABLES.guest().labelName(), "role", "guest", "0", "data_transform_0", "label_name");
  }

  private static Map<String, Object> with(Map<String, Object> conf, Object value, String... keys) {
    List<String> all = new ArrayList<>(List.of("component_parameters"));
    all.addAll(List.of(keys));
    return TestJobs.with(conf, value, all.toArray(String[]::new));
  }

  private static Map<String, String> table(String name) {
    return Map.of("namespace", NAMESPACE, "name", name);
  }
}

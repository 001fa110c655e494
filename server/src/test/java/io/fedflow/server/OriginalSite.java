package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.http.outside.Outside;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.SiteAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server with a trained job, FATE's client pointed at it, and what tests of commands share. */
final class OriginalSite implements AutoCloseable {

  static final String GUEST_TABLE = "breast_hetero_guest";
  static final String HOST_TABLE = "breast_hetero_host";
  static final String MODEL_ID = "arbiter-10000#guest-9999#host-10000#model";
  static final int ROWS = 569;
  static final JacksonJsonCodec CODEC = new JacksonJsonCodec();

  private final FlowCommands commands = new FlowCommands();
  private final Path folder;
  private final TestServer server;
  private final RequestRecorder recorder;
  private final OriginalClient client;
  private final Map<String, Object> submitted;

  OriginalSite(Path folder) throws Exception {
    this.folder = folder;
    server = TestServer.start(options(folder)).withDemoTables();
    recorder = new RequestRecorder(server.server().url());
    client = new OriginalClient(folder, recorder);
    submitted = submit(Map.of());
    assertThat(server.ended(jobId())).containsEntry("status", "success");
  }

  /** How the server starts whose answers are recorded, and the one that they are played back to. */
  static ServerOptions options(Path folder) throws IOException {
    Path local = Files.createDirectories(folder.resolve("local"));
    Files.writeString(local.resolve("remote.csv"), "id,x0\na,1\nb,2\nc,3\n");
    Files.writeString(local.resolve("bound.csv"), "id,x0\na,1\nb,2\n");
    return TestServer.options(folder.resolve("server"))
        .localFiles(List.of(local))
        .modelFolder(folder.resolve("models"))
        .outside(
            new Outside(
                List.of(Files.createDirectories(folder.resolve("export"))),
                Set.of(new SiteAddress("127.0.0.1", 3306)),
                Map.of(),
                Set.of()))
        .build();
  }

  /** What the client got for the job that is there from the start. */
  Map<String, Object> submitted() {
    return submitted;
  }

  String jobId() {
    return String.valueOf(submitted.get("jobId"));
  }

  Path folder() {
    return folder;
  }

  TestServer server() {
    return server;
  }

  OriginalClient client() {
    return client;
  }

  FlowCommands commands() {
    return commands;
  }

  RequestRecorder recorder() {
    return recorder;
  }

  /** Submits the training job, with other parameters of its LR. */
  Map<String, Object> submit(Map<String, Object> lr) throws Exception {
    Map<String, Object> conf = TestJobs.read("/originals/train_conf.json");
    for (Map.Entry<String, Object> parameter : new TreeMap<>(lr).entrySet()) {
      conf =
          TestJobs.with(
              conf,
              parameter.getValue(),
              "component_parameters",
              "common",
              "lr_0",
              parameter.getKey());
    }
    Path file = Files.writeString(client.work().resolve("train_conf.json"), CODEC.write(conf));
    return right("job", "submit", "-c", file.toString(), "-d", resource("train_dsl.json"));
  }

  String resource(String name) throws IOException {
    Path file = client.work().resolve(name);
    try (InputStream in = OriginalSite.class.getResourceAsStream("/originals/" + name)) {
      Files.write(file, in.readAllBytes());
    }
    return file.toString();
  }

  String conf(String name, Object tree) throws IOException {
    return Files.writeString(client.work().resolve(name + ".json"), CODEC.write(sorted(tree)))
        .toString();
  }

  /** With keys in order: maps of tests have another order in every run, and recordings none. */
  private static Object sorted(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, Object> ordered = new TreeMap<>();
      map.forEach((key, value) -> ordered.put(String.valueOf(key), sorted(value)));
      return ordered;
    }
    return tree instanceof List<?> list ? list.stream().map(OriginalSite::sorted).toList() : tree;
  }

  /** Loads text as a table. */
  void upload(String table, String text) throws Exception {
    Path file = Files.writeString(client.work().resolve(table + ".csv"), text);
    Map<String, Object> settings =
        Map.of(
            "file",
            file.toString(),
            "head",
            1,
            "partition",
            1,
            "namespace",
            TestServer.NAMESPACE,
            "table_name",
            table);
    Map<String, Object> uploaded = right("data", "upload", "-c", conf("upload", settings));
    assertThat(end(String.valueOf(uploaded.get("jobId")))).isEqualTo("success");
  }

  private static String command(String... words) {
    return words[0] + ' ' + words[1];
  }

  /** Runs a command that must succeed; the caller looks at the data. */
  Map<String, Object> right(String... words) throws Exception {
    OriginalRun run = client.flow(words);
    assertThat(run.exitCode()).as(run.out()).isZero();
    Map<String, Object> envelope = run.envelope();
    assertThat(envelope).as(run.command()).containsEntry("retcode", 0);
    commands.right(command(words));
    return envelope;
  }

  Object data(String... words) throws Exception {
    return right(words).get("data");
  }

  /** Runs a command that must fail with a code; gives what it says. */
  String wrong(int retcode, String... words) throws Exception {
    OriginalRun run = client.flow(words);
    assertThat(run.out()).as(run.command()).doesNotContain("Traceback");
    Map<String, Object> envelope = run.envelope();
    assertThat(envelope).as(run.command()).containsEntry("retcode", retcode);
    return String.valueOf(envelope.get("retmsg"));
  }

  /** Runs a command that is refused for good. */
  void refused(String... words) throws Exception {
    String why = wrong(100, words);
    assertThat(why).startsWith("refused: ");
    commands.note(command(words), why);
  }

  /** Runs a command that comes later. */
  void later(String... words) throws Exception {
    String why = wrong(100, words);
    assertThat(why).startsWith("not yet: ");
    commands.note(command(words), why);
  }

  String[] at(String group, String verb, String component, String... more) {
    return atParty(group, verb, component, "guest", "9999", more);
  }

  String[] atParty(
      String group, String verb, String component, String role, String party, String... more) {
    return Stream.concat(
            Stream.of(group, verb, "-j", jobId(), "-r", role, "-p", party, "-cpn", component),
            Arrays.stream(more))
        .toArray(String[]::new);
  }

  String[] with(String[] model, String group, String verb, String... more) {
    return Stream.of(Stream.of(group, verb), Arrays.stream(model), Arrays.stream(more))
        .flatMap(s -> s)
        .toArray(String[]::new);
  }

  static List<Path> files(Path under) throws IOException {
    try (Stream<Path> all = Files.walk(under)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  Path target(String name) throws IOException {
    return Files.createDirectories(client.work().resolve(name));
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Object tree) {
    return (List<Object>) tree;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }

  /** The status of a job that may have run before, once it has ended. */
  String end(String id) throws Exception {
    Map<String, Object> asked = Map.of("job_id", id);
    V1 v1 = V1.of(server);
    while (true) {
      Object status = TestServer.at(list(v1.data("job/query", asked)).get(0), "f_status");
      if (Set.of("success", "failed", "canceled", "timeout").contains(status)) {
        return String.valueOf(status);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  String count(String table) throws Exception {
    return String.valueOf(
        TestServer.at(data("table", "info", "-n", TestServer.NAMESPACE, "-t", table), "count"));
  }

  void post(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.server().url() + path))
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }

  @Override
  public void close() {
    recorder.close();
    server.close();
  }
}

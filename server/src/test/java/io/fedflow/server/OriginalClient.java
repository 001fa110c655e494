package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * FATE's Python client as it is released, pointed at one address. It keeps the address in its own
 * folder, so every instance runs a copy.
 */
final class OriginalClient {

  /** Names the folder of the client: {@code python/fate_client} of a FATE 1.11 checkout. */
  static final String HOME = "FATE_CLIENT_HOME";

  /** Names a Python that has the packages the client needs; without it, the one on the path. */
  private static final String PYTHON = "FATE_PYTHON";

  private final Path home;
  private final Path work;
  private final RequestRecorder recorder;

  /**
   * Copies the client and points it at the recorder.
   *
   * @param folder an empty place for the copy and for what the client stores
   */
  OriginalClient(Path folder, RequestRecorder recorder) throws Exception {
    String from = System.getenv(HOME);
    if (from == null || !Files.isDirectory(Path.of(from, "flow_client"))) {
      throw new AssertionError(
          HOME + " is " + from + "; it must name the folder fate_client of FATE 1.11");
    }
    this.home = folder.resolve("client");
    this.work = Files.createDirectories(folder.resolve("files"));
    this.recorder = recorder;
    copy(Path.of(from), home);
    URI address = URI.create(recorder.url());
    String port = Integer.toString(address.getPort());
    for (String program : List.of("flow_client.flow", "pipeline.pipeline_cli")) {
      run("init", "-m", program, "init", "--ip", address.getHost(), "--port", port);
    }
  }

  /** Runs the command line; the first two words name the command. */
  OriginalRun flow(String... words) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-m", "flow_client.flow"));
    arguments.addAll(List.of(words));
    return run(words[0] + ' ' + words[1], arguments.toArray(String[]::new));
  }

  /** Runs the command line for what it says only: what it asks is not recorded. */
  OriginalRun unrecorded(String... words) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-m", "flow_client.flow"));
    arguments.addAll(List.of(words));
    return run("", arguments.toArray(String[]::new));
  }

  /** Runs the checks that come with Pipeline. */
  OriginalRun pipelineConfigCheck() throws Exception {
    return run("pipeline config check", "-m", "pipeline.pipeline_cli", "config", "check");
  }

  /** Runs one of our scripts that use the client; its last argument is where it leaves results. */
  Object script(String label, String name, String... arguments) throws Exception {
    Path script = home.resolve(name);
    try (InputStream in = OriginalClient.class.getResourceAsStream("/originals/" + name)) {
      Files.write(script, in.readAllBytes());
    }
    Path results = Files.createTempFile(work, "results", ".json");
    Stream<String> words =
        Stream.of(Stream.of(script.toString()), Arrays.stream(arguments), Stream.of(results + ""))
            .flatMap(s -> s);
    OriginalRun run = run(label, words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.out()).isZero();
    return new JacksonJsonCodec().read(Files.readString(results));
  }

  /** Every command that the program itself offers, in order. */
  List<String> commands() throws Exception {
    return ((List<?>) script("commands", "flow_commands.py"))
        .stream().map(String::valueOf).toList();
  }

  /** Where relative paths of commands lead. */
  Path work() {
    return work;
  }

  private OriginalRun run(String label, String... arguments) throws Exception {
    recorder.begin(label);
    List<String> command = new ArrayList<>();
    command.add(System.getenv().getOrDefault(PYTHON, "python3"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("PYTHONPATH", home.toString());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("PYTHONIOENCODING", "utf-8");
    // The client sends what it keeps in sets in an order that differs from run to run otherwise.
    environment.put("PYTHONHASHSEED", "0");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).as(label).isTrue();
    OriginalRun run = new OriginalRun(String.join(" ", arguments), process.exitValue(), out);
    return run;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Path target = to.resolve(from.relativize(file).toString());
              if (Files.isDirectory(file)) {
                Files.createDirectories(target);
              } else {
                Files.copy(file, target);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}

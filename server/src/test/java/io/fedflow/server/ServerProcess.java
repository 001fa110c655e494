package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.testkit.eventloop.BlockedEventLoops;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server as a process of its own, and where clients find it. Its event loops are watched like
 * those of the tests' own process: what it reported fails whoever waits for its end.
 *
 * @param url empty if it did not start
 * @param blocked where it reports
 */
record ServerProcess(Process process, String url, Path blocked) {

  static ServerProcess start(Path folder, String... more) throws IOException {
    return startBehind(List.of(), folder, more);
  }

  /** Starts it by a command that becomes the server's process. */
  static ServerProcess startBehind(List<String> prefix, Path folder, String... more)
      throws IOException {
    Path blocked = Files.createTempDirectory("fedflow-process").resolve("blocked.txt");
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-D" + BlockedEventLoops.FILE + "=" + blocked,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "server",
            "--http-port",
            "0",
            "--data-dir",
            folder.toString()));
    command.addAll(List.of(more));
    String database = TestDatabase.lasting(folder);
    if (!database.isEmpty() && !command.contains("--database")) {
      command.addAll(List.of("--database", database));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    return new ServerProcess(
        process, line == null ? "" : line.substring(line.indexOf("http://")), blocked);
  }

  /** Ends it at once, without a chance to tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    exitCode();
  }

  /** Sends a signal by its name, as an operator does. */
  void signal(String name) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  private String blockedReports() {
    try {
      return Files.exists(blocked) ? Files.readString(blocked) : "";
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(blockedReports()).as("reports of blocked event loops").isEmpty();
    return process.exitValue();
  }
}

package io.fedflow.benchmarks.edge;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server in a process of its own, on the class path of this one. */
final class ServerProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;
  private static final long ASK_AGAIN_NANOS = 20_000_000;
  private static final String PEAK = "VmHWM:";

  private final Process process;
  private final String base;

  private ServerProcess(Process process, String base) {
    this.process = process;
    this.base = base;
  }

  /**
   * Starts one and waits for its first answer.
   *
   * @param folder for its data and its log
   * @param jvm options of the virtual machine
   */
  static ServerProcess start(Path folder, String... jvm) throws IOException, InterruptedException {
    return start(folder, List.of(jvm), List.of());
  }

  /**
   * Starts one and waits for its first answer.
   *
   * @param folder for its data and its log
   * @param jvm options of the virtual machine
   * @param options of the server
   */
  static ServerProcess start(Path folder, List<String> jvm, List<String> options)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "io.fedflow.server.Main",
            "server",
            "--http-port",
            Integer.toString(port),
            "--data-dir",
            folder.resolve("data").toString()));
    command.addAll(options);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    ServerProcess server = new ServerProcess(process, "http://127.0.0.1:" + port);
    try {
      server.awaitFirstAnswer();
      return server;
    } catch (RuntimeException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  /** Its address. */
  String base() {
    return base;
  }

  /** The most memory that was resident so far, in MiB, as Linux counts it. */
  long peakMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", process.pid() + "", "status"))) {
      if (line.startsWith(PEAK)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
      }
    }
    throw new IOException("the system does not count resident memory");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitFirstAnswer() throws InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest live = HttpRequest.newBuilder(URI.create(base + "/health/ready")).build();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        if (http.send(live, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      LockSupport.parkNanos(ASK_AGAIN_NANOS);
    }
    throw new IllegalStateException("the server did not start; its log is beside its data folder");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

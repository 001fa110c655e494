package io.fedflow.benchmarks.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.module.ModuleFinder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Servers in processes of their own: one that serves all parties, or one for each of three. */
final class SiteProcesses implements AutoCloseable {

  private static final String VECTOR = "jdk.incubator.vector";

  static final List<String> PARTIES = List.of("9999", "10000", "10001");
  private static final long PATIENCE_SECONDS = 30;

  private final List<Process> processes = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();

  private SiteProcesses() {}

  /** One server, which needs no connection to any other. */
  static SiteProcesses alone(Path folder) throws IOException {
    SiteProcesses started = new SiteProcesses();
    started.launch(Files.createDirectories(folder), List.of());
    return started;
  }

  /** A server for each party; they talk TLS with certificates of a consortium. */
  static SiteProcesses apart(Path folder) throws IOException {
    Consortium consortium = new Consortium(Files.createDirectories(folder));
    List<Integer> ports = freePorts();
    SiteProcesses started = new SiteProcesses();
    try {
      for (int self = 0; self < PARTIES.size(); self++) {
        List<String> options = new ArrayList<>();
        options.addAll(List.of("--party", PARTIES.get(self)));
        options.addAll(List.of("--grpc-port", String.valueOf(ports.get(self))));
        options.addAll(List.of("--identity", consortium.folder(PARTIES.get(self)).toString()));
        for (int other = 0; other < PARTIES.size(); other++) {
          if (other != self) {
            options.add("--route");
            options.add(PARTIES.get(other) + "=127.0.0.1:" + ports.get(other));
          }
        }
        started.launch(Files.createDirectories(folder.resolve("data-" + self)), options);
      }
      return started;
    } catch (IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /** The address of the guest's server; that of the host's is the next, or the same. */
  String guest() {
    return urls.get(0);
  }

  /** The address of the host's server. */
  String host() {
    return urls.get(Math.min(1, urls.size() - 1));
  }

  private static List<Integer> freePorts() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < PARTIES.size(); i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private void launch(Path data, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (ModuleFinder.ofSystem().find(VECTOR).isPresent()) {
      // As the launcher does for every server.
      command.addAll(List.of("--add-modules", VECTOR));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.fedflow.server.Main", "server", "--http-port", "0"));
    command.addAll(List.of("--data-dir", data.toString(), "--drain-seconds", "0"));
    command.addAll(options);
    Process process =
        new ProcessBuilder(command).redirectError(data.resolve("server.log").toFile()).start();
    processes.add(process);
    // The server's first line tells where it is.
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    if (line == null) {
      throw new IOException(
          "a server did not start: " + Files.readString(data.resolve("server.log")));
    }
    urls.add(line.substring(line.indexOf("http://")));
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException impatient) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}

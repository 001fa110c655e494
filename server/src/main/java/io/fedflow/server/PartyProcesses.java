package io.fedflow.server;

import io.fedflow.server.cli.DemoSites.Running;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A server process for each of three parties, on loopback. */
final class PartyProcesses {

  private static final List<String> PARTIES = List.of("9999", "10000", "10001");
  private static final long PATIENCE_SECONDS = 15;

  private PartyProcesses() {}

  /** Starts all three; blocks until each answers. */
  static Running start(Path folder) throws IOException {
    List<Integer> ports = freePorts();
    List<Process> processes = new CopyOnWriteArrayList<>();
    // Whoever ends the demo from outside ends its servers too.
    Thread hook = new Thread(() -> end(processes), "fedflow-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    List<Path> folders = new ArrayList<>();
    try {
      PARTIES.forEach(party -> folders.add(folder.resolve("party-" + party)));
      DemoIdentities.make(folder, PARTIES, folders);
      for (int i = 0; i < PARTIES.size(); i++) {
        processes.add(launch(folders.get(i), i, ports));
      }
      List<String> urls = new ArrayList<>();
      for (int i = 0; i < PARTIES.size(); i++) {
        urls.add(url(processes.get(i), folders.get(i)));
      }
      return new Running(urls, folders, () -> end(processes, hook));
    } catch (IOException e) {
      end(processes, hook);
      throw e;
    }
  }

  /** Every party must know the others' ports before any of them listens. */
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

  private static Process launch(Path folder, int self, List<Integer> ports) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "server",
            "--http-port",
            "0",
            "--grpc-port",
            String.valueOf(ports.get(self)),
            "--data-dir",
            folder.toString(),
            "--drain-seconds",
            "0",
            "--party",
            PARTIES.get(self)));
    for (int other = 0; other < PARTIES.size(); other++) {
      if (other != self) {
        command.add("--route");
        command.add(PARTIES.get(other) + "=127.0.0.1:" + ports.get(other));
      }
    }
    Files.createDirectories(folder);
    File log = folder.resolve("server.log").toFile();
    return new ProcessBuilder(command).redirectError(log).start();
  }

  /** The server's first line tells where it is. */
  private static String url(Process process, Path folder) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    if (line == null) {
      throw new IOException(
          "a party's server did not start; its log is " + folder.resolve("server.log"));
    }
    return line.substring(line.indexOf("http://"));
  }

  private static void end(List<Process> processes, Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The hook ends them as well; twice does no harm.
    }
    end(processes);
  }

  private static void end(List<Process> processes) {
    processes.forEach(Process::destroy);
    try {
      for (Process process : processes) {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException impatient) {
      processes.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}

package io.fedflow.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A process in a network of its own whose loopback loses packets: starts three servers there and
 * runs a job between them. Writes what the job made, the way that packets were lost, and how many
 * segments had to be sent again.
 */
final class LossyNetwork {

  /** The exit code of a machine on which no packet can be lost. */
  static final int NO_WAY = 3;

  /** In thousandths: the network drops so many of its packets. */
  static final int LOSS = 20;

  private static final int ITERATIONS = 3;

  /** As on a real network, and no packets of 64 KiB, of which there would be few. */
  private static final List<String> LOOPBACK =
      List.of("ip", "link", "set", "dev", "lo", "mtu", "1500", "gso_max_segs", "1", "up");

  private static final Map<String, List<List<String>>> WAYS = new TreeMap<>();

  static {
    String percent = LOSS / 10.0 + "%";
    WAYS.put(
        "1 netem",
        List.of(List.of("tc", "qdisc", "add", "dev", "lo", "root", "netem", "loss", percent)));
    WAYS.put(
        "2 nftables",
        List.of(
            List.of("nft", "add table inet loss"),
            List.of("nft", "add chain inet loss in { type filter hook input priority 0; }"),
            List.of(
                "nft",
                "add rule inet loss in iifname lo numgen random mod 1000 < " + LOSS + " drop")));
    WAYS.put(
        "3 iptables",
        List.of(
            List.of(
                ("iptables -A INPUT -i lo -m statistic --mode random --probability "
                        + LOSS / 1000.0
                        + " -j DROP")
                    .split(" "))));
  }

  private LossyNetwork() {}

  /** What a test runs in a network of its own: a folder, and the file for the result. */
  public static void main(String[] args) throws Exception {
    StringBuilder refused = new StringBuilder();
    String way = run(LOOPBACK, refused) ? way(refused) : null;
    if (way == null) {
      Files.writeString(Path.of(args[1]), refused);
      System.exit(NO_WAY);
    }
    Map<String, String> result = job(Path.of(args[0]));
    StringBuilder out = new StringBuilder(way + '\n' + sentAgain() + '\n');
    result.forEach((key, value) -> out.append(line(key, value)).append('\n'));
    Files.writeString(Path.of(args[1]), out);
    System.exit(0);
  }

  /** What a job makes between three server processes, wherever they run. */
  static Map<String, String> job(Path folder) throws Exception {
    Map<String, String> result = new TreeMap<>();
    try (ThreeProcesses servers = new ThreeProcesses(folder, List.of())) {
      servers.withDemoTables();
      servers.startAll();
      String jobId = servers.run(TestJobs.demoDsl(), ThreeServers.conf(ITERATIONS));
      servers.read(sites -> result.putAll(ThreeProcesses.result(sites, jobId)));
    }
    return result;
  }

  /** One entry of a result as it stands in the file. */
  static String line(String key, String value) {
    return key + " = " + value.replace('\n', ' ');
  }

  private static String way(StringBuilder refused) throws Exception {
    for (Map.Entry<String, List<List<String>>> way : WAYS.entrySet()) {
      boolean works = true;
      for (List<String> command : way.getValue()) {
        works = works && run(command, refused);
      }
      if (works) {
        return way.getKey();
      }
    }
    return null;
  }

  private static boolean run(List<String> command, StringBuilder refused) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0) {
        return true;
      }
      refused.append(command).append(": ").append(said.strip()).append('\n');
    } catch (IOException missing) {
      refused.append(command).append(": ").append(missing.getMessage()).append('\n');
    }
    return false;
  }

  /** TCP segments that this network sent again, as its kernel counts. */
  private static long sentAgain() throws IOException {
    List<String> tcp =
        Files.readAllLines(Path.of("/proc/self/net/snmp")).stream()
            .filter(line -> line.startsWith("Tcp:"))
            .toList();
    int at = List.of(tcp.get(0).split(" ")).indexOf("RetransSegs");
    return Long.parseLong(tcp.get(1).split(" ")[at]);
  }
}

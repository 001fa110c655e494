package io.fedflow.server;

import io.fedflow.testkit.net.TcpRelay;
import io.fedflow.testkit.net.Trouble;
import io.fedflow.transport.route.SiteAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A server each for guest, host and arbiter, which reach one another only through relays, one for
 * each direction. The guest and the host have the demo's tables.
 */
final class ThreeServers implements AutoCloseable {

  static final List<String> PARTIES = List.of("9999", "10000", "10001");

  private final List<TestServer> servers = new ArrayList<>();
  private final Map<String, TcpRelay> relays = new LinkedHashMap<>();

  private ThreeServers() {}

  static ThreeServers start(Path folder) throws Exception {
    return start(folder, false);
  }

  /** The same, with or without TLS. */
  static ThreeServers start(Path folder, boolean insecure) throws Exception {
    ThreeServers all = new ThreeServers();
    try {
      List<Integer> ports = freePorts(PARTIES.size());
      for (int self = 0; self < PARTIES.size(); self++) {
        all.servers.add(all.start(folder, self, ports, insecure));
      }
      all.servers.get(0).upload("breast_hetero_guest");
      all.servers.get(1).upload("breast_hetero_host");
      return all;
    } catch (Exception | Error failed) {
      all.close();
      throw failed;
    }
  }

  private TestServer start(Path folder, int self, List<Integer> ports, boolean insecure)
      throws Exception {
    Map<String, SiteAddress> routes = new LinkedHashMap<>();
    for (int other = 0; other < PARTIES.size(); other++) {
      if (other != self) {
        TcpRelay relay = TcpRelay.to(ports.get(other));
        relays.put(PARTIES.get(self) + '>' + PARTIES.get(other), relay);
        routes.put(PARTIES.get(other), new SiteAddress("127.0.0.1", relay.port()));
      }
    }
    Path own = folder.resolve(PARTIES.get(self));
    TestIdentity.issue(folder, own, PARTIES.get(self), false);
    return TestServer.start(
        TestServer.options(own)
            .ports(0, ports.get(self))
            .federation(Set.of(PARTIES.get(self)), routes)
            .insecure(insecure)
            .build());
  }

  /** The demo's conf for these parties, which gives the same result every time. */
  static Map<String, Object> conf(int iterations) {
    return TestJobs.with(
        TestJobs.with(
            TestJobs.with(TestJobs.demoConf(iterations), List.of("10001"), "role", "arbiter"),
            1,
            "job_parameters",
            "work_mode"),
        7,
        "job_parameters",
        "seed");
  }

  /** Ports that were free a moment ago: every party must know the others' before any listens. */
  static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  List<TestServer> all() {
    return servers;
  }

  TestServer guest() {
    return servers.get(0);
  }

  TestServer arbiter() {
    return servers.get(2);
  }

  /** All relays. */
  List<TcpRelay> relays() {
    return List.copyOf(relays.values());
  }

  /** The relays that lead to a party and away from it. */
  List<TcpRelay> relaysOf(String party) {
    return relays.entrySet().stream()
        .filter(relay -> List.of(relay.getKey().split(">")).contains(party))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The same trouble on all ways. */
  void trouble(Trouble trouble) {
    relays.values().forEach(relay -> relay.trouble(trouble));
  }

  /** Waits until every party knows of the job's end; gives what all of them made. */
  Map<String, String> result(String jobId) throws Exception {
    Map<String, String> all = new TreeMap<>();
    for (TestServer server : servers) {
      server.ended(jobId);
      all.putAll(JobResult.of(server.server().site(), jobId));
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    servers.forEach(TestServer::close);
    for (TcpRelay relay : relays.values()) {
      relay.close();
    }
  }
}

package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.testkit.net.TcpRelay;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.route.SiteAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A server process each for guest, host and arbiter, which can be killed and started again. */
final class ThreeProcesses implements AutoCloseable {

  private static final List<String> PARTIES = ThreeServers.PARTIES;

  private final Path folder;
  private final List<Integer> ports;
  private final List<String> options;
  private final ServerProcess[] running = new ServerProcess[PARTIES.size()];

  /** By the parties that they lie between; empty if servers reach each other directly. */
  private final Map<String, TcpRelay> relays = new LinkedHashMap<>();

  /**
   * Starts nothing yet.
   *
   * @param options further options of every server
   */
  ThreeProcesses(Path folder, List<String> options) throws IOException {
    this.folder = folder;
    this.options = options;
    this.ports = ThreeServers.freePorts(PARTIES.size());
    for (int party = 0; party < PARTIES.size(); party++) {
      TestIdentity.issue(folder, folderOf(party), PARTIES.get(party), false);
    }
  }

  /** The same, with a relay on every way from one server to another. */
  static ThreeProcesses throughRelays(Path folder, List<String> options) throws IOException {
    ThreeProcesses all = new ThreeProcesses(folder, options);
    for (String from : PARTIES) {
      for (int to = 0; to < PARTIES.size(); to++) {
        if (!PARTIES.get(to).equals(from)) {
          all.relays.put(from + '>' + PARTIES.get(to), TcpRelay.to(all.ports.get(to)));
        }
      }
    }
    return all;
  }

  List<TcpRelay> relays() {
    return List.copyOf(relays.values());
  }

  /** Gives a running server a table. */
  void upload(int party, String namespace, String table, String csv) throws Exception {
    Path file = Files.writeString(folderOf(party).resolve(table + ".csv"), csv);
    Map<String, Object> settings =
        Map.of("namespace", namespace, "table_name", table, "head", 1, "partition", 1);
    ended(party, client(party).upload(file, settings).jobId());
  }

  /** Submits at the guest and waits until every party knows that the job ended well. */
  String run(Map<String, Object> dsl, Map<String, Object> conf) throws Exception {
    String jobId = client(0).submit(dsl, conf).jobId();
    for (int party = 0; party < PARTIES.size(); party++) {
      ended(party, jobId);
    }
    return jobId;
  }

  private void ended(int party, String jobId) throws InterruptedException {
    assertThat(client(party).follow(jobId, 0, news -> {}).data())
        .as("job %s at %s", jobId, PARTIES.get(party))
        .containsEntry("status", "success");
  }

  /** Gives the guest's and the host's server the demo's tables, inside this process. */
  void withDemoTables() throws Exception {
    try (TestServer guest = inside(0)) {
      guest.upload("breast_hetero_guest");
    }
    try (TestServer host = inside(1)) {
      host.upload("breast_hetero_host");
    }
  }

  void startAll() throws Exception {
    for (int party = 0; party < PARTIES.size(); party++) {
      start(party);
    }
  }

  /** Starts a server on the folder and the ports that it had. */
  void start(int party) throws Exception {
    List<String> command = new ArrayList<>(options);
    command.addAll(List.of("--party", PARTIES.get(party)));
    command.addAll(List.of("--grpc-port", ports.get(party).toString()));
    routes(party).forEach((id, site) -> command.addAll(List.of("--route", id + "=" + site)));
    running[party] = ServerProcess.start(folderOf(party), command.toArray(String[]::new));
    assertThat(running[party].url()).as("server of " + PARTIES.get(party)).isNotEmpty();
  }

  void kill(int party) throws InterruptedException {
    running[party].kill();
  }

  String url(int party) {
    return running[party].url();
  }

  BlockingFlowClient client(int party) {
    return FlowHttpClient.of(url(party)).blocking();
  }

  /** Kills what runs, then reads in this process what all sites keep of jobs. */
  void read(SitesReader reader) throws Exception {
    killAll();
    List<TestServer> servers = new ArrayList<>();
    try {
      for (int party = 0; party < PARTIES.size(); party++) {
        servers.add(inside(party));
      }
      reader.read(servers);
    } finally {
      servers.forEach(TestServer::close);
    }
  }

  /** Reads what sites keep. */
  interface SitesReader {
    void read(List<TestServer> servers) throws Exception;
  }

  /** What a job made at all of them. */
  static Map<String, String> result(List<TestServer> servers, String jobId) throws Exception {
    Map<String, String> all = new TreeMap<>();
    for (TestServer server : servers) {
      all.putAll(JobResult.of(server.server().site(), jobId));
    }
    return all;
  }

  private TestServer inside(int party) throws Exception {
    return TestServer.start(
        TestServer.lasting(folderOf(party))
            .ports(0, ports.get(party))
            .federation(Set.of(PARTIES.get(party)), routes(party))
            .insecure(options.contains("--insecure"))
            .build());
  }

  private Path folderOf(int party) {
    return folder.resolve(PARTIES.get(party));
  }

  private Map<String, SiteAddress> routes(int self) {
    Map<String, SiteAddress> routes = new LinkedHashMap<>();
    for (int other = 0; other < PARTIES.size(); other++) {
      if (other != self) {
        TcpRelay relay = relays.get(PARTIES.get(self) + '>' + PARTIES.get(other));
        int port = relay == null ? ports.get(other) : relay.port();
        routes.put(PARTIES.get(other), new SiteAddress("127.0.0.1", port));
      }
    }
    return routes;
  }

  private void killAll() throws InterruptedException {
    for (ServerProcess server : running) {
      if (server != null) {
        server.kill();
      }
    }
  }

  /** Kills what runs. */
  @Override
  public void close() {
    try {
      killAll();
      for (TcpRelay relay : relays.values()) {
        relay.close();
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.route.SiteAddress;
import java.io.IOException;
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
        TestServer.options(folderOf(party))
            .ports(0, ports.get(party))
            .federation(Set.of(PARTIES.get(party)), routes(party))
            .build());
  }

  private Path folderOf(int party) {
    return folder.resolve(PARTIES.get(party));
  }

  private Map<String, SiteAddress> routes(int self) {
    Map<String, SiteAddress> routes = new LinkedHashMap<>();
    for (int other = 0; other < PARTIES.size(); other++) {
      if (other != self) {
        routes.put(PARTIES.get(other), new SiteAddress("127.0.0.1", ports.get(other)));
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
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}

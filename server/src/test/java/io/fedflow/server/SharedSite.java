package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.storage.postgres.TestPostgres;
import io.fedflow.testkit.takeover.AuditedWrite;
import io.fedflow.testkit.takeover.WriteAudit;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.route.SiteAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A party with two server processes on a Postgres of its own, and an audit of what they write. */
final class SharedSite implements AutoCloseable {

  private static final String LOCALHOST = "127.0.0.1";

  /** Four servers that start at once keep each other waiting. */
  private static final long LEASE_MILLIS = 10_000;

  private final String party;
  private final List<Integer> ports;
  private final List<Path> folders = new ArrayList<>();
  private final String url = TestPostgres.freshDatabase();
  private final List<SharingServer> servers = new ArrayList<>();
  private AuditTable audit;

  /**
   * Starts nothing yet.
   *
   * @param folder one for all parties: their certificates are of one authority
   */
  SharedSite(Path folder, String party, List<Integer> ports) throws IOException {
    this.party = party;
    this.ports = List.copyOf(ports);
    for (int server = 0; server < ports.size(); server++) {
      Path own = folder.resolve(party + '-' + server);
      TestIdentity.issue(folder, own, party, false);
      folders.add(own);
    }
  }

  /** Tells both servers that another party is at either of its servers. */
  void route(SharedSite other) throws IOException {
    for (Path own : folders) {
      String addresses =
          String.join(
              ", ", other.ports.stream().map(port -> "\"" + LOCALHOST + ':' + port + '"').toList());
      Files.writeString(
          own.resolve("routes.json"),
          "{\"parties\": {\"" + other.party + "\": {\"addresses\": [" + addresses + "]}}}");
    }
  }

  /** One of its servers inside this process, while no other runs. */
  TestServer inside(SharedSite other) throws Exception {
    return TestServer.start(
        TestServer.options(folders.get(0))
            .ports(0, ports.get(0))
            .federation(
                Set.of(party), Map.of(other.party, new SiteAddress(LOCALHOST, other.ports.get(0))))
            .database(url)
            .build());
  }

  /** Starts all servers; the schema must be there. */
  void start() throws Exception {
    audit = AuditTable.install(url);
    for (int server = 0; server < ports.size(); server++) {
      List<String> options =
          List.of(
              "--party",
              party,
              "--grpc-port",
              ports.get(server).toString(),
              // On a busy machine a server may take a minute to start.
              "--peer-patience",
              "300");
      servers.add(new SharingServer(folders.get(server), url, LEASE_MILLIS, options));
      servers.get(server).start(audit);
    }
  }

  AuditTable audit() {
    return audit;
  }

  /** A client of one of its servers. */
  BlockingFlowClient client(int server) {
    return FlowHttpClient.of(servers.get(server).url()).blocking();
  }

  String url(int server) {
    return servers.get(server).url();
  }

  /** The server that has a job. */
  SharingServer owner(String jobId) throws SQLException {
    List<String> owners = audit.owners(jobId);
    assertThat(owners).as("owners of job %s at %s", jobId, party).hasSize(1);
    return servers.stream()
        .filter(server -> owners.contains(server.instance()))
        .findFirst()
        .orElseThrow();
  }

  /** Tells whether somebody wrote a job after another one of its servers did. */
  boolean wasTakenOver(String jobId) throws SQLException {
    return audit.writes(List.of(jobId)).stream().map(AuditedWrite::writer).distinct().count() > 1;
  }

  /** Checks that nothing was lost, and nothing started twice. */
  void requireSound(Set<String> jobs) throws SQLException {
    assertThat(new WriteAudit(audit.writes(jobs)).violations(jobs)).as("at %s", party).isEmpty();
    assertThat(audit.statuses(jobs)).as("at %s", party).containsOnly("SUCCESS");
  }

  /** Ends all processes; again is without effect. */
  void end() throws IOException {
    for (SharingServer server : servers) {
      server.close();
    }
    servers.clear();
  }

  @Override
  public void close() throws IOException, SQLException {
    end();
    if (audit != null) {
      audit.close();
    }
  }
}

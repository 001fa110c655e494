package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.identity.Pem;
import io.fedflow.identity.SecretFiles;
import io.fedflow.key.StoredPartnerKeys;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.testkit.log.LogLines;
import io.fedflow.transport.grpc.LinkSecurity;
import io.fedflow.transport.grpc.SiteSignatures;
import io.fedflow.transport.route.SiteAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Servers of guest, host and arbiter that sign what they say, over TLS. The host approves every
 * job, so that one can wait for as long as a test needs, and takes none in which party 10003 has a
 * part. Whoever is a neighbour has a good certificate and a key that the host knows.
 */
final class Consortium implements AutoCloseable {

  static final String HOST_ID = "10000";
  static final Party HOST = Party.of("host", HOST_ID);
  static final Party GUEST = Party.of("guest", "9999");

  /** The party whose jobs the host refuses. */
  static final String UNWANTED = "10003";

  private static final String RULES =
      "{\"version\":1,\"rules\":[{\"name\":\"all\",\"type\":\"approve\",\"tables\":"
          + "[\"experiment.*\"]},{\"name\":\"not them\",\"type\":\"partners\",\"deny\":[\""
          + UNWANTED
          + "\"]}]}";

  private final Path folder;
  private final LogLines log = new LogLines("io.fedflow");
  private final Map<String, SiteAddress> addresses = new HashMap<>();
  private final Map<String, KeyPair> keys = new HashMap<>();
  private final List<TestServer> servers = new ArrayList<>();

  private Consortium(Path folder) {
    this.folder = folder;
  }

  static Consortium start(Path folder) throws Exception {
    Consortium all = new Consortium(folder);
    try {
      List<Integer> ports = ThreeServers.freePorts(3);
      for (int i = 0; i < ports.size(); i++) {
        all.addresses.put(ThreeServers.PARTIES.get(i), new SiteAddress("127.0.0.1", ports.get(i)));
      }
      for (String party : ThreeServers.PARTIES) {
        all.servers.add(all.server(party));
      }
      for (String party : ThreeServers.PARTIES) {
        all.introduce(party, all.keys.get(party));
      }
      all.guest().upload("breast_hetero_guest");
      all.host().upload("breast_hetero_host");
      return all;
    } catch (Exception | Error failed) {
      all.close();
      throw failed;
    }
  }

  private TestServer server(String party) throws Exception {
    Path own = folder.resolve(party);
    TestIdentity.issue(folder, own, party, false);
    KeyPair key = pair();
    keys.put(party, key);
    Path keyFile = folder.resolve("sign-" + party + ".pem");
    SecretFiles.writeSecret(
        keyFile, new Pem(Pem.PRIVATE_KEY, key.getPrivate().getEncoded()).text());
    Map<String, SiteAddress> others = new HashMap<>(addresses);
    others.remove(party);
    return TestServer.start(
        TestServer.options(own)
            .ports(0, addresses.get(party).port())
            .federation(Set.of(party), others)
            .siteAuth(keyFile)
            .policy(
                party.equals(HOST_ID)
                    ? Files.writeString(folder.resolve("policy.json"), RULES)
                    : null)
            .build());
  }

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  /** All servers know the key of a party from then on. */
  private void introduce(String party, KeyPair key) {
    for (TestServer each : servers) {
      each.server()
          .site()
          .keys()
          .save(party, new Pem("PUBLIC KEY", key.getPublic().getEncoded()).text());
    }
  }

  TestServer guest() {
    return servers.get(0);
  }

  TestServer host() {
    return servers.get(1);
  }

  LogLines log() {
    return log;
  }

  SiteAddress hostAddress() {
    return addresses.get(HOST_ID);
  }

  /** Where the identity of a server lies. */
  Path identityOf(String party) {
    return folder.resolve(party).resolve(ServerOptions.DEFAULT_IDENTITY);
  }

  private LiveIdentity member(String party) throws Exception {
    Path own = folder.resolve("neighbour-" + party);
    if (!keys.containsKey(party)) {
      TestIdentity.issue(folder, own, party, false);
      keys.put(party, pair());
      introduce(party, keys.get(party));
    }
    return new LiveIdentity(
        new IdentityFolder(own.resolve(ServerOptions.DEFAULT_IDENTITY)).load(),
        InstantSource.system());
  }

  /** Another site of the consortium that signs, known to all. */
  Neighbour neighbour(String party) throws Exception {
    return neighbour(party, member(party));
  }

  /** The same with an identity of the test's. */
  Neighbour neighbour(String party, LiveIdentity identity) throws Exception {
    member(party);
    return Neighbour.with(
        LinkSecurity.tls(identity)
            .signing(
                new SiteSignatures(
                    keys.get(party).getPrivate(),
                    new StoredPartnerKeys(MemoryStores.create().blobs()),
                    InstantSource.system())),
        party,
        addresses);
  }

  /** The same by hand. */
  RawPeer raw(String party) throws Exception {
    LiveIdentity identity = member(party);
    return new RawPeer(hostAddress(), identity, party, keys.get(party).getPrivate());
  }

  /** Submits the demo's job, which waits for the host's approval. */
  String waitingJob() throws Exception {
    String job = guest().blocking().submit(TestJobs.demoDsl(), ThreeServers.conf(1)).jobId();
    long end = System.nanoTime() + 60_000_000_000L;
    while (!waits(job)) {
      assertThat(System.nanoTime()).as("the job waits").isLessThan(end);
      Thread.onSpinWait();
    }
    return job;
  }

  private boolean waits(String job) throws Exception {
    return String.valueOf(host().blocking().explain(job)).contains("approval");
  }

  /** The host answers clients and other sites, and a job that waits there still waits. */
  void assertHealthy(String waiting) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(host().server().url() + "/health/ready")).build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    assertThat(guest().blocking().pingParty(HOST_ID, 1)).containsKey("software");
    assertThat(waits(waiting)).isTrue();
  }

  void approve(String job) throws Exception {
    Await.result(host().server().site().pipelines().approve(job, HOST, "me"));
  }

  /** The job ends well at both its sites with data. */
  void assertEndsWell(String job) throws Exception {
    assertThat(guest().ended(job)).containsEntry("status", "success");
    assertThat(host().ended(job)).containsEntry("status", "success");
  }

  @Override
  public void close() {
    servers.forEach(TestServer::close);
    log.close();
  }
}

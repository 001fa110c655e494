package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.server.cli.FedflowCommand;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.SiteAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code fedflow party} against two running servers. */
class PartyCommandsTest {

  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path folder;
  private Path routes;
  private TestServer host;
  private TestServer guest;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws Exception {
    DemoIdentities.make(
        folder, List.of("10000", "9999"), List.of(folder.resolve("host"), folder.resolve("guest")));
    host =
        TestServer.start(
            TestServer.options(folder.resolve("host"))
                .federation(Set.of("10000"), Map.of())
                .build());
    guest =
        TestServer.start(
            TestServer.options(folder.resolve("guest"))
                .federation(
                    Set.of("9999"), Map.of("10002", new SiteAddress("127.0.0.1", deadPort())))
                .build());
    routes = folder.resolve("guest").resolve("routes.json");
  }

  @AfterEach
  void stop() {
    guest.close();
    host.close();
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(out, true));
    return line.execute(words);
  }

  private int ask(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "party";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--server";
    all[words.length + 2] = guest.server().url();
    return run(all);
  }

  private static int deadPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String hostAddress() {
    return "127.0.0.1:" + host.server().grpcPort();
  }

  private Object list() throws Exception {
    return guest.blocking().parties(false);
  }

  /** Until the running server has a route to this party. */
  private void awaitRoute(int party) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!String.valueOf(list()).contains("party_id=" + party + ',')) {
      assertThat(System.nanoTime()).as("no route to %s came up", party).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void partyThatIsAdded_isReachedByTheRunningServer() throws Exception {
    assertThat(ask("ping", "10000")).isEqualTo(1);
    assertThat(err.toString()).contains("no route leads to");
    String dead = "127.0.0.1:" + deadPort();

    assertThat(run("party", "add", "10000", dead, hostAddress(), "--routes", routes.toString()))
        .isZero();
    assertThat(out.toString()).contains("party 10000 at " + dead + " or " + hostAddress());
    awaitRoute(10000);

    assertThat(ask("ping", "10000")).isZero();
    assertThat(out.toString())
        .contains("party 10000 answers at " + hostAddress(), "fedflow/", "median", "its clock");
    assertThat(ask("ping", "10000", "--rounds", "3", "--json")).isZero();
    Object ping = new JacksonJsonCodec().read(out.toString());
    assertThat(TestServer.at(ping, "rounds")).isEqualTo(3);
    assertThat(((Number) TestServer.at(ping, "clock_ahead_ms")).longValue())
        .isBetween(-60_000L, 60_000L);
    assertThat(TestServer.at(ping, "party_ids")).isEqualTo(List.of(10000));
    assertThat(ask("trace", "10000")).isZero();
    assertThat(out.toString()).contains("9999 -> 10000", "party 10000 answers: fedflow/");
    assertThat(ask("list", "--reach")).isZero();
    assertThat(out.toString())
        .contains("acts for 9999", "reachable at " + hostAddress())
        .containsPattern("10000 +" + dead + " or " + hostAddress() + " +file")
        .containsPattern("10002 .* option +NOT reachable: .*Connection refused");
  }

  @Test
  void badFile_isToldAndChangesNothing() throws Exception {
    run("party", "add", "10000", hostAddress(), "--routes", routes.toString());
    assertThat(guest.blocking().reloadParties()).containsEntry("changed", true);
    Files.writeString(routes, "{\"parties\": {\"10000\": {\"adresses\": []}}}");

    assertThatThrownBy(() -> guest.blocking().reloadParties())
        .hasMessageContainingAll(
            "parties/10000/adresses", "unknown field", "[addresses, identity]");

    assertThat(ask("ping", "10000")).isZero();
    assertThat(ask("list")).isZero();
    assertThat(out.toString())
        .contains(hostAddress(), "parties/10000/adresses", "the routes stay as they were");
    assertThat(run("party", "add", "1", "a:1", "--routes", routes.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("parties/10000/adresses");
  }

  @Test
  void wrongWords_areNamed() {
    assertThat(ask("ping", "9999")).isEqualTo(1);
    assertThat(err.toString()).contains("acts for party 9999 itself");
    assertThat(ask("ping", "a b")).isEqualTo(1);
    assertThat(err.toString()).contains("party_id: found 'a b'");
    assertThat(ask("ping", "10000", "--rounds", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("rounds: found '0', allowed 1..100");
    String file = routes.toString();
    assertThat(run("party", "add", "10000", "nowhere", "--routes", file)).isEqualTo(2);
    assertThat(err.toString()).contains("found 'nowhere'", "host:port");
    assertThat(run("party", "add", "10000", "--routes", file)).isEqualTo(2);
    assertThat(err.toString()).contains("addresses: found 0, allowed 1..16");
    assertThat(run("party", "add", "10000", "a:1", "--identity", "sha256:0", "--routes", file))
        .isEqualTo(2);
    assertThat(err.toString()).contains("identity: found 'sha256:0'", "a party id, or sha256:");
    assertThat(routes).doesNotExist();
  }

  @Test
  void defaultRoute_leadsToEverybodyElse() throws Exception {
    run("party", "add", "--default", hostAddress(), "--routes", routes.toString());
    run("party", "add", "5", "a:1", "--identity", "777", "--routes", routes.toString());
    guest.blocking().reloadParties();

    assertThat(ask("ping", "10000")).isZero();
    assertThat(ask("ping", "77777")).isEqualTo(1);
    assertThat(err.toString()).contains("not that of party 77777", "parties [10000]");
    assertThat(ask("list")).isZero();
    assertThat(out.toString())
        .containsPattern("all others +" + hostAddress())
        .containsPattern("5 +a:1 \\(777\\) +file");
  }

  @Test
  void standaloneServer_knowsNoOthers() throws Exception {
    try (TestServer alone = TestServer.standalone(folder.resolve("alone"))) {
      assertThat(run("party", "list", "--server", alone.server().url())).isZero();
      assertThat(out.toString()).contains("acts for every party itself");
      assertThat(run("party", "ping", "10000", "--server", alone.server().url())).isEqualTo(1);
      assertThat(err.toString()).contains("start it with --party");
    }
    assertThatThrownBy(() -> TestServer.options(folder.resolve("x")).routesFile(routes).build())
        .hasMessageContaining("--routes");
  }

  @Test
  void fileThatIsNotGood_keepsAServerFromStarting() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"default\": {\"addresses\": 1}}");

    assertThatThrownBy(
            () ->
                TestServer.start(
                    TestServer.options(folder.resolve("third"))
                        .federation(Set.of("1"), Map.of())
                        .insecure(true)
                        .routesFile(bad)
                        .build()))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContainingAll("default/addresses", "found 1");
  }
}

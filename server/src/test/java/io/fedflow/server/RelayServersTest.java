package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.server.cli.FedflowCommand;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two servers that know nobody but an exchange, and the exchange. */
class RelayServersTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();

  private int run(String words, TestServer server) {
    out.getBuffer().setLength(0);
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setErr(new PrintWriter(out, true));
    line.setOut(new PrintWriter(out, true));
    return line.execute((words + " --server " + server.server().url()).split(" "));
  }

  private static SiteAddress free() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new SiteAddress("127.0.0.1", socket.getLocalPort());
    }
  }

  private TestServer start(
      String party, SiteAddress at, Map<String, SiteAddress> others, SiteAddress otherwise)
      throws Exception {
    Path own = Files.createDirectories(folder.resolve(party));
    if (otherwise != null) {
      Files.writeString(
          own.resolve("routes.json"), "{\"default\": {\"addresses\": [\"" + otherwise + "\"]}}");
    }
    TestIdentity.issue(folder, own, party, otherwise == null);
    return TestServer.start(
        TestServer.options(own)
            .ports(0, at.port())
            .federation(Set.of(party), others)
            .relay(otherwise == null)
            .build());
  }

  @Test
  void aJobRunsThroughAnExchange_andTheWayIsTold() throws Exception {
    SiteAddress atGuest = free();
    SiteAddress atHost = free();
    SiteAddress atExchange = free();
    try (TestServer exchange =
            start("777", atExchange, Map.of("9999", atGuest, "10000", atHost), null);
        TestServer guest = start("9999", atGuest, Map.of(), atExchange)) {
      try (TestServer host = start("10000", atHost, Map.of(), atExchange)) {
        assertThat(run("flow test toy -gid 9999 -hid 10000 -o " + folder.resolve("toy"), guest))
            .as(out.toString())
            .isZero();
        assertThat(out.toString()).contains("success, the secure sum is 2000");
        // The exchange carried the job and kept nothing of it.
        assertThat(exchange.blocking().jobs(10).get("jobs")).isEqualTo(List.of());
        assertThat((List<?>) host.blocking().jobs(10).get("jobs")).hasSize(1);

        assertThat(run("party trace 10000", guest)).as(out.toString()).isZero();
        assertThat(out.toString())
            .contains("to " + atExchange, "9999 -> 777", "777 -> 10000", "party 10000 answers");
      }
      assertThat(run("party trace 10000", guest)).isEqualTo(1);
      assertThat(out.toString())
          .contains("9999 -> 777", "777 -> 10000  LOST", "relay 777", atHost.toString());
      assertThat(run("party trace 5", guest)).isEqualTo(1);
      assertThat(out.toString()).contains("relay 777: no route leads to party id 5");
    }
  }

  @Test
  void aRelayNeedsAName() {
    assertThatThrownBy(() -> TestServer.options(folder).relay(true).build())
        .hasMessageContainingAll("--relay", "--party");
  }
}

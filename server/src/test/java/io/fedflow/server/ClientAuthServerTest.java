package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.server.cli.FedflowCommand;
import io.fedflow.transport.client.ClientKeys;
import io.fedflow.transport.client.ClientOptions;
import io.fedflow.transport.client.FlowHttpClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A whole server that wants signed requests, and those who ask it. */
class ClientAuthServerTest {

  private static final String SETTINGS = "fedflow.client.settings";
  private static final String SECRET = "s3cret-long";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void ownSettings() {
    System.setProperty(SETTINGS, folder.resolve("client.json").toString());
  }

  @AfterEach
  void usualSettings() {
    System.clearProperty(SETTINGS);
  }

  private Path keys(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("keys.txt"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setErr(new PrintWriter(out, true));
    line.setOut(new PrintWriter(out, true));
    return line.execute(words);
  }

  @Test
  void commandsWorkOnceTheyKnowTheKeys() throws Exception {
    ServerOptions options =
        TestServer.options(folder.resolve("data"))
            .clientAuth(keys("analyst " + SECRET + "\n"))
            .build();
    try (TestServer server = TestServer.start(options)) {
      int port = server.server().httpPort();
      assertThat(run("job", "query", "--server", server.server().url())).isEqualTo(1);
      assertThat(out.toString()).contains("TIMESTAMP: missing");

      assertThat(run("init", "--port", "" + port, "--app-key", "analyst", "--secret-key", SECRET))
          .isZero();
      assertThat(run("job", "query")).as(out.toString()).isZero();
      run("flow", "job", "query", "-j", "x");
      assertThat(out.toString()).doesNotContain("TIMESTAMP").contains("[]");

      Path rows = Files.writeString(folder.resolve("rows.csv"), "id,x0\na,1\nb,2\n");
      FlowHttpClient client =
          new FlowHttpClient(
              ClientOptions.of(server.server().url()), new ClientKeys("analyst", SECRET));
      String job =
          client
              .blocking()
              .upload(rows, Map.of("namespace", "n", "table_name", "t", "head", 1, "partition", 1))
              .jobId();
      assertThat(client.blocking().follow(job, 0, news -> {}).data())
          .containsEntry("status", "success");
    }
  }

  @Test
  void anEditOfTheFileHoldsWithoutARestart_andWhoIsRefusedIsRecorded() throws Exception {
    ServerOptions options =
        TestServer.options(folder.resolve("data"))
            .clientAuth(keys("analyst " + SECRET + "\n"))
            .build();
    try (TestServer server = TestServer.start(options)) {
      FlowHttpClient first = client(server, "analyst");
      FlowHttpClient second = client(server, "auditor");
      first.blocking().jobs(1);
      assertThatThrownBy(() -> second.blocking().jobs(1)).hasMessageContaining("not those of");

      // One that is not good changes nothing.
      keys("nonsense\n");
      first.blocking().jobs(1);
      keys("auditor " + SECRET + "\n");
      long end = System.nanoTime() + 60_000_000_000L;
      while (!mayAsk(second)) {
        assertThat(System.nanoTime()).as("the edit holds").isLessThan(end);
        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
      }
      assertThatThrownBy(() -> first.blocking().jobs(1)).hasMessageContaining("not those of");

      String records = String.valueOf(second.blocking().audit(0, 100, "client", "").get("records"));
      assertThat(records)
          .contains("client.request", "refused", "GET /fedflow/v1/jobs", "not those of a client")
          .contains("client.keys", "keys.txt");
      assertThat(records).doesNotContain(SECRET);
    }
  }

  private static FlowHttpClient client(TestServer server, String appKey) {
    return new FlowHttpClient(
        ClientOptions.of(server.server().url()), new ClientKeys(appKey, SECRET));
  }

  private static boolean mayAsk(FlowHttpClient client) throws InterruptedException {
    try {
      client.blocking().jobs(1);
      return true;
    } catch (io.fedflow.failure.FedflowException refused) {
      return false;
    }
  }

  @Test
  void aServerThatListensOnAllAddresses_tellsTheOneThatIsAdvertised() throws Exception {
    ServerOptions options =
        TestServer.options(folder.resolve("data")).host("0.0.0.0").advertise("127.0.0.1").build();
    try (TestServer server = TestServer.start(options)) {
      assertThat(server.server().url()).startsWith("http://127.0.0.1:");
      assertThat(String.valueOf(V1.of(server).data("server/fateflow/info", Map.of())))
          .contains("127.0.0.1")
          .doesNotContain("0.0.0.0");
    }
    assertThatThrownBy(() -> TestServer.options(folder).advertise("http://a:1/").build())
        .hasMessageContainingAll("--advertise", "http://a:1/", "no port");
  }

  @Test
  void fileThatIsNotGood_keepsAServerFromStarting() throws Exception {
    Path open = keys("analyst " + SECRET + "\n");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(
            () ->
                TestServer.start(
                    TestServer.options(folder.resolve("data")).clientAuth(open).build()))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContainingAll("\"clients\"", "keys.txt", "chmod 600");
  }
}

package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server starts and ends. */
class FedflowServerTest {

  @TempDir Path folder;

  @Test
  void startsInNamedAndTimedStepsThatHealthTells() throws Exception {
    try (TestServer server = TestServer.standalone(folder)) {
      String told = get(server, "/health/startup");

      assertThat(told).contains("\"done\":true");
      assertThat(told)
          .containsSubsequence(
              List.of(
                  "environment and configuration",
                  "stores and tables",
                  "identity",
                  "clients",
                  "managers",
                  "signals",
                  "job environment",
                  "recovery",
                  "scheduler",
                  "gRPC",
                  "HTTP"));
      assertThat(get(server, "/health/ready")).contains("success");
    }
  }

  @Test
  void namesTheStepThePortAndTheRemedyIfThePortIsBusy() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = busy.getLocalPort();

      StartupFailure failure =
          catchThrowableOfType(
              StartupFailure.class,
              () -> FedflowServer.start(TestServer.options(folder).ports(port, 0).build()));

      assertThat(failure.step()).isEqualTo("HTTP");
      assertThat(failure)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("--http-port");
    }
    // What was opened before the failing step is closed again.
    TestServer.standalone(folder).close();
  }

  @Test
  void namesTheStepIfThePartyPortIsBusy() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerOptions options =
          TestServer.options(folder)
              .ports(0, busy.getLocalPort())
              .federation(Set.of("9999"), Map.of())
              .insecure(true)
              .build();

      assertThatThrownBy(() -> FedflowServer.start(options))
          .isInstanceOf(StartupFailure.class)
          .hasMessageContaining("\"gRPC\"")
          .hasMessageContaining("--grpc-port");
    }
  }

  @Test
  void aServerOfAPartyNeedsACertificateOfIt() throws Exception {
    ServerOptions nobody = TestServer.options(folder).federation(Set.of("9999"), Map.of()).build();
    assertThatThrownBy(() -> FedflowServer.start(nobody))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("\"identity\"")
        .hasMessageContaining("fedflow party init --party 9999")
        .hasMessageContaining("--insecure");

    DemoIdentities.make(folder, List.of("9999"), List.of(folder));
    ServerOptions another =
        TestServer.options(folder).federation(Set.of("9999", "10000"), Map.of()).build();
    assertThatThrownBy(() -> FedflowServer.start(another))
        .hasMessageContaining("--party: found [10000]")
        .hasMessageContaining("CN=party 9999");
    try (TestServer server = TestServer.start(nobody)) {
      assertThat(server.server().warnings()).isEmpty();
      assertThat(get(server, "/health/warnings")).contains("\"warnings\":[]");
    }
  }

  @Test
  void withoutTlsItWarnsWhereverItIsLookedAt() throws Exception {
    ServerOptions insecure =
        TestServer.options(folder).federation(Set.of("9999"), Map.of()).insecure(true).build();

    try (TestServer server = TestServer.start(insecure)) {
      assertThat(server.server().warnings()).singleElement().asString().contains("--insecure");
      assertThat(get(server, "/health/warnings")).contains("without TLS (--insecure)");
      assertThat(get(server, "/health/ready")).contains("without TLS (--insecure)");
      assertThat(get(server, "/")).contains("/health/warnings");
    }
  }

  @Test
  void refusesAFolderThatAnotherServerUses() throws Exception {
    ServerOptions options = TestServer.options(folder).database("").build();
    try (TestServer first = TestServer.start(options)) {
      assertThat(first.server().httpPort()).isPositive();

      assertThatThrownBy(() -> TestServer.start(options))
          .isInstanceOf(StartupFailure.class)
          .hasMessageContaining("\"stores and tables\"")
          .hasMessageContaining("in use by another server");
    }
  }

  @Test
  void refusesADatabaseAddressThatIsNone() {
    ServerOptions options = TestServer.options(folder).database("mysql://nobody").build();

    assertThatThrownBy(() -> FedflowServer.start(options))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("\"stores and tables\"")
        .hasMessageContaining("postgres://");
  }

  @Test
  void inMemoryItWorksAndLeavesNothingToTheNext() throws Exception {
    ServerOptions options = TestServer.options(folder).database(ServerOptions.MEMORY).build();
    try (TestServer server = TestServer.start(options).withDemoTables()) {
      assertThat(server.run(TestJobs.demoDsl(), TestJobs.demoConf(1)))
          .containsEntry("status", "success");
    }
    assertThat(folder.resolve("fedflow.db")).doesNotExist();
    try (TestServer next = TestServer.start(options)) {
      assertThat(next.blocking().jobQuery(Map.of())).isEmpty();
    }
  }

  @Test
  void anUploadLeavesNoStagedFile() throws Exception {
    try (TestServer server = TestServer.standalone(folder).withDemoTables()) {
      assertThat(server.blocking().table(TestServer.NAMESPACE, "breast_hetero_host"))
          .containsEntry("count", 569);
    }
    try (var staged = Files.list(folder.resolve("staging"))) {
      assertThat(staged).isEmpty();
    }
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> ServerOptions.builder(folder).ports(70_000, 0).build())
        .hasMessage("--http-port: found 70000, allowed 0..65535");
    assertThatThrownBy(
            () ->
                ServerOptions.builder(folder)
                    .federation(
                        Set.of(),
                        Map.of("1", new io.fedflow.transport.route.SiteAddress("localhost", 1)))
                    .build())
        .hasMessageContaining("--route")
        .hasMessageContaining("--party");
    assertThatThrownBy(() -> TaskPlace.parse("pool"))
        .hasMessage("--task-runner: found 'pool', allowed thread or process");
    assertThatThrownBy(() -> TaskPlace.processes().withMemory("much"))
        .hasMessageContaining("--task-memory")
        .hasMessageContaining("'much'");
  }

  private static String get(TestServer server, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.server().url() + path)).GET().build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}

package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.transport.route.SiteAddress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A guest's server, and one of host and arbiter that has rules of its own. */
@Timeout(300)
class PolicyServersTest {

  private static final String STRONG =
      "{\"name\":\"strong keys\",\"type\":\"key_sizes\",\"paillier\":2048}";

  @TempDir Path folder;
  private final int[] ports = new int[2];
  private Path policy;
  private TestServer guest;
  private TestServer host;

  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < ports.length; i++) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        ports[i] = free.getLocalPort();
      }
    }
    policy = folder.resolve("policy.json");
    rules(STRONG);
    guest = server("guest", 0, Set.of("9999"), Set.of("10000", "10001"));
    host = server("host", 1, Set.of("10000", "10001"), Set.of("9999"));
    guest.upload("breast_hetero_guest");
    host.upload("breast_hetero_host");
  }

  @AfterEach
  void stop() {
    guest.close();
    host.close();
  }

  private TestServer server(String name, int number, Set<String> own, Set<String> others)
      throws Exception {
    Map<String, SiteAddress> routes = new java.util.HashMap<>();
    for (String other : others) {
      routes.put(other, new SiteAddress("127.0.0.1", ports[1 - number]));
    }
    if (!Files.exists(folder.resolve(name))) {
      TestIdentity.issue(folder, folder.resolve(name), own, false);
    }
    return TestServer.start(
        TestServer.lasting(folder.resolve(name))
            .ports(0, ports[number])
            .federation(own, routes)
            .policy(number == 1 ? policy : null)
            .build());
  }

  private void rules(String rules) throws Exception {
    Path next =
        Files.writeString(folder.resolve("next"), "{\"version\":1,\"rules\":[" + rules + "]}");
    Files.move(next, policy, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, Object> conf() {
    return TestJobs.with(
        TestJobs.with(TestJobs.demoConf(1), List.of("10001"), "role", "arbiter"),
        1,
        "job_parameters",
        "work_mode");
  }

  private static List<Map<String, Object>> audit(TestServer server, String action)
      throws Exception {
    return ((List<?>) server.blocking().audit(0, 100, action, "").get("records"))
        .stream().map(PolicyServersTest::fields).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(Object record) {
    return (Map<String, Object>) record;
  }

  private static final String ASK =
      "{\"name\":\"our clients\",\"type\":\"approve\",\"tables\":[\"experiment.*\"]}";

  private static List<String> causes(TestServer server, String job) throws Exception {
    return ((List<?>) server.blocking().explain(job).get("waits"))
        .stream()
            .map(PolicyServersTest::fields)
            .map(wait -> wait.get("cause") + " " + wait.get("role") + ':' + wait.get("party_id"))
            .toList();
  }

  private static void await(String what, java.util.concurrent.Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static String command(TestServer server, int code, String... words) {
    java.io.StringWriter out = new java.io.StringWriter();
    picocli.CommandLine line =
        io.fedflow.server.cli.FedflowCommand.line("test", List.of())
            .setOut(new java.io.PrintWriter(out))
            .setErr(new java.io.PrintWriter(out));
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.addAll(List.of("--server", server.server().url()));
    assertThat(line.execute(all.toArray(String[]::new))).as(out.toString()).isEqualTo(code);
    return out.toString();
  }

  @Test
  void aJobWaitsForAnApproval_overARestart_thenRuns() throws Exception {
    rules(ASK);
    String job = guest.blocking().submit(TestJobs.demoDsl(), conf()).jobId();
    assertThat(causes(host, job)).contains("approval_pending host:10000");
    await(
        "the initiator knows who has to approve",
        () -> causes(guest, job).contains("approval_pending host:10000"));
    for (TestServer each : List.of(host, guest)) {
      assertThat(String.valueOf(each.blocking().explain(job)))
          .contains("policy rule 'our clients' asks for it");
    }
    host.close();
    host = server("host", 1, Set.of("10000", "10001"), Set.of("9999"));
    await(
        "it still has to after the restart",
        () ->
            causes(host, job).contains("approval_pending host:10000")
                && causes(guest, job).contains("approval_pending host:10000"));
    String review = command(host, 0, "job", "review", job);
    assertThat(review)
        .contains(
            "host:10000 in a job of guest:9999",
            "APPROVAL PENDING",
            "reads experiment.breast_hetero_host: 569 rows",
            "runs hetero_lr_0 (HeteroLR) with {",
            "sends ",
            "ciphertext under the key of arbiter",
            "rule our clients (approve): asks");
    assertThat(command(host, 0, "job", "approve", job))
        .contains("job " + job + " approved for host:10000");
    assertThat(guest.ended(job)).containsEntry("status", "success");
    assertThat(command(host, 1, "job", "approve", job)).contains("waits for no approval");
    assertThat(audit(host, "job.approve"))
        .extracting(record -> record.get("outcome") + " " + record.get("subject"))
        .containsExactly("done " + job + " host 10000", "asked " + job + " host 10000");
  }

  @Test
  void aRejection_endsTheJobEverywhere_withPartyReasonAndWho() throws Exception {
    rules(ASK);
    String job = guest.blocking().submit(TestJobs.demoDsl(), conf()).jobId();
    command(host, 0, "job", "reject", job, "--reason", "not this quarter");
    Map<String, Object> end = guest.ended(job);
    assertThat(end).containsEntry("status", "canceled");
    assertThat(String.valueOf(end.get("cause")))
        .startsWith("host:10000 rejected the job: not this quarter (by client at 127.0.0.1)");
    assertThat(host.ended(job)).containsEntry("status", "canceled");
    assertThat(causes(guest, job)).containsExactly("permission_refused host:10000");
    assertThat(audit(host, "job.reject").get(0))
        .containsEntry("outcome", "done")
        .containsEntry("subject", job + " host 10000 not this quarter");
    assertThat(audit(guest, "party.job.stop").get(0)).containsEntry("outcome", "done");
    // Nothing is left to be decided.
    assertThat(command(host, 1, "job", "reject", job, "--party", "host:10000"))
        .contains("does not wait for an approval of host:10000");
  }

  private void assertRefused() {
    assertThatThrownBy(() -> guest.blocking().submit(TestJobs.demoDsl(), conf()))
        .message()
        .contains("does not allow the job: policy rule 'strong keys': hetero_lr_0/encrypt_param")
        .contains("found 1024 bits, allowed 2048 bits or more")
        .containsAnyOf("host:10000", "arbiter:10001");
  }

  @Test
  void aRefusalNamesPartyRuleFoundAndAllowed_andEditsHoldAtOnce() throws Exception {
    assertRefused();
    assertThat(audit(host, "party.job.create"))
        .filteredOn(record -> "refused".equals(record.get("outcome")))
        .isNotEmpty()
        .allSatisfy(
            record -> {
              assertThat(record).containsEntry("kind", "party").containsEntry("name", "9999");
              assertThat(String.valueOf(record.get("identity"))).contains("9999");
              assertThat(String.valueOf(record.get("detail")))
                  .contains("strong keys", "found 1024 bits");
            });
    assertThat(audit(guest, "job.submit").get(0))
        .containsEntry("outcome", "refused")
        .extractingByKey("detail")
        .asString()
        .contains("strong keys");

    rules("{\"name\":\"strong keys\",\"type\":\"key_size\"}");
    assertRefused();
    assertRefused();
    assertThat(audit(host, "policy.load"))
        .extracting(record -> record.get("outcome"))
        .as("told once")
        .containsExactly("refused", "done");

    rules(STRONG.replace("2048", "1024"));
    assertThat(guest.run(TestJobs.demoDsl(), conf())).containsEntry("status", "success");
  }
}

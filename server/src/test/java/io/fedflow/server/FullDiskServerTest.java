package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose disk is full says so, loses nothing, and goes on once there is space. The disk is
 * a small one in memory, in a namespace that Linux lends to users; without, this is skipped.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs a small file system of its own")
class FullDiskServerTest {

  private static final List<String> SMALL_DISK =
      List.of(
          "unshare",
          "--map-root-user",
          "--mount",
          "sh",
          "-c",
          "mount -t tmpfs -o size=32m tmpfs \"$0\" && exec \"$@\"");

  @TempDir Path folder;

  private ServerProcess server;
  private BlockingFlowClient client;

  @Test
  void aFullDiskIsTold_andNothingIsLost() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    List<String> prefix = new ArrayList<>(SMALL_DISK);
    prefix.add(disk.toString());
    assumeThat(works(prefix)).as("namespaces with file systems of their own").isTrue();
    // What must be full is the disk of the database, too.
    server = ServerProcess.startBehind(prefix, disk.resolve("data"), "--database", "");
    assertThat(server.url()).isNotEmpty();
    client = FlowHttpClient.of(server.url()).blocking();
    try {
      upload("breast_hetero_guest");
      upload("breast_hetero_host");
      String before = client.submit(TestJobs.demoDsl(), TestJobs.demoConf(1)).jobId();
      assertThat(end(before)).isEqualTo("success");
      Path real = Path.of("/proc/" + server.process().pid() + "/root" + disk).resolve("filler");

      fill(real);
      assertThatExceptionOfType(FedflowException.class)
          .isThrownBy(() -> client.submit(TestJobs.demoDsl(), TestJobs.demoConf(1)))
          .withMessageContaining("No space left");
      Files.delete(real);

      // What runs when the disk becomes full waits for space, and is told.
      String live = client.submit(TestJobs.demoDsl(), TestJobs.demoConf(1)).jobId();
      fill(real);
      awaitReady(503, "full");
      assertThat(client.explain(live).toString()).contains("full");
      assertThat(client.jobQuery(Map.of("job_id", before))).isNotEmpty();
      Files.delete(real);

      awaitReady(200, "");
      assertThat(end(live)).isEqualTo("success");
      String after = client.submit(TestJobs.demoDsl(), TestJobs.demoConf(1)).jobId();
      assertThat(end(after)).isEqualTo("success");
    } finally {
      server.kill();
    }
  }

  private static boolean works(List<String> prefix) throws InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private void upload(String table) throws Exception {
    Path file = folder.resolve(table + ".csv");
    try (InputStream in =
        TestServer.class.getResourceAsStream("/io/fedflow/server/cli/data/" + table + ".csv")) {
      Files.copy(in, file);
    }
    Map<String, Object> settings =
        Map.of("namespace", TestServer.NAMESPACE, "table_name", table, "head", 1, "partition", 1);
    assertThat(end(client.upload(file, settings).jobId())).isEqualTo("success");
  }

  private Object end(String jobId) throws InterruptedException {
    return client.follow(jobId, 0, news -> {}).data().get("status");
  }

  /** Takes all space that there is, to the last byte. */
  private static void fill(Path filler) throws IOException {
    byte[] piece = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private void awaitReady(int status, String text) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready = HttpRequest.newBuilder(URI.create(server.url() + "/health/ready")).build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      HttpResponse<String> answer = http.send(ready, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == status && answer.body().contains(text)) {
        return;
      }
      assertThat(System.nanoTime()).as("readiness %s: %s", status, answer.body()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}

package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Postgres of its own that syncs to the disk, can be killed, and comes back at its port. */
final class CrashingPostgres implements AutoCloseable {

  private final Path data;
  private EmbeddedPostgres running;
  private final int port;

  CrashingPostgres(Path folder) throws IOException {
    this.data = folder.resolve("data");
    this.running = builder().start();
    this.port = running.getPort();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on");
  }

  String url() {
    return "postgres://postgres:postgres@localhost:" + port + "/postgres";
  }

  /** Kills all its processes at once, so that its next start has to recover. */
  void kill() throws IOException {
    String pid = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.UTF_8).get(0);
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    List<ProcessHandle> all = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    assertThat(postmaster.onExit()).succeedsWithin(1, TimeUnit.MINUTES);
    for (ProcessHandle each : all) {
      assertThat(each.onExit()).succeedsWithin(1, TimeUnit.MINUTES);
    }
    running.close();
  }

  /** Starts it again. */
  void restart() throws IOException {
    running = builder().setPort(port).start();
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}

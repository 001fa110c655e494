package io.fedflow.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.JobRow;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.TestJson;
import io.fedflow.testkit.store.StoreRows;
import io.vertx.core.Vertx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** J1 where it matters: whatever was acknowledged is there after Postgres crashed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the server is crashed by a signal")
class CrashedServerTest {

  @TempDir(cleanup = CleanupMode.ALWAYS)
  Path dir;

  @Test
  void J1_everyAcknowledgedTurn_outlivesACrashOfPostgres() throws Exception {
    Vertx vertx = Vertx.vertx();
    Set<String> acknowledged = new ConcurrentSkipListSet<>();
    try {
      try (EmbeddedPostgres postgres = start()) {
        Stores stores = open(vertx, postgres);
        CompletionStage<Void> last = null;
        for (int i = 0; i < 500; i++) {
          String jobId = "job" + i;
          last = stores.jobs().commit(StoreRows.jobs(StoreRows.job(jobId, StoreRows.GUEST, i)));
          last.thenRun(() -> acknowledged.add(jobId));
        }
        last.toCompletableFuture().get(1, TimeUnit.MINUTES);
        crash();
        stores.close();
      }
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(400);
      try (EmbeddedPostgres postgres = start();
          Stores stores = open(vertx, postgres)) {
        assertThat(jobs(stores)).containsAll(acknowledged);
      }
    } finally {
      vertx.close().await();
    }
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(dir.resolve("data"))
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  /** Ends the server at once, without a shutdown: its next start has to recover. */
  private void crash() throws IOException, InterruptedException {
    String pid =
        Files.readAllLines(dir.resolve("data/postmaster.pid"), StandardCharsets.UTF_8).get(0);
    ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    new ProcessBuilder("kill", "-QUIT", pid).inheritIO().start().waitFor();
    assertThat(server.onExit()).succeedsWithin(1, TimeUnit.MINUTES);
  }

  private static Stores open(Vertx vertx, EmbeddedPostgres postgres) throws Exception {
    String url = "postgres://postgres:postgres@localhost:" + postgres.getPort() + "/postgres";
    return PostgresStores.open(vertx, url, new TestJson())
        .toCompletableFuture()
        .get(1, TimeUnit.MINUTES);
  }

  private static Set<String> jobs(Stores stores) {
    JobQuery all = new JobQuery(List.of(), List.of(), List.of(), Set.of(), true, 0, 100_000);
    Set<String> ids = new TreeSet<>();
    for (JobRow row : stores.jobs().jobs(all).toCompletableFuture().join()) {
      ids.add(row.jobId());
    }
    return ids;
  }
}

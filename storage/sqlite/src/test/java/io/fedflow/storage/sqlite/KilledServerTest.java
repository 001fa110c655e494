package io.fedflow.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.JobRow;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.TestJson;
import io.fedflow.testkit.store.StoreRows;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** J1 where it matters: whatever was acknowledged is there after the process was killed. */
class KilledServerTest {

  private static final int ACKNOWLEDGED = 300;

  @TempDir Path dir;

  @Test
  void J1_everyAcknowledgedTurn_outlivesAKilledProcess() throws Exception {
    Process server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Acknowledging.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Set<String> acknowledged;
    try (BufferedReader lines = server.inputReader()) {
      acknowledged = lines.lines().limit(ACKNOWLEDGED).collect(Collectors.toSet());
    } finally {
      server.destroyForcibly().waitFor();
    }
    assertThat(acknowledged).hasSize(ACKNOWLEDGED);
    try (Stores stores = SqliteStores.open(dir, new TestJson())) {
      List<JobRow> stored =
          stores
              .jobs()
              .jobs(new JobQuery(List.of(), List.of(), List.of(), Set.of(), true, 0, 100_000))
              .toCompletableFuture()
              .join();
      assertThat(stored).extracting(JobRow::jobId).containsAll(acknowledged);
    }
  }

  /** A server that stores jobs and says which are stored, until somebody kills it. */
  static final class Acknowledging {

    private Acknowledging() {}

    public static void main(String[] args) {
      Stores stores = SqliteStores.open(Path.of(args[0]), new TestJson());
      for (int i = 0; ; i++) {
        String jobId = "job" + i;
        var stage = stores.jobs().commit(StoreRows.jobs(StoreRows.job(jobId, StoreRows.GUEST, i)));
        stage.thenRun(() -> System.out.println(jobId));
        if (i % 100 == 99) {
          stage.toCompletableFuture().join();
        }
      }
    }
  }
}

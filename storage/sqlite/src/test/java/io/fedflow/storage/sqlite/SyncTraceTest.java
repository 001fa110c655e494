package io.fedflow.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.TestJson;
import io.fedflow.testkit.store.StoreRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * J1 as the operating system sees it: between two acknowledgements the write-ahead log was synced.
 * Needs strace that may trace a child; without, {@code strace -f -y -e trace=fsync,fdatasync,write
 * -p PID} shows the same of a running server.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "strace traces Linux")
class SyncTraceTest {

  private static final int GROUPS = 15;
  private static final int TURNS_OF_A_GROUP = 40;
  private static final long MINUTES = 3;

  private static final Pattern SYNC = Pattern.compile("(\\d+) +f(?:data)?sync\\(.*-wal>(.*)");
  private static final Pattern SYNCED = Pattern.compile("(\\d+) .*sync resumed>.*= 0$");
  private static final Pattern TOLD = Pattern.compile("\\d+ +write\\(1<.*\"acknowledged.*");

  @TempDir Path dir;

  @Test
  void J1_everyGroupIsSynced_beforeItIsAcknowledged() throws Exception {
    Path trace = dir.resolve("trace.txt");
    assumeThat(traced(trace, "true")).as("strace may trace a child").isTrue();
    assertThat(
            traced(
                trace,
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Acknowledging.class.getName(),
                dir.resolve("store").toString()))
        .isTrue();
    int told = 0;
    boolean synced = false;
    Map<String, Boolean> syncing = new HashMap<>();
    for (String line : Files.readAllLines(trace)) {
      Matcher sync = SYNC.matcher(line);
      Matcher resumed = SYNCED.matcher(line);
      if (sync.matches()) {
        synced |= sync.group(2).endsWith("= 0");
        syncing.put(sync.group(1), sync.group(2).contains("unfinished"));
      } else if (resumed.matches() && syncing.getOrDefault(resumed.group(1), false)) {
        synced = true;
        syncing.remove(resumed.group(1));
      } else if (TOLD.matcher(line).matches()) {
        assertThat(synced).as("a sync before acknowledgement %d", told).isTrue();
        synced = false;
        told++;
      }
    }
    assertThat(told).isEqualTo(GROUPS);
  }

  private static boolean traced(Path trace, String... command) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("strace", "-f", "-y", "-qq", "-e", "trace=fsync,fdatasync,write"));
    all.addAll(List.of("-e", "signal=none", "-s", "64", "-o", trace.toString()));
    all.addAll(List.of(command));
    try {
      Process process =
          new ProcessBuilder(all)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException noStrace) {
      return false;
    }
  }

  /** Stores groups of turns and says after each that all of it is stored. */
  static final class Acknowledging {

    private Acknowledging() {}

    public static void main(String[] args) {
      try (Stores stores = SqliteStores.open(Path.of(args[0]), new TestJson())) {
        for (int group = 0; group < GROUPS; group++) {
          CompletionStage<Void> last = null;
          for (int i = 0; i < TURNS_OF_A_GROUP; i++) {
            String jobId = "job" + group + "-" + i;
            last = stores.jobs().commit(StoreRows.jobs(StoreRows.job(jobId, StoreRows.GUEST, i)));
          }
          last.toCompletableFuture().join();
          System.out.println("acknowledged " + group);
        }
      }
    }
  }
}

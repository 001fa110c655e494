package io.fedflow.storage.sql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fedflow.component.TaskId;
import io.fedflow.data.BlobTexts;
import io.fedflow.data.TableEntry;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelCheckpoints;
import io.fedflow.model.ModelEntry;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.Migrations;
import io.fedflow.testkit.store.StoreRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What backups promise, for every kind of store. */
public abstract class BackupContract {

  private static final long NOW = 1_700_000_000_000L;
  private static final byte[] BYTES = new byte[700_000];

  static {
    new Random(7).nextBytes(BYTES);
  }

  @TempDir Path folder;

  /** Opens the stores of a place; a new name is a new and empty place. */
  protected abstract Stores open(String place) throws Exception;

  /** The snapshot of a place. */
  protected abstract StoreSnapshot snapshot(String place) throws Exception;

  /** A place to restore into. */
  protected abstract RestoreTarget target(String place, int schema) throws Exception;

  @Test
  void whatWasStored_isThereAfterItWasRestored() throws Exception {
    try (Stores stores = open("from")) {
      fill(stores);
    }
    Path file = folder.resolve("one.backup");
    Manifest written = backup("from", file);
    assertThat(written.schema()).isEqualTo(Migrations.all().last());
    assertThat(written.made()).isEqualTo(NOW);
    Map<String, List<String>> before = rows("from");
    assertThat(before.get("job_view")).hasSize(2);
    assertThat(written.rows()).isEqualTo(before.values().stream().mapToInt(List::size).sum());

    restore(file, "to");
    assertThat(rows("to")).isEqualTo(before);
    try (Stores stores = open("to")) {
      assertThat(done(stores.jobs().countJobs(JobQuery.ofJob("j")))).isEqualTo(2L);
      assertThat(done(stores.jobs().search(JobSearch.newest(1))).total()).isEqualTo(2L);
      assertThat(stores.blobs().read("table/t").readAllBytes()).isEqualTo(BYTES);
      assertThat(new BlobTexts(stores.blobs(), "texts").read("other/text")).contains("a text");
      // What counts by itself counts on.
      done(stores.models().put(entry("model/n", new byte[] {3}, stores.blobs())));
      assertThat(done(stores.models().list("v"))).hasSize(2);
    }
  }

  @Test
  void theBackupIsOfOneMoment_thoughTheServerWritesOn() throws Exception {
    try (Stores stores = open("live")) {
      fill(stores);
      try (StoreSnapshot snapshot = snapshot("live")) {
        List<String> first = rowsOf(snapshot, "job_view");
        done(stores.jobs().commit(StoreRows.jobs(StoreRows.job("later", StoreRows.GUEST, NOW))));
        Path file = folder.resolve("live.backup");
        BackupWriter.write(snapshot, file, NOW);
        assertThat(rowsOf(snapshot, "job_view")).isEqualTo(first);
        restore(file, "copy");
        assertThat(rows("copy").get("job_view")).isEqualTo(first);
      }
    }
    assertThat(rows("live").get("job_view")).hasSize(3);
  }

  @Test
  void aBackupOfAnOlderVersion_isRestored_andBroughtUpByTheNextStart() throws Exception {
    int older = Migrations.all().last() - 2;
    try (Stores stores = open("source")) {
      fill(stores);
    }
    try (StoreSnapshot source = snapshot("source");
        RestoreTarget target = target("old", older)) {
      // The table of jobs was the same then.
      List<List<Object>> jobs = new ArrayList<>();
      source.rows("job_view", row -> jobs.add(List.copyOf(row)));
      target.rows("job_view", source.columns("job_view"), jobs);
      target.commit();
    }
    Path file = folder.resolve("old.backup");
    assertThat(backup("old", file).schema()).isEqualTo(older);
    restore(file, "new");
    try (StoreSnapshot snapshot = snapshot("new")) {
      assertThat(snapshot.applied()).hasSize(older);
    }
    try (Stores stores = open("new")) {
      assertThat(done(stores.jobs().search(JobSearch.newest(1))).total()).isEqualTo(2L);
    }
    try (StoreSnapshot snapshot = snapshot("new")) {
      assertThat(snapshot.applied()).hasSize(Migrations.all().last());
    }
  }

  @Test
  void aPlaceThatIsInUse_isNotOverwritten() throws Exception {
    try (Stores stores = open("full")) {
      fill(stores);
    }
    Path file = folder.resolve("full.backup");
    Manifest manifest = backup("full", file);
    Map<String, List<String>> before = rows("full");
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> target("full", manifest.schema()).close())
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("store.not_empty"));
    assertThat(rows("full")).isEqualTo(before);
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> backup("full", file))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("backup.exists"));
  }

  @Test
  void aBackupThatWasDamaged_isRefused_whateverByteItIs() throws Exception {
    try (Stores stores = open("sound")) {
      fill(stores);
    }
    Path file = folder.resolve("sound.backup");
    backup("sound", file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(11);
    for (int round = 0; round < 60; round++) {
      byte[] damaged =
          round % 3 == 0
              ? Arrays.copyOf(whole, random.nextInt(whole.length))
              : flipped(whole, random.nextInt(whole.length), random.nextInt(8));
      Path other = folder.resolve("damaged" + round);
      Files.write(other, damaged);
      try (BackupFile opened = BackupFile.open(other)) {
        // A bit that means nothing, such as one of a time stamp of the ZIP file.
        assertThat(opened.manifest()).as("round %d", round).isEqualTo(manifest(file));
      } catch (FedflowException refusal) {
        assertThat(refusal.code()).as("round %d", round).isEqualTo("backup.damaged");
      }
    }
  }

  @Test
  void whatIsNotCommitted_leavesNothing() throws Exception {
    try (Stores stores = open("source")) {
      fill(stores);
    }
    Path file = folder.resolve("source.backup");
    int schema = backup("source", file).schema();
    try (StoreSnapshot snapshot = snapshot("source");
        RestoreTarget target = target("broken", schema)) {
      List<String> columns = snapshot.columns("job_view");
      snapshot.rows("job_view", row -> target.rows("job_view", columns, List.of(row)));
    }
    restore(file, "broken");
    assertThat(rows("broken")).isEqualTo(rows("source"));
  }

  @Test
  void theCheck_namesWhatIsDamagedOrLacking() throws Exception {
    try (Stores stores = open("checked")) {
      fill(stores);
    }
    try (StoreSnapshot snapshot = snapshot("checked")) {
      StoreCheck.Result sound = StoreCheck.of(snapshot);
      assertThat(sound.findings()).isEmpty();
      assertThat(sound.blobs()).isEqualTo(3);
      assertThat(sound.pending()).isZero();
      assertThat(sound.rows()).containsEntry("job_view", 2L);
    }
    try (Stores stores = open("checked")) {
      stores.blobs().write("table/t", out -> out.write(1));
      stores.blobs().delete("model/m");
    }
    try (StoreSnapshot snapshot = snapshot("checked")) {
      assertThat(StoreCheck.of(snapshot).findings())
          .hasSize(2)
          .anySatisfy(
              found -> assertThat(found).startsWith("table ns t:").contains("not what was stored"))
          .anySatisfy(
              found ->
                  assertThat(found)
                      .startsWith("model v guest 9999 lr:")
                      .contains("cannot be read"));
    }
  }

  @Test
  void theCheck_findsAFlippedBitInEveryKindOfBlob() throws Exception {
    String kept;
    try (Stores stores = open("flipped")) {
      fill(stores);
      ModelCheckpoints checkpoints =
          new ModelCheckpoints(stores.blobs(), InstantSource.system(), UUID::randomUUID);
      checkpoints.store(
          "v", StoreRows.GUEST, 3, "step_3", new ComponentModel("lr", "HeteroLR", "m", Map.of()));
      kept = checkpoints.list("v", StoreRows.GUEST, "lr").get(0).blobKey();
    }
    try (StoreSnapshot snapshot = snapshot("flipped")) {
      assertThat(StoreCheck.of(snapshot).findings()).isEmpty();
    }
    Map<String, String> kinds =
        Map.of(
            "table/t",
            "table ns t: ",
            "model/m",
            "model v guest 9999 lr: ",
            "other/text",
            "blob ",
            kept,
            snapshotNames(kept));
    for (Map.Entry<String, String> kind : kinds.entrySet()) {
      flip("flipped", kind.getKey());
      try (StoreSnapshot snapshot = snapshot("flipped")) {
        assertThat(StoreCheck.of(snapshot).findings())
            .as("a bit of %s", kind.getKey())
            .singleElement()
            .satisfies(found -> assertThat(found).startsWith(kind.getValue()));
      }
      flip("flipped", kind.getKey());
    }
  }

  /** How the check names a kept model: by its step, or by its key where rows list all keys. */
  protected abstract String snapshotNames(String keptModel);

  /** Changes one bit of the last byte of a blob, behind the back of its store. */
  protected abstract void flip(String place, String key) throws Exception;

  private static byte[] flipped(byte[] bytes, int at, int bit) {
    byte[] copy = bytes.clone();
    copy[at] ^= (byte) (1 << bit);
    return copy;
  }

  private static Manifest manifest(Path file) throws IOException {
    try (BackupFile opened = BackupFile.open(file)) {
      return opened.manifest();
    }
  }

  private Manifest backup(String place, Path file) throws Exception {
    try (StoreSnapshot snapshot = snapshot(place)) {
      return BackupWriter.write(snapshot, file, NOW);
    }
  }

  private void restore(Path file, String place) throws Exception {
    try (BackupFile opened = BackupFile.open(file);
        RestoreTarget target = target(place, opened.manifest().schema())) {
      opened.restore(target);
    }
  }

  private Map<String, List<String>> rows(String place) throws Exception {
    try (StoreSnapshot snapshot = snapshot(place)) {
      Map<String, List<String>> all = new TreeMap<>();
      for (String table : snapshot.tables()) {
        all.put(table, rowsOf(snapshot, table));
      }
      return all;
    }
  }

  private static List<String> rowsOf(StoreSnapshot snapshot, String table) throws IOException {
    List<String> rows = new ArrayList<>();
    snapshot.rows(
        table,
        row -> {
          List<Object> shown = new ArrayList<>();
          row.forEach(
              value -> shown.add(value instanceof byte[] raw ? Arrays.hashCode(raw) : value));
          rows.add(shown.toString());
        });
    rows.sort(null);
    return rows;
  }

  private static void fill(Stores stores) throws Exception {
    TaskId task = new TaskId("j", "lr", 0);
    done(
        stores
            .jobs()
            .commit(
                StoreRows.jobs(
                    StoreRows.job("j", StoreRows.GUEST, 1),
                    StoreRows.job("j", StoreRows.HOST, 2))));
    done(stores.jobs().commit(StoreRows.tasks(StoreRows.task(task, StoreRows.GUEST, 1))));
    done(
        stores
            .jobs()
            .commit(StoreRows.coordinations(StoreRows.coordination("j", JobStatus.RUNNING, 1))));
    done(stores.jobs().commit(StoreRows.events(StoreRows.event("j", 1), StoreRows.event("j", 2))));
    stores.blobs().write("table/t", out -> out.write(BYTES));
    new BlobTexts(stores.blobs(), "texts").write("other/text", "a text");
    TableEntry shape = StoreRows.table("ns", "t", NOW);
    done(
        stores
            .tables()
            .put(
                new TableEntry(
                    "ns",
                    "t",
                    shape.schema(),
                    shape.rowCount(),
                    shape.partitions(),
                    "table/t",
                    digest(BYTES),
                    BYTES.length,
                    shape.origin(),
                    NOW,
                    shape.attributes())));
    done(
        stores
            .models()
            .put(entry("model/m", "weights ü".getBytes(StandardCharsets.UTF_8), stores.blobs())));
  }

  private static ModelEntry entry(String key, byte[] bytes, BlobStore blobs) throws IOException {
    blobs.write(key, out -> out.write(bytes));
    ModelEntry shape = StoreRows.model("v", StoreRows.GUEST, key.equals("model/m") ? "lr" : "next");
    return new ModelEntry(
        shape.modelId(),
        shape.modelVersion(),
        shape.party(),
        shape.component(),
        shape.module(),
        shape.alias(),
        key,
        digest(bytes),
        NOW);
  }

  private static String digest(byte[] bytes) {
    MessageDigest digest = BackupWriter.sha256();
    return HexFormat.of().formatHex(digest.digest(bytes));
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}

package io.fedflow.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.data.CsvFormat;
import io.fedflow.data.CsvTables;
import io.fedflow.data.DataManager;
import io.fedflow.data.FileTables;
import io.fedflow.data.StoredDataManager;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.TableEngine;
import io.fedflow.table.Table;
import io.fedflow.testkit.store.KeptBlobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged uploads: each is a table that is whole, or refused in clear words; never half of a table,
 * and no file stays. The profile {@code mutations} tries ten thousand of each kind.
 */
class DamagedUploadsTest {

  private static final int TRIALS = Integer.getInteger("fedflow.mutations", 300);
  private static final long SEED = Long.getLong("fedflow.seed", 1L);

  @TempDir Path folder;

  private final KeptBlobs blobs = new KeptBlobs();
  private TableEngine engine;
  private DataManager data;
  private Path uploads;
  private Path temporary;
  private int refused;
  private int stored;

  @BeforeEach
  void open() throws IOException {
    uploads = Files.createDirectory(folder.resolve("uploads"));
    temporary = Files.createDirectory(folder.resolve("temporary"));
    engine =
        new ParquetProvider()
            .open(
                new TableEngine.Settings(
                    folder.resolve("scratch"), TableEngine.Settings.LEAST_MEMORY));
    data =
        new StoredDataManager(
            MemoryStores.create().tables(),
            engine.store(blobs),
            InstantSource.system(),
            UUID::randomUUID);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void damagedText() throws IOException {
    StringBuilder text = new StringBuilder("id,x0,x1,name\n");
    for (int i = 0; i < 40; i++) {
      text.append("row")
          .append(i)
          .append(',')
          .append(i / 7.0)
          .append(',')
          .append(-i)
          .append(",é\n");
    }
    byte[] whole = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] damaged = damaged(whole, random(trial));
      Optional<Table> table = upload(damaged, "text, trial " + trial);
      if (table.isPresent()) {
        Table expected =
            CsvTables.read(new ByteArrayInputStream(damaged), CsvFormat.standard()).table();
        assertThat(table.get().schema()).isEqualTo(expected.schema());
        assertThat(table.get().ids()).isEqualTo(expected.ids());
      }
    }
    assertBothHappened();
  }

  @Test
  void damagedParquet() throws IOException {
    Path sample =
        SampleFiles.parquet(
            folder.resolve("sample.parquet"),
            "SELECT 'row' || i AS id, i / 7.0 AS x0, -i AS x1, i % 2 = 0 AS y,"
                + " CASE WHEN i % 3 = 0 THEN NULL ELSE 'é' || i END AS name"
                + " FROM range(40) t(i)");
    byte[] whole = Files.readAllBytes(sample);
    for (int trial = 0; trial < TRIALS; trial++) {
      Optional<Table> table = upload(damaged(whole, random(trial)), "Parquet, trial " + trial);
      table.ifPresent(
          found -> assertThat(new HashSet<>(Arrays.asList(found.ids()))).hasSize(found.rowCount()));
    }
    assertBothHappened();
  }

  private static Random random(int trial) {
    return new Random(SEED * 1_000_003 + trial);
  }

  /** One upload; the table if it became one, which is deleted again. */
  private Optional<Table> upload(byte[] bytes, String when) throws IOException {
    Path file = Files.write(uploads.resolve("upload"), bytes);
    Optional<Table> table = Optional.empty();
    try {
      CsvTables.Stored done =
          new FileTables(engine.files(), temporary)
              .store(
                  data,
                  DataManager.StoreRequest.upload("n", "t"),
                  file,
                  () -> Files.newInputStream(file),
                  new FileTables.Reading(CsvFormat.standard(), Optional.empty()));
      Table found = data.read("n", "t");
      assertThat(found.rowCount()).as(when).isEqualTo((int) done.entry().rowCount()).isPositive();
      assertThat(found.schema()).as(when).isEqualTo(done.entry().schema());
      assertThat(data.delete("n", "t").toCompletableFuture().join()).isTrue();
      table = Optional.of(found);
      stored++;
    } catch (FedflowException refusal) {
      assertThat(refusal.kind()).as(when + ": " + refusal).isEqualTo(FailureKind.INVALID);
      assertThat(refusal.code()).as(when).matches("(csv|parquet|table|upload)\\..*");
      assertThat(refusal.getMessage())
          .as(when)
          .containsAnyOf("found", "needs")
          .doesNotContain(folder.toString());
      refused++;
    } catch (RuntimeException | Error bug) {
      throw new AssertionError(when + ", -Dfedflow.seed=" + SEED, bug);
    }
    assertThat(blobs.keys()).as(when).isEmpty();
    assertThat(data.find("n", "t").toCompletableFuture().join()).as(when).isEmpty();
    assertThat(left(temporary)).as(when).isEmpty();
    assertThat(left(folder.resolve("scratch"))).as(when).isEmpty();
    return table;
  }

  private static List<Path> left(Path below) throws IOException {
    if (!Files.exists(below)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals("lock"))
          .toList();
    }
  }

  private void assertBothHappened() {
    assertThat(refused).as("refused of %d", TRIALS).isPositive();
    assertThat(stored).as("stored of %d", TRIALS).isPositive();
  }

  /** One to three changes: bytes changed, dropped, doubled, or the end cut off. */
  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole;
    for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 1; i--) {
      int at = random.nextInt(bytes.length);
      int to = at + 1 + random.nextInt(Math.min(16, bytes.length - at));
      switch (random.nextInt(5)) {
        case 0 -> bytes = joined(bytes, 0, at, to, bytes.length);
        case 1 -> bytes = joined(bytes, 0, to, at, bytes.length);
        case 2 -> bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
        default -> {
          bytes = bytes.clone();
          bytes[at] ^= (byte) (1 + random.nextInt(255));
        }
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int from, int to, int from2, int to2) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, from, to - from);
    out.write(bytes, from2, to2 - from2);
    return out.toByteArray();
  }
}

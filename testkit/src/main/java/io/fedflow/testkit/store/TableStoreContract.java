package io.fedflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.data.TableEntry;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.TableStore;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link TableStore}. */
public abstract class TableStoreContract {

  private static final String KEY = "table/one";

  private final KeptBlobs blobs = new KeptBlobs();
  private TableStore tables;

  /** A store of tables among these blobs. */
  protected abstract TableStore open(BlobStore among) throws Exception;

  /** How many rows of two columns make a table of several files, or of several groups. */
  protected abstract int manyRows();

  /** How many random tables are tried. */
  protected int randomTables() {
    return 60;
  }

  @BeforeEach
  final void openStore() throws Exception {
    tables = open(blobs);
  }

  @Test
  void T1_anyTable_comesBackBitByBit() throws IOException {
    for (int seed = 0; seed < randomTables(); seed++) {
      Table table = RandomTables.of(new Random(seed));
      assertSame(read(write(KEY, table)), table, "seed " + seed);
    }
  }

  @Test
  void T1_manyRowsInGroups_comeBackInTheirOrder() throws IOException {
    int rows = manyRows();
    TableEntry entry =
        RandomTables.entry(
            KEY, RandomTables.NUMBERED, tables.write(KEY, RandomTables.numbered(rows)));
    assertThat(entry.rowCount()).isEqualTo(rows);
    int next = 0;
    try (TableSource source = tables.open(entry)) {
      assertThat(source.schema()).isEqualTo(RandomTables.NUMBERED);
      for (Optional<Table> group = source.next(); group.isPresent(); group = source.next()) {
        for (int i = 0; i < group.get().rowCount(); i++, next++) {
          if (!RandomTables.isNumbered(group.get(), i, next)) {
            throw new AssertionError("another row in the place of row " + next);
          }
        }
      }
      assertThat(source.next()).isEmpty();
    }
    assertThat(next).isEqualTo(rows);
  }

  @Test
  void T1_whatIsToldOfATable_isWhatIsThere() throws IOException {
    Table table = RandomTables.of(new Random(7));
    TableStore.Written written = tables.write(KEY, TableSource.of(table));
    long bytes = 0;
    for (String key : blobs.keys()) {
      assertThat(key.equals(KEY) || key.startsWith(KEY + '/')).as(key).isTrue();
      bytes += blobs.bytes(key).length;
    }
    assertThat(written.byteCount()).isEqualTo(bytes);
    assertThat(written.rowCount()).isEqualTo(table.rowCount());
    assertThat(written.digest()).isEqualTo(RandomTables.sha256(blobs.bytes(KEY)));
  }

  @Test
  void T2_rowsThatThrow_leaveNothing() {
    for (Exception failure : List.of(new IOException("rows"), new IllegalStateException("bug"))) {
      TableSource rows = RandomTables.failing(RandomTables.numbered(manyRows()), failure);
      assertThatThrownBy(() -> tables.write(KEY, rows)).isSameAs(failure);
      assertThat(blobs.keys()).isEmpty();
    }
  }

  @Test
  void T2_aFullDisk_leavesNothing() throws IOException {
    tables.write(KEY, RandomTables.numbered(manyRows()));
    int writes = blobs.keys().size();
    tables.delete(KEY);
    for (int works = 0; works < writes; works++) {
      blobs.failAfter(works);
      assertThatThrownBy(() -> tables.write(KEY, RandomTables.numbered(manyRows())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no space left");
      assertThat(blobs.keys()).as("after %d writes", works).isEmpty();
    }
  }

  @Test
  void T3_aGroupOfAWideTable_isSmall() throws IOException {
    Table wide = RandomTables.wide(1_000, 1_200);
    TableEntry entry = write(KEY, wide);
    try (TableSource source = tables.open(entry)) {
      Table group = source.next().orElseThrow();
      assertThat((long) group.rowCount() * group.columns().size()).isLessThanOrEqualTo(1 << 18);
    }
    assertSame(read(entry), wide, "wide");
  }

  @Test
  void T4_anyDamage_isNoticedByName() throws IOException {
    TableEntry entry =
        RandomTables.entry(
            KEY, RandomTables.NUMBERED, tables.write(KEY, RandomTables.numbered(3_000)));
    for (String key : blobs.keys()) {
      byte[] whole = blobs.bytes(key);
      Random random = new Random(key.hashCode());
      for (int i = 0; i < 60; i++) {
        blobs.spoil(key, RandomTables.damaged(whole, random));
        assertThatExceptionOfType(FedflowException.class)
            .as("%s, damage %d", key, i)
            .isThrownBy(() -> read(entry))
            .satisfies(
                refusal -> {
                  assertThat(refusal.code()).isEqualTo("table.damaged");
                  if (!key.equals(KEY)) {
                    assertThat(refusal).hasMessageContaining(key.substring(KEY.length() + 1));
                  }
                });
      }
      blobs.spoil(key, whole);
    }
    assertThat(read(entry).rowCount()).isEqualTo(3_000);
  }

  @Test
  void T5_aTableWithoutABlob_isUnknown() throws IOException {
    TableEntry entry = write(KEY, RandomTables.of(new Random(1)));
    for (String key : blobs.keys()) {
      byte[] bytes = blobs.bytes(key);
      blobs.delete(key);
      assertThatExceptionOfType(FedflowException.class)
          .isThrownBy(() -> read(entry))
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("blob.unknown"));
      blobs.write(key, out -> out.write(bytes));
    }
  }

  @Test
  void T6_deletion_leavesNothing() throws IOException {
    tables.write(KEY, RandomTables.numbered(manyRows()));
    TableEntry other = write("table/other", RandomTables.of(new Random(2)));
    tables.delete(KEY);
    tables.delete(KEY);
    tables.delete("table/none");
    assertThat(blobs.keys()).allMatch(key -> key.startsWith("table/other")).isNotEmpty();
    read(other);
  }

  @Test
  void manyAtOnce_doNotSeeEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Table table = RandomTables.of(new Random(100 + i));
        String key = "table/" + i;
        work.add(
            () -> {
              assertSame(read(write(key, table)), table, key);
              tables.delete(key);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(blobs.keys()).isEmpty();
  }

  private TableEntry write(String key, Table table) throws IOException {
    return RandomTables.entry(key, table.schema(), tables.write(key, TableSource.of(table)));
  }

  private Table read(TableEntry entry) throws IOException {
    try (TableSource source = tables.open(entry)) {
      return source.collect(Integer.MAX_VALUE);
    }
  }

  private static void assertSame(Table found, Table expected, String when) {
    assertThat(found.schema()).as(when).isEqualTo(expected.schema());
    assertThat(found.ids()).as(when).isEqualTo(expected.ids());
    for (int i = 0; i < expected.columns().size(); i++) {
      if (expected.column(i) instanceof Column.Numbers numbers) {
        assertThat(bits(((Column.Numbers) found.column(i)).values()))
            .as(when)
            .isEqualTo(bits(numbers.values()));
      } else {
        assertThat(((Column.Texts) found.column(i)).values())
            .as(when)
            .isEqualTo(((Column.Texts) expected.column(i)).values());
      }
    }
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}

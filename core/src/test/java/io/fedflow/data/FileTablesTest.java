package io.fedflow.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.data.CsvFormat.Duplicates;
import io.fedflow.data.CsvFormat.RowId;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Refusals;
import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TableFiles;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTablesTest {

  private static final TableSchema SCHEMA =
      new TableSchema(TableKind.RAW, "id", List.of(ColumnSpec.text("row")), ",");

  @TempDir Path folder;

  private final Stores stores = MemoryStores.create();
  private final DataManager data =
      new StoredDataManager(
          stores.tables(), stores.blobs(), InstantSource.system(), UUID::randomUUID);

  /** Reads any file, as groups of rows whose ids are given. */
  private static final class Given implements TableFiles {

    private final List<List<String>> groups;
    private final List<Layout> asked = new ArrayList<>();

    Given(List<List<String>> groups) {
      this.groups = groups;
    }

    @Override
    public boolean reads(Path file) {
      return true;
    }

    @Override
    public TableSource open(Path file, Layout layout) {
      asked.add(layout);
      return new TableSource() {

        private int next;
        private int row;

        @Override
        public TableSchema schema() {
          return SCHEMA;
        }

        @Override
        public Optional<Table> next() {
          if (next == groups.size()) {
            return Optional.empty();
          }
          List<String> ids = groups.get(next++);
          String[] rows = ids.stream().map(id -> Integer.toString(row++)).toArray(String[]::new);
          return Optional.of(
              new Table(SCHEMA, ids.toArray(String[]::new), List.of(new Column.Texts(rows))));
        }

        @Override
        public void close() {
          // Nothing is held.
        }
      };
    }
  }

  private CsvTables.Stored store(TableFiles readers, Path file, CsvFormat format)
      throws IOException {
    return new FileTables(readers, folder)
        .store(
            data,
            DataManager.StoreRequest.upload("n", "t"),
            file,
            () -> Files.newInputStream(file),
            new FileTables.Reading(format, Optional.of("id")));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text);
  }

  @Test
  void ofRowsWithOneId_theLastStaysAtItsPlace() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<List<String>> groups = new ArrayList<>();
      List<String> all = new ArrayList<>();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        List<String> group = new ArrayList<>();
        for (int j = 1 + random.nextInt(8); j > 0; j--) {
          group.add("i" + random.nextInt(20));
        }
        groups.add(group);
        all.addAll(group);
      }
      List<String> expected = new ArrayList<>();
      List<String> rows = new ArrayList<>();
      for (int row = 0; row < all.size(); row++) {
        if (all.lastIndexOf(all.get(row)) == row) {
          expected.add(all.get(row));
          rows.add(Integer.toString(row));
        }
      }
      CsvTables.Stored stored = store(new Given(groups), file("x"), CsvFormat.standard());
      assertThat(stored.replaced()).isEqualTo(all.size() - expected.size());
      Table table = data.read("n", "t");
      assertThat(table.ids()).containsExactlyElementsOf(expected);
      assertThat(((Column.Texts) table.column(0)).values()).containsExactlyElementsOf(rows);
    }
  }

  @Test
  void repeatedIdsAreRefusedWhereTheyMustNotBe() throws IOException {
    Given readers = new Given(List.of(List.of("a", "b"), List.of("a")));
    CsvFormat strict = new CsvFormat(true, ",", RowId.FIRST_COLUMN, Duplicates.REFUSE);
    FedflowException refusal = Refusals.of(() -> store(readers, file("x"), strict), "strict");
    assertThat(refusal.code()).isEqualTo("csv.duplicate");
    assertThat(refusal).hasMessageContaining("data row 3").hasMessageContaining("data row 1");
    assertThat(data.find("n", "t").toCompletableFuture().join()).isEmpty();
  }

  @Test
  void readersAreToldTheLayout() throws IOException {
    Given readers = new Given(List.of(List.of("a")));
    store(readers, file("x"), CsvFormat.standard());
    store(readers, file("x"), new CsvFormat(true, ";", RowId.NUMBERED, Duplicates.LAST_WINS));
    assertThat(readers.asked)
        .containsExactly(
            new TableFiles.Layout(Optional.of("id"), false, false, ","),
            new TableFiles.Layout(Optional.of("id"), true, true, ";"));
  }

  @Test
  void textIsReadAsText() throws IOException {
    assertThat(store(TableFiles.NONE, file("id,x\n1,2\n"), CsvFormat.standard()).entry().rowCount())
        .isEqualTo(1);
  }

  @Test
  void parquetWithoutAReaderIsRefusedByName() throws IOException {
    FedflowException refusal =
        Refusals.of(
            () -> store(TableFiles.NONE, file("PAR1xxxx"), CsvFormat.standard()), "no reader");
    assertThat(refusal.code()).isEqualTo("upload.format");
    assertThat(refusal)
        .hasMessageContaining("Parquet")
        .hasMessageContaining("fedflow-storage-parquet");
  }
}

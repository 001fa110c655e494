package io.fedflow.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.data.StoredDataManager;
import io.fedflow.failure.FedflowException;
import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.TableEngine;
import io.fedflow.spi.TableStore;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import io.fedflow.testkit.store.KeptBlobs;
import io.fedflow.testkit.store.TableStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTableStoreTest extends TableStoreContract {

  @TempDir Path scratch;

  private final List<TableEngine> engines = new ArrayList<>();

  @Override
  protected TableStore open(BlobStore among) {
    TableEngine engine =
        new ParquetEngine(
            new TableEngine.Settings(scratch, TableEngine.Settings.LEAST_MEMORY), 4L << 20);
    engines.add(engine);
    return engine.store(among);
  }

  @Override
  protected int manyRows() {
    // Of about sixty bytes each: two files.
    return 100_000;
  }

  private Table twoFiles() {
    String[] ids = new String[manyRows()];
    double[] numbers = new double[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "id-of-a-person-" + i + '-' + Integer.toHexString(i * 0x9E3779B9);
      numbers[i] = i / 3.0;
    }
    return new Table(
        new TableSchema(TableKind.RAW, "id", List.of(ColumnSpec.feature("x", "x0")), ","),
        ids,
        List.of(new Column.Numbers(numbers)));
  }

  @Test
  void aTableThatIsDeletedBetweenItsFiles_isNamed() throws IOException {
    StoredDataManager data =
        new StoredDataManager(
            MemoryStores.create().tables(),
            open(new KeptBlobs()),
            InstantSource.system(),
            UUID::randomUUID);
    data.store(StoreRequest.upload("n", "t"), twoFiles());
    try (TableSource rows = data.open("n", "t")) {
      assertThat(rows.next()).isPresent();
      data.delete("n", "t").toCompletableFuture().join();
      assertThatExceptionOfType(FedflowException.class)
          .isThrownBy(() -> rows.collect(Integer.MAX_VALUE))
          .withMessage(
              "table n.t was deleted while it was read; what was read before is not all of it")
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("table.deleted"));
    }
  }

  @AfterEach
  void closeEngines() throws IOException {
    // Whatever a test did, its temporary files are gone by now, before the engine ends.
    assertThat(temporaryFiles()).isEmpty();
    engines.forEach(TableEngine::close);
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
  }

  private List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> all = Files.walk(scratch)) {
      return all.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }
}

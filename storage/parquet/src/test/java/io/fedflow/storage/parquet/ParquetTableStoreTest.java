package io.fedflow.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.spi.BlobStore;
import io.fedflow.spi.TableEngine;
import io.fedflow.spi.TableStore;
import io.fedflow.testkit.store.TableStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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

package io.fedflow.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import io.fedflow.data.TableManifest;
import io.fedflow.spi.TableEngine;
import io.fedflow.spi.TableStore;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import io.fedflow.testkit.store.KeptBlobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of tables, read by Apache's implementation instead of the one that wrote them. */
class AnyReaderTest {

  private static final int ROWS = 30_000;

  @TempDir Path folder;

  private static Table table() {
    String[] ids = new String[ROWS];
    double[] numbers = new double[ROWS];
    double[] labels = new double[ROWS];
    String[] texts = new String[ROWS];
    for (int i = 0; i < ROWS; i++) {
      ids[i] = "person-" + i;
      numbers[i] = i % 100 == 0 ? Double.NaN : Math.sin(i);
      labels[i] = i % 2;
      texts[i] = i % 7 == 0 ? "" : "é€" + i % 1000;
    }
    return new Table(
        new TableSchema(
            TableKind.INSTANCE,
            "sid",
            List.of(
                ColumnSpec.feature("x0", "a"),
                new ColumnSpec("y", ColumnSpec.Type.INTEGER, ColumnSpec.Use.LABEL, ""),
                ColumnSpec.text("words")),
            ","),
        ids,
        List.of(new Column.Numbers(numbers), new Column.Numbers(labels), new Column.Texts(texts)));
  }

  /** Rows as maps. */
  private static final class Maps
      implements Hydrator<Map<String, Object>, Map<String, Object>, String> {

    @Override
    public Map<String, Object> start() {
      return new LinkedHashMap<>();
    }

    @Override
    public Map<String, Object> add(Map<String, Object> row, String column, Object value) {
      row.put(column, value);
      return row;
    }

    @Override
    public Map<String, Object> finish(Map<String, Object> row) {
      return row;
    }
  }

  @Test
  void aTable_isReadByAnotherImplementation() throws IOException {
    KeptBlobs blobs = new KeptBlobs();
    Table table = table();
    try (TableEngine engine =
        new ParquetProvider()
            .open(new TableEngine.Settings(folder, TableEngine.Settings.LEAST_MEMORY))) {
      TableStore store = engine.store(blobs);
      store.write("table/a", TableSource.of(table));
    }
    TableManifest manifest = TableManifest.read(new ByteArrayInputStream(blobs.bytes("table/a")));
    int next = 0;
    for (TableManifest.FilePart part : manifest.files()) {
      Path file = folder.resolve(part.name());
      Files.write(file, blobs.bytes(part.key("table/a")));
      try (Stream<Map<String, Object>> rows =
          ParquetReader.streamContent(file.toFile(), new Maps(), path -> String.join(".", path))) {
        for (Map<String, Object> row : (Iterable<Map<String, Object>>) rows::iterator) {
          assertRow(row, table, next++);
        }
      }
    }
    assertThat(next).isEqualTo(ROWS);
  }

  private static void assertRow(Map<String, Object> row, Table table, int at) {
    assertThat(row.keySet()).containsExactly("sid", "x0", "y", "words");
    assertThat(row.get("sid")).isEqualTo(table.ids()[at]);
    assertThat(row.get("x0")).isEqualTo(table.numbers("x0")[at]);
    assertThat(row.get("y")).isEqualTo(table.numbers("y")[at]);
    assertThat(row.get("words")).isEqualTo(table.column(2).textAt(at));
  }
}

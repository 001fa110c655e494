package io.fedflow.transport.http.v1;

import io.fedflow.data.DataManager;
import io.fedflow.dsl.TableRef;
import io.fedflow.spi.JsonCodec;
import io.fedflow.table.TableSource;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Tables of any size as pairs of a CSV file and a file with the header. Blocking. */
final class DataArchive {

  private final DataManager data;
  private final Path staging;
  private final JsonCodec codec = new JacksonJsonCodec();

  DataArchive(DataManager data, Path staging) {
    this.data = data;
    this.staging = staging;
  }

  /**
   * Packs tables.
   *
   * @param tables by the names of their files
   * @param head whether a CSV file begins with the header
   * @param most how many rows of each table
   */
  Path pack(Map<String, TableRef> tables, boolean head, int most) throws IOException {
    try (TarGz archive = new TarGz(staging)) {
      for (Map.Entry<String, TableRef> table : tables.entrySet()) {
        TableRef stored = table.getValue();
        try (TableSource rows = data.open(stored.namespace(), stored.name());
            Writer csv = Files.newBufferedWriter(archive.file(table.getKey() + ".csv"))) {
          TableText text = new TableText(rows.schema());
          text.writeCsv(csv, rows, head, most);
          Files.writeString(
              archive.file(table.getKey() + ".meta"), codec.write(Map.of("header", text.header())));
        }
      }
      return archive.pack();
    }
  }
}

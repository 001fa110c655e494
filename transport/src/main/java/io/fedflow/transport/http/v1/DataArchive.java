package io.fedflow.transport.http.v1;

import io.fedflow.data.DataManager;
import io.fedflow.spi.JsonCodec;
import io.fedflow.tracking.OutputData;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Output tables as pairs of a CSV file and a file with the header. Blocking. */
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
   * @param head whether a CSV file begins with the header
   * @param most how many rows of each table
   */
  Path pack(List<OutputData> outputs, boolean head, int most) throws IOException {
    try (TarGz archive = new TarGz(staging)) {
      for (OutputData output : outputs) {
        TableText text = new TableText(data.read(output.namespace(), output.name()));
        try (Writer csv = Files.newBufferedWriter(archive.file(output.dataName() + ".csv"))) {
          text.writeCsv(csv, head, most);
        }
        Files.writeString(
            archive.file(output.dataName() + ".meta"),
            codec.write(Map.of("header", text.header())));
      }
      return archive.pack();
    }
  }
}

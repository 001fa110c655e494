package io.fedflow.transport.http.v1;

import io.fedflow.data.DataManager;
import io.fedflow.dsl.TableRef;
import io.fedflow.spi.JsonCodec;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import io.fedflow.transport.http.wire.StreamAnswer;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Tables of any size in a tar.gz archive that is made while it is sent: each as a CSV file, which
 * lies on the disk until then as an entry tells its size first, and a file with the header.
 */
final class DataArchive {

  private final DataManager data;
  private final Path staging;
  private final LongSupplier nanos;
  private final JsonCodec codec = new JacksonJsonCodec();

  DataArchive(DataManager data, Path staging) {
    this(data, staging, System::nanoTime);
  }

  /** The same by another clock. */
  DataArchive(DataManager data, Path staging, LongSupplier nanos) {
    this.data = data;
    this.staging = staging;
    this.nanos = nanos;
  }

  /** A large table takes longer than a connection may be idle: its rows show life. */
  private static TableSource beating(TableSource rows, GzipMembers gzip) {
    return new TableSource() {

      @Override
      public TableSchema schema() {
        return rows.schema();
      }

      @Override
      public Optional<Table> next() throws IOException {
        gzip.beat();
        return rows.next();
      }

      @Override
      public void close() throws IOException {
        rows.close();
      }
    };
  }

  /**
   * An archive of tables, which are looked at first: what is not there is refused before anything
   * is sent. Blocking.
   *
   * @param tables by the names of their files
   * @param head whether a CSV file begins with the header
   * @param most how many rows of each table
   */
  StreamAnswer.Content of(Map<String, TableRef> tables, boolean head, int most) throws IOException {
    for (TableRef table : tables.values()) {
      data.open(table.namespace(), table.name()).close();
    }
    return out -> write(out, tables, head, most);
  }

  private void write(OutputStream out, Map<String, TableRef> tables, boolean head, int most)
      throws IOException {
    GzipMembers gzip = new GzipMembers(out, nanos);
    TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    for (Map.Entry<String, TableRef> table : tables.entrySet()) {
      write(tar, gzip, TarGz.harmless(table.getKey()), table.getValue(), head, most);
    }
    tar.finish();
    tar.close();
  }

  private void write(
      TarArchiveOutputStream tar,
      GzipMembers gzip,
      String name,
      TableRef table,
      boolean head,
      int most)
      throws IOException {
    Path csv = Files.createTempFile(staging, "table-", ".csv");
    try (TableSource rows = data.open(table.namespace(), table.name())) {
      TableText text = new TableText(rows.schema());
      try (Writer lines = Files.newBufferedWriter(csv)) {
        text.writeCsv(lines, beating(rows, gzip), head, most);
      }
      tar.putArchiveEntry(new TarArchiveEntry(csv, name + ".csv"));
      Files.copy(csv, tar);
      tar.closeArchiveEntry();
      byte[] meta = codec.write(Map.of("header", text.header())).getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name + ".meta");
      entry.setSize(meta.length);
      tar.putArchiveEntry(entry);
      tar.write(meta);
      tar.closeArchiveEntry();
    } finally {
      Files.deleteIfExists(csv);
    }
  }
}

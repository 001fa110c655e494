package io.fedflow.storage.parquet;

import io.fedflow.data.Digests;
import io.fedflow.data.TableEntry;
import io.fedflow.data.TableManifest;
import io.fedflow.data.TableManifest.FilePart;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBReadableVector;

/**
 * Reads the files of a table one after the other, each from a copy whose digest was compared before
 * its first row is seen. Owns its session. Used by one thread at a time.
 */
final class PartReader implements TableSource {

  private final DuckSession session;
  private final TableEntry table;
  private final TableManifest manifest;
  private final BlobStore blobs;
  private final Iterator<FilePart> left;
  private FilePart part;
  private Path copy;
  private Batches batches;
  private long rows;
  private boolean closed;

  PartReader(DuckSession session, TableEntry table, TableManifest manifest, BlobStore blobs) {
    this.session = session;
    this.table = table;
    this.manifest = manifest;
    this.blobs = blobs;
    this.left = manifest.files().iterator();
  }

  @Override
  public TableSchema schema() {
    return manifest.schema();
  }

  @Override
  public Optional<Table> next() throws IOException {
    if (closed) {
      throw new IOException("the table is closed");
    }
    while (true) {
      if (batches == null) {
        if (!left.hasNext()) {
          return Optional.empty();
        }
        begin(left.next());
      }
      if (batches.advance()) {
        rows += batches.size();
        return Optional.of(group());
      }
      end();
    }
  }

  private void begin(FilePart next) throws IOException {
    part = next;
    rows = 0;
    copy = session.newFile();
    MessageDigest digest = Digests.sha256();
    try (InputStream in = new DigestInputStream(blobs.read(part.key(table.blobKey())), digest)) {
      Files.copy(in, copy);
    }
    if (!Digests.hex(digest).equals(part.digest()) || Files.size(copy) != part.bytes()) {
      throw damaged("its digest does not match");
    }
    batches =
        Batches.of(
            session, "SELECT * FROM read_parquet(" + Duck.text(copy.toString()) + ")", columns());
    if (batches.columns() != columns()) {
      throw damaged("it has " + batches.columns() + " columns, its manifest " + columns());
    }
  }

  private int columns() {
    return schema().columns().size() + 1;
  }

  private Table group() {
    String[] ids = texts(batches.column(0));
    List<Column> columns = new ArrayList<>();
    int at = 1;
    for (ColumnSpec spec : schema().columns()) {
      DuckDBReadableVector values = batches.column(at++);
      columns.add(
          spec.type() == ColumnSpec.Type.TEXT
              ? new Column.Texts(texts(values))
              : new Column.Numbers(numbers(values)));
    }
    return new Table(schema(), ids, columns);
  }

  private String[] texts(DuckDBReadableVector values) {
    String[] texts = new String[batches.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = values.getString(batches.first() + i);
    }
    return texts;
  }

  private double[] numbers(DuckDBReadableVector values) {
    double[] numbers = new double[batches.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.getDouble(batches.first() + i);
    }
    return numbers;
  }

  private void end() throws IOException {
    batches.close();
    batches = null;
    session.drop(copy);
    if (rows != part.rows()) {
      throw damaged("it has " + rows + " rows, its manifest " + part.rows());
    }
  }

  private FedflowException damaged(String why) {
    return FedflowException.invalid(
        "table.damaged",
        ParquetTableStore.named(table)
            + " is damaged: file "
            + part.name()
            + ": "
            + why
            + "; upload the table again");
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (batches != null) {
        batches.close();
      }
    } finally {
      session.close();
    }
  }
}

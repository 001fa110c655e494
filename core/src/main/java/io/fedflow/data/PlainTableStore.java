package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.TableStore;
import io.fedflow.table.Table;
import io.fedflow.table.TableSource;
import io.fedflow.table.TableWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.Optional;

/** Tables in the plain format of the core, one blob each. Thread-safe. */
public final class PlainTableStore implements TableStore {

  private final BlobStore blobs;

  /** Tables among these blobs. */
  public PlainTableStore(BlobStore blobs) {
    this.blobs = blobs;
  }

  @Override
  public Written write(String key, TableSource rows) throws IOException {
    Content content = new Content(rows);
    blobs.write(key, content);
    return new Written(content.rowCount, content.counted.digest, content.counted.bytes);
  }

  /** Rows on their way into a blob, and what is known of them afterwards. */
  private static final class Content implements BlobStore.Content {

    private final TableSource rows;
    private final Digests.Counted counted = new Digests.Counted();
    private int rowCount;

    Content(TableSource rows) {
      this.rows = rows;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      DigestOutputStream digesting =
          new DigestOutputStream(counted.counting(out), Digests.sha256());
      TableWriter writer = new TableWriter(rows.schema(), digesting);
      for (Optional<Table> group = rows.next(); group.isPresent(); group = rows.next()) {
        writer.write(group.get());
      }
      writer.finish();
      rowCount = writer.rowCount();
      counted.digest = Digests.hex(digesting.getMessageDigest());
    }
  }

  @Override
  public TableSource open(TableEntry table) throws IOException {
    InputStream in = new BufferedInputStream(blobs.read(table.blobKey()));
    try {
      if (TableManifest.beginsAsOne(in)) {
        throw FedflowException.invalid(
            "table.layout",
            "table "
                + table.namespace()
                + "."
                + table.name()
                + " is kept in files of another layout than this site can read; start it with the"
                + " library that wrote them (fedflow-storage-parquet), or upload the table again");
      }
      return new VerifiedRows(in, table);
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  /** Tables of other layouts are deleted, too: their manifest names their files. */
  @Override
  public void delete(String key) throws IOException {
    TableManifest.deleteFiles(blobs, key);
    blobs.delete(key);
  }
}

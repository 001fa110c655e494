package io.fedflow.storage.parquet;

import io.fedflow.data.Digests;
import io.fedflow.data.PlainTableStore;
import io.fedflow.data.TableEntry;
import io.fedflow.data.TableManifest;
import io.fedflow.data.TableManifest.FilePart;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.TableStore;
import io.fedflow.table.Table;
import io.fedflow.table.TableSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Tables as Parquet files of some hundred thousand rows, each a blob beside the manifest. Tables in
 * the plain format are read, too. Thread-safe.
 */
final class ParquetTableStore implements TableStore {

  static final String LAYOUT = "parquet";

  private static final System.Logger LOG = System.getLogger(ParquetTableStore.class.getName());

  private final BlobStore blobs;
  private final PlainTableStore plain;
  private final Duck duck;
  private final long partBytes;

  ParquetTableStore(BlobStore blobs, Duck duck, long partBytes) {
    this.blobs = blobs;
    this.plain = new PlainTableStore(blobs);
    this.duck = duck;
    this.partBytes = partBytes;
  }

  @Override
  public Written write(String key, TableSource rows) throws IOException {
    BlobStore.checkKey(key);
    List<FilePart> files = new ArrayList<>();
    try {
      try (PartWriter writer =
          new PartWriter(duck.session(), rows.schema(), blobs, key, partBytes, files::add)) {
        for (Optional<Table> group = rows.next(); group.isPresent(); group = rows.next()) {
          writer.add(group.get());
        }
        writer.finish();
      }
      TableManifest manifest = new TableManifest(LAYOUT, rows.schema(), files);
      byte[] bytes = manifest.toBytes();
      blobs.write(key, out -> out.write(bytes));
      MessageDigest digest = Digests.sha256();
      return new Written(
          manifest.rowCount(),
          HexFormat.of().formatHex(digest.digest(bytes)),
          bytes.length + files.stream().mapToLong(FilePart::bytes).sum());
    } catch (IOException | RuntimeException | Error failed) {
      files.forEach(file -> deleteQuietly(file.key(key)));
      throw failed;
    }
  }

  private void deleteQuietly(String key) {
    try {
      blobs.delete(key);
    } catch (IOException | RuntimeException stays) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "blob " + key + " is not needed, but stays: " + stays.getMessage());
    }
  }

  @Override
  public TableSource open(TableEntry table) throws IOException {
    TableManifest manifest;
    try (InputStream in = new BufferedInputStream(blobs.read(table.blobKey()))) {
      if (!TableManifest.beginsAsOne(in)) {
        return plain.open(table);
      }
      manifest = verified(in, table);
    }
    if (!manifest.layout().equals(LAYOUT)) {
      throw FedflowException.invalid(
          "table.layout",
          named(table)
              + " is kept in the layout "
              + manifest.layout()
              + ", allowed "
              + LAYOUT
              + "; upload it again");
    }
    return new PartReader(duck.session(), table, manifest, blobs);
  }

  private static TableManifest verified(InputStream in, TableEntry table) throws IOException {
    byte[] bytes = in.readAllBytes();
    String digest = HexFormat.of().formatHex(Digests.sha256().digest(bytes));
    if (!digest.equals(table.digest())) {
      throw FedflowException.invalid(
          "table.damaged",
          named(table) + " is damaged: the digest of its manifest does not match; upload it again");
    }
    return TableManifest.read(new ByteArrayInputStream(bytes));
  }

  static String named(TableEntry table) {
    return "table " + table.namespace() + "." + table.name();
  }

  @Override
  public void delete(String key) throws IOException {
    plain.delete(key);
  }
}

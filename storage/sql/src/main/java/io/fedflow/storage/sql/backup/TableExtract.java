package io.fedflow.storage.sql.backup;

import io.fedflow.data.TableManifest;
import io.fedflow.data.TableManifest.FilePart;
import io.fedflow.failure.FedflowException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Takes the files of a table out of a store, for programs that read them by themselves. */
public final class TableExtract {

  private TableExtract() {}

  /**
   * Copies the files of a table that is kept in files, each compared with its digest.
   *
   * @param folder is made if it is missing; none of the files may be there
   * @return the files, in the order of their rows
   * @throws FedflowException {@code table.unknown}, {@code table.damaged}, or {@code table.layout}
   *     if the table is kept in the plain format, which no other program reads; what was copied is
   *     deleted again
   */
  public static List<Path> of(StoreSnapshot snapshot, String namespace, String name, Path folder)
      throws IOException {
    String key = key(snapshot, namespace, name);
    TableManifest manifest;
    try (InputStream in = new BufferedInputStream(snapshot.blob(key))) {
      if (!TableManifest.beginsAsOne(in)) {
        throw FedflowException.invalid(
            "table.layout",
            "table "
                + namespace
                + "."
                + name
                + " is kept in the plain format, which other programs do not read; download it, or"
                + " upload it again to a server with --tables parquet");
      }
      manifest = TableManifest.read(in);
    }
    Files.createDirectories(folder);
    List<Path> copied = new ArrayList<>();
    try {
      for (FilePart part : manifest.files()) {
        Path file = folder.resolve(part.name());
        if (Files.exists(file)) {
          throw new FileAlreadyExistsException(file.toString());
        }
        copied.add(file);
        copy(snapshot, key, part, file);
      }
      return copied;
    } catch (IOException | RuntimeException failed) {
      for (Path file : copied) {
        Files.deleteIfExists(file);
      }
      throw failed;
    }
  }

  private static String key(StoreSnapshot snapshot, String namespace, String name)
      throws IOException {
    List<String> columns = snapshot.columns("table_entry");
    int key = columns.indexOf("blob_key");
    List<String> found = new ArrayList<>();
    snapshot.rows(
        "table_entry",
        row -> {
          if (namespace.equals(row.get(columns.indexOf("namespace")))
              && name.equals(row.get(columns.indexOf("name")))) {
            found.add((String) row.get(key));
          }
        });
    if (found.isEmpty()) {
      throw FedflowException.invalid(
          "table.unknown",
          "table " + namespace + "." + name + " is unknown here; correct namespace and name");
    }
    return found.get(0);
  }

  private static void copy(StoreSnapshot snapshot, String key, FilePart part, Path file)
      throws IOException {
    MessageDigest digest = BackupWriter.sha256();
    try (InputStream in = new DigestInputStream(snapshot.blob(part.key(key)), digest)) {
      Files.copy(in, file);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(part.digest())) {
      throw FedflowException.invalid(
          "table.damaged",
          "file " + part.name() + " is damaged: its digest does not match; upload the table again");
    }
  }
}

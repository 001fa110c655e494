package io.fedflow.storage.sql.backup;

import io.fedflow.failure.FedflowException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A backup that was verified: every entry is as the manifest says, and there is no other. For one
 * thread.
 */
public final class BackupFile implements AutoCloseable {

  private static final int BUFFER = 1 << 16;
  private static final int ROWS_TOGETHER = 500;
  private static final int BYTES_TOGETHER = 8 << 20;
  private static final int LONGEST_MANIFEST = 256 << 20;

  private final ZipFile zip;
  private final Manifest manifest;

  private BackupFile(ZipFile zip, Manifest manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Opens and verifies a backup; reads all of it.
   *
   * @throws FedflowException {@code backup.damaged} naming the first entry that is not as it was
   *     written
   */
  public static BackupFile open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException noZip) {
      throw Manifest.damaged(file + " is not whole, or no backup (" + noZip.getMessage() + ")");
    }
    try {
      Manifest manifest = manifest(zip);
      verify(zip, manifest);
      return new BackupFile(zip, manifest);
    } catch (ZipException broken) {
      zip.close();
      throw Manifest.damaged(broken.getMessage());
    } catch (IOException | RuntimeException failed) {
      zip.close();
      throw failed;
    }
  }

  /** What it holds. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * Restores everything; the target is committed only at the end.
   *
   * @throws FedflowException {@code backup.kind} if the target is another kind of store
   */
  public void restore(RestoreTarget target) throws IOException {
    if (!target.kind().equals(manifest.kind())) {
      throw FedflowException.invalid(
          "backup.kind",
          "the backup is of a store of the kind "
              + manifest.kind()
              + ", it cannot be restored into one of the kind "
              + target.kind());
    }
    for (Manifest.Entry entry : manifest.entries()) {
      try (InputStream in = content(zip, entry.name())) {
        if (entry.name().startsWith(Manifest.BLOBS)) {
          target.blob(entry.name().substring(Manifest.BLOBS.length()), in);
        } else {
          rows(target, entry.name().substring(Manifest.ROWS.length()), in);
        }
      }
    }
    target.commit();
  }

  private static void rows(RestoreTarget target, String table, InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int count = Math.toIntExact((Long) RowCodec.read(data, 1).get(0));
    List<String> columns =
        RowCodec.read(data, count).stream().map(column -> (String) column).toList();
    List<List<Object>> rows = new ArrayList<>();
    long bytes = 0;
    for (List<Object> row = RowCodec.read(data, count);
        row != null;
        row = RowCodec.read(data, count)) {
      rows.add(row);
      bytes += size(row);
      if (rows.size() == ROWS_TOGETHER || bytes > BYTES_TOGETHER) {
        target.rows(table, columns, rows);
        rows = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!rows.isEmpty()) {
      target.rows(table, columns, rows);
    }
  }

  private static long size(List<Object> row) {
    long bytes = 0;
    for (Object value : row) {
      bytes +=
          value instanceof byte[] raw ? raw.length : value instanceof String s ? s.length() : 8;
    }
    return bytes;
  }

  private static Manifest manifest(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.NAME);
    if (entry == null) {
      throw Manifest.damaged("it has no " + Manifest.NAME);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(LONGEST_MANIFEST);
      return Manifest.parse(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static void verify(ZipFile zip, Manifest manifest) throws IOException {
    Set<String> named = new HashSet<>();
    for (Manifest.Entry entry : manifest.entries()) {
      if (!named.add(entry.name())) {
        throw Manifest.damaged(entry.name() + " is named twice");
      }
      verify(zip, entry);
    }
    zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> !name.equals(Manifest.NAME) && !named.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw Manifest.damaged("its manifest does not name the entry " + name);
            });
  }

  private static void verify(ZipFile zip, Manifest.Entry entry) throws IOException {
    MessageDigest digest = BackupWriter.sha256();
    long bytes = 0;
    try (InputStream in = new DigestInputStream(content(zip, entry.name()), digest)) {
      byte[] buffer = new byte[BUFFER];
      // Not a byte more than it should have: what it claims to be compressed from may be endless.
      for (int read = in.read(buffer); read > 0 && bytes <= entry.bytes(); read = in.read(buffer)) {
        bytes += read;
      }
    } catch (ZipException broken) {
      throw Manifest.damaged(entry.name() + " cannot be unpacked (" + broken.getMessage() + ")");
    }
    if (bytes != entry.bytes()
        || !HexFormat.of().formatHex(digest.digest()).equals(entry.digest())) {
      throw Manifest.damaged(entry.name() + " is not what was written (its digest differs)");
    }
  }

  private static InputStream content(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw Manifest.damaged("it lacks " + name);
    }
    return new BufferedInputStream(zip.getInputStream(entry), BUFFER);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}

package io.fedflow.storage.sql.backup;

import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.Migration;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes backups: ZIP files whose last entry tells what the others must be. */
public final class BackupWriter {

  private static final int BUFFER = 1 << 16;

  private final ZipOutputStream zip;
  private final List<Manifest.Entry> entries = new ArrayList<>();

  private BackupWriter(ZipOutputStream zip) {
    this.zip = zip;
  }

  /**
   * Writes a backup. The file appears under its name when it is whole and on the disk; only the
   * owner may read it.
   *
   * @param file must not exist
   * @param now epoch milliseconds
   * @throws FedflowException {@code backup.exists} if there is such a file
   */
  public static Manifest write(StoreSnapshot snapshot, Path file, long now) throws IOException {
    if (Files.exists(file)) {
      throw FedflowException.invalid(
          "backup.exists", file + " exists already; name a file that does not");
    }
    Path folder = file.toAbsolutePath().getParent();
    Path unfinished =
        folder.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? Files.createTempFile(
                folder,
                "fedflow-backup",
                ".unfinished",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createTempFile(folder, "fedflow-backup", ".unfinished");
    try {
      Manifest manifest;
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        ZipOutputStream zip =
            new ZipOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
        zip.setLevel(Deflater.BEST_SPEED);
        manifest = new BackupWriter(zip).write(snapshot, now);
        zip.finish();
        zip.flush();
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private Manifest write(StoreSnapshot snapshot, long now) throws IOException {
    List<Migration.Applied> applied = snapshot.applied();
    int schema = applied.isEmpty() ? 0 : applied.get(applied.size() - 1).number();
    for (String table : snapshot.tables()) {
      List<String> columns = snapshot.columns(table);
      entry(
          Manifest.ROWS + table,
          out -> {
            long[] rows = {0};
            DataOutputStream data = new DataOutputStream(out);
            RowCodec.write(data, List.of((long) columns.size()));
            RowCodec.write(data, columns);
            snapshot.rows(
                table,
                row -> {
                  RowCodec.write(data, row);
                  rows[0]++;
                });
            data.flush();
            return rows[0];
          });
    }
    snapshot.blobs(
        (name, content) ->
            entry(
                Manifest.BLOBS + name,
                out -> {
                  content.transferTo(out);
                  return 0;
                }));
    Manifest manifest = new Manifest(snapshot.kind(), schema, now, entries);
    zip.putNextEntry(new ZipEntry(Manifest.NAME));
    zip.write(manifest.text().getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    return manifest;
  }

  private void entry(String name, Content content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Measured measured = new Measured(zip);
    BufferedOutputStream buffered = new BufferedOutputStream(measured, BUFFER);
    long rows = content.writeTo(buffered);
    buffered.flush();
    zip.closeEntry();
    entries.add(new Manifest.Entry(name, measured.hex(), measured.bytes, rows));
  }

  /** Writes an entry and tells how many rows it has. */
  @FunctionalInterface
  private interface Content {
    long writeTo(OutputStream out) throws IOException;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Counts and digests what goes through. */
  private static final class Measured extends FilterOutputStream {

    private final MessageDigest digest = sha256();
    private long bytes;

    Measured(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int length) throws IOException {
      out.write(data, from, length);
      digest.update(data, from, length);
      bytes += length;
    }

    String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}

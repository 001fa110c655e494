package io.fedflow.storage.sqlite;

import io.fedflow.spi.BlobStore;
import io.fedflow.spi.StoreRules;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Blobs as files of a folder. A file is named by the digest of its key: keys may nest, differ in
 * case only or be longer than names of files may be. Thread-safe.
 */
final class FolderBlobStore implements BlobStore {

  private static final int BUFFER = 1 << 16;
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{2}/[0-9a-f]{62}");

  private final Path dir;
  private final Path unfinished;

  private FolderBlobStore(Path dir) {
    this.dir = dir;
    this.unfinished = dir.resolve("unfinished");
  }

  /** Opens a folder and drops what a crash left unfinished. */
  static FolderBlobStore open(Path dir) throws IOException {
    FolderBlobStore store = new FolderBlobStore(dir);
    Files.createDirectories(store.unfinished);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(store.unfinished)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
    return store;
  }

  /** Opens a folder that another process may be writing to, to read only. */
  static FolderBlobStore reading(Path dir) {
    return new FolderBlobStore(dir);
  }

  /** The files of all blobs; to be closed. */
  Stream<Path> files() throws IOException {
    if (!Files.isDirectory(dir)) {
      return Stream.of();
    }
    return Files.find(
        dir,
        2,
        (file, attributes) ->
            attributes.isRegularFile()
                && NAME.matcher(file.getParent().getFileName() + "/" + file.getFileName())
                    .matches());
  }

  /**
   * Puts a file back that {@link #files} gave.
   *
   * @param name the name of its folder and its own, without a stroke
   */
  void restore(String name, InputStream content) throws IOException {
    if (!NAME.matcher(name.length() < 2 ? "" : named(name)).matches()) {
      throw new IOException("a blob of the name " + name + ", which no blob has");
    }
    write(dir.resolve(named(name)), content::transferTo);
  }

  private static String named(String digest) {
    return digest.substring(0, 2) + '/' + digest.substring(2);
  }

  @Override
  public void write(String key, Content content) throws IOException {
    write(file(key), content);
  }

  private void write(Path target, Content content) throws IOException {
    Path temporary = Files.createTempFile(unfinished, "blob", "");
    try {
      fill(temporary, content);
      if (!Files.isDirectory(target.getParent())) {
        Files.createDirectories(target.getParent());
        sync(dir);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      sync(target.getParent());
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public InputStream read(String key) throws IOException {
    try {
      return new BufferedInputStream(Files.newInputStream(file(key)), BUFFER);
    } catch (NoSuchFileException e) {
      throw StoreRules.unknownBlob(key);
    }
  }

  @Override
  public long size(String key) throws IOException {
    try {
      return Files.size(file(key));
    } catch (NoSuchFileException e) {
      throw StoreRules.unknownBlob(key);
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(file(key));
  }

  private static void fill(Path file, Content content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(
              new FilterOutputStream(Channels.newOutputStream(channel)) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                  out.write(bytes, from, length);
                }

                @Override
                public void close() {
                  // The bytes still have to be synced: only this store closes its files.
                }
              },
              BUFFER);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Makes a new name in a folder durable. */
  static void sync(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // Only there may folders be opened; elsewhere the file system orders renames by itself.
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private Path file(String key) {
    BlobStore.checkKey(key);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      String name = HexFormat.of().formatHex(digest);
      return dir.resolve(named(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

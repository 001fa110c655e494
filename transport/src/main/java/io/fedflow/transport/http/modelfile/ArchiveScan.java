package io.fedflow.transport.http.modelfile;

import io.fedflow.data.Digests;
import io.fedflow.failure.FedflowException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads a model file from its begin to its end, entry by entry, without trusting a header: nothing
 * is unpacked to the disk, and what is counted is what really comes out. Not thread-safe.
 */
final class ArchiveScan {

  private static final int BUFFER = 64 << 10;

  private final Path file;
  private final ArchiveLimits limits;
  private final long fileBytes;
  private long total;

  ArchiveScan(Path file, ArchiveLimits limits) throws IOException {
    this.file = file;
    this.limits = limits;
    this.fileBytes = Files.size(file);
    if (fileBytes > limits.fileBytes()) {
      throw refused(
          "found a file of " + fileBytes + " bytes, allowed at most " + limits.fileBytes());
    }
  }

  /** What is done with the entries. */
  interface Visitor {
    /** Whether the bytes of an entry are wanted; others are only counted. */
    boolean wants(String name);

    /** Takes the bytes of a wanted entry. */
    void take(String name, byte[] content);
  }

  /** Reads everything and gives the digest of every entry, in order. */
  Map<String, String> run(Visitor visitor) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    total = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = checked(entry);
        if (digests.size() == limits.entries()) {
          throw refused("found more than " + limits.entries() + " entries, allowed that many");
        }
        if (digests.containsKey(name)) {
          throw refused("found the entry " + name + " twice, allowed once");
        }
        MessageDigest digest = Digests.sha256();
        if (visitor.wants(name)) {
          ByteArrayOutputStream content = new ByteArrayOutputStream();
          copy(zip, digest, content);
          visitor.take(name, content.toByteArray());
        } else {
          copy(zip, digest, OutputStream.nullOutputStream());
        }
        digests.put(name, Digests.hex(digest));
      }
    } catch (ZipException | EOFException | IllegalArgumentException damaged) {
      // The zip's reader tells malformed names of entries by IllegalArgumentException.
      throw refused("found no whole zip file: " + damaged.getMessage());
    }
    if (digests.isEmpty()) {
      throw refused("found no zip file, or one without entries");
    }
    return digests;
  }

  /** Names are never used as paths; one that looks like a way out is refused all the same. */
  private static String checked(ZipEntry entry) {
    String name = entry.getName();
    boolean allowed =
        name.length() <= 400
            && name.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*");
    if (!allowed) {
      throw refused(
          "found an entry called '"
              + shown(name)
              + "', allowed files in folders, of letters, digits, '_', '-' and '.'");
    }
    return name;
  }

  private void copy(InputStream in, MessageDigest digest, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      size += read;
      total += read;
      if (size > limits.entryBytes()) {
        throw refused("found an entry larger than " + limits.entryBytes() + " bytes");
      }
      if (total > limits.totalBytes()
          || total > ArchiveLimits.SMALL && total / limits.ratio() > fileBytes) {
        throw refused(
            "found "
                + fileBytes
                + " bytes that unpack to more than "
                + (total - 1)
                + ", allowed at most "
                + limits.totalBytes()
                + " and "
                + limits.ratio()
                + " times the file");
      }
      digest.update(buffer, 0, read);
      out.write(buffer, 0, read);
    }
  }

  /** What somebody wrote, short enough for a message and without what disturbs a terminal. */
  static String shown(Object found) {
    String text = String.valueOf(found);
    return (text.length() > 100 ? text.substring(0, 100) + '…' : text)
        .replaceAll("\\p{Cntrl}", "?");
  }

  static FedflowException refused(String why) {
    return FedflowException.invalid("model.archive", "model file: " + why);
  }
}

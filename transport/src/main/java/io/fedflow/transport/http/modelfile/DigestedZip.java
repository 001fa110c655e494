package io.fedflow.transport.http.modelfile;

import io.fedflow.data.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip that remembers the digest of every entry. Not thread-safe. */
final class DigestedZip {

  private final ZipOutputStream zip;
  private final LocalDateTime time;
  private final Map<String, String> digests = new TreeMap<>();

  /**
   * A zip into a stream, which is not closed.
   *
   * @param time what all entries bear, in epoch milliseconds
   */
  DigestedZip(OutputStream out, long time) {
    this.zip = new ZipOutputStream(out);
    this.time = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
  }

  void add(String name, byte[] content) throws IOException {
    MessageDigest digest = Digests.sha256();
    digest.update(content);
    if (digests.put(name, Digests.hex(digest)) != null) {
      throw new IOException("two parts of the model would be called " + name);
    }
    put(name, content);
  }

  /** Adds the last entry, which may hold the digests of all others, and ends the zip. */
  void finish(String name, Function<Map<String, String>, byte[]> content) throws IOException {
    put(name, content.apply(digests));
    zip.finish();
  }

  private void put(String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(time);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}

package io.fedflow.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file of the log line by line. Not thread-safe. */
final class SegmentReader implements Closeable {

  private static final String MAGIC = "fedflow-audit\t1\t";

  /** Longer than any record: every character of its texts escaped. */
  private static final int LONGEST = 1 << 15;

  private final InputStream in;
  private long line;
  private long offset;
  private boolean torn;

  SegmentReader(Path file) throws IOException {
    in = new BufferedInputStream(Files.newInputStream(file));
  }

  /** The first line of a segment that begins after a record. */
  static String header(AuditHead before) {
    return MAGIC + before;
  }

  /** Reads the first line; the record after which the segment begins. Null if it is torn. */
  AuditHead before() throws IOException, Damage {
    String text = text();
    if (text == null) {
      return null;
    }
    try {
      if (text.startsWith(MAGIC)) {
        return AuditHead.parse(text.substring(MAGIC.length()));
      }
    } catch (IllegalArgumentException wrong) {
      // Told below.
    }
    throw new Damage("the first line is not that of an audit log");
  }

  /** The next record; null at the end, and before a last line that was not written whole. */
  AuditRecord next() throws IOException, Damage {
    String text = text();
    if (text == null) {
      return null;
    }
    try {
      return AuditLine.read(text);
    } catch (IllegalArgumentException wrong) {
      throw new Damage("the line is not a record: " + wrong.getMessage());
    }
  }

  /** The number of the line that was read last, from 1. */
  long line() {
    return line;
  }

  /** How many bytes whole lines took so far. */
  long offset() {
    return offset;
  }

  /** Whether the file ends within a line. */
  boolean torn() {
    return torn;
  }

  private String text() throws IOException, Damage {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    long read = 0;
    int b = in.read();
    while (b >= 0 && b != '\n') {
      read++;
      if (read <= LONGEST) {
        bytes.write(b);
      }
      b = in.read();
    }
    if (b < 0) {
      torn = read > 0;
      return null;
    }
    line++;
    offset += read + 1;
    if (read > LONGEST) {
      throw new Damage("the line is longer than any record");
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package io.fedflow.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of a log that grows. Confined to the writer's thread. */
final class AuditSegment implements Closeable {

  private final FileChannel channel;
  private long durable;

  private AuditSegment(FileChannel channel, long durable) {
    this.channel = channel;
    this.durable = durable;
  }

  /** A new file that begins after a record. */
  static AuditSegment create(AuditFolder folder, AuditHead before) throws IOException {
    AuditSegment made = open(folder.segment(before.number() + 1), 0, StandardOpenOption.CREATE);
    try {
      made.append(SegmentReader.header(before) + '\n');
      folder.forceNames();
      return made;
    } catch (IOException failed) {
      made.close();
      throw failed;
    }
  }

  /**
   * A file that is there.
   *
   * @param whole how many bytes of it are whole lines; what follows is dropped
   */
  static AuditSegment reopen(Path file, long whole) throws IOException {
    return open(file, whole, StandardOpenOption.WRITE);
  }

  private static AuditSegment open(Path file, long whole, StandardOpenOption how)
      throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, how);
    try {
      AuditSegment segment = new AuditSegment(channel, whole);
      segment.dropRest();
      return segment;
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  /** Appends lines, durably or not at all: what a failure leaves is dropped before the next. */
  void append(String lines) throws IOException {
    dropRest();
    ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
    long at = durable;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    channel.force(true);
    durable = at;
  }

  /** Takes back everything behind this many bytes. */
  void cut(long bytes) throws IOException {
    durable = bytes;
    dropRest();
  }

  long bytes() {
    return durable;
  }

  private void dropRest() throws IOException {
    if (channel.size() > durable) {
      channel.truncate(durable);
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package io.fedflow.audit;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Writes groups of records into the files of a log. Confined to one thread once opened. */
final class AuditWriter implements Closeable {

  private final AuditFolder folder;
  private final InstantSource clock;
  private final long mostBytes;
  private final FileChannel lock;
  private AuditSegment segment;
  private AuditHead head;

  private AuditWriter(AuditFolder folder, InstantSource clock, long mostBytes, FileChannel lock) {
    this.folder = folder;
    this.clock = clock;
    this.mostBytes = mostBytes;
    this.lock = lock;
  }

  /**
   * Opens the log of a folder, or begins one.
   *
   * @throws FedflowException CONFLICT {@code audit.broken} if the end of the log is not as it was
   *     left, or {@code audit.in-use}
   */
  static AuditWriter open(AuditFolder folder, InstantSource clock, long mostBytes)
      throws IOException {
    Files.createDirectories(folder.path());
    FileChannel lock = lock(folder);
    AuditWriter writer = new AuditWriter(folder, clock, mostBytes, lock);
    try {
      writer.goOn();
      return writer;
    } catch (IOException | RuntimeException failed) {
      writer.close();
      throw failed;
    }
  }

  private static FileChannel lock(AuditFolder folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException here) {
      // Told below.
    }
    channel.close();
    throw new FedflowException(
        FailureKind.CONFLICT,
        "audit.in-use",
        "audit log: found " + folder.path() + " in use by another server, allowed one at a time");
  }

  private void goOn() throws IOException {
    AuditHead told;
    try {
      told = folder.head().orElse(null);
    } catch (Damage damage) {
      throw broken(damage.getMessage());
    }
    List<Path> segments = folder.segments();
    if (told == null) {
      if (!segments.isEmpty()) {
        throw broken("the head is missing, which tells where the log ends");
      }
      folder.head(AuditHead.START);
      told = AuditHead.START;
    }
    head = told;
    if (!segments.isEmpty()) {
      reopen(segments.get(segments.size() - 1), told);
    } else if (told.number() == 0) {
      segment = AuditSegment.create(folder, told);
    } else {
      throw broken("the head names record " + told.number() + ", but there is no file");
    }
  }

  private void reopen(Path last, AuditHead told) throws IOException {
    try (SegmentReader reader = new SegmentReader(last)) {
      AuditHead end = reader.before();
      if (end == null) {
        // The server ended while it began the file.
        if (last.equals(folder.segment(told.number() + 1))) {
          segment = AuditSegment.create(folder, told);
          return;
        }
        throw new Damage("the first line is missing");
      }
      boolean met = end.equals(told);
      long whole = reader.offset();
      for (AuditRecord next = reader.next(); next != null; next = reader.next()) {
        if (next.number() != end.number() + 1 || !AuditLine.fits(end.hash(), next)) {
          throw new Damage("record " + next.number() + " does not follow the one before it");
        }
        end = next.head();
        met |= end.equals(told);
        whole = reader.offset();
      }
      if (!met) {
        throw new Damage(
            "the head names record " + told.number() + ", which is not there as it was written");
      }
      segment = AuditSegment.reopen(last, whole);
      if (!end.equals(told)) {
        folder.head(end);
      }
      head = end;
    } catch (Damage damage) {
      throw broken(last.getFileName() + ": " + damage.getMessage());
    }
  }

  private FedflowException broken(String what) {
    return new FedflowException(
        FailureKind.CONFLICT,
        "audit.broken",
        "audit log in "
            + folder.path()
            + ": "
            + what
            + "; look at it with 'fedflow audit verify', keep the folder as evidence, and move it"
            + " away to begin a new log");
  }

  /**
   * Writes events, all or none.
   *
   * @return their records, durable
   */
  List<AuditRecord> write(List<AuditEvent> events) throws IOException {
    if (segment.bytes() >= mostBytes) {
      AuditSegment next = AuditSegment.create(folder, head);
      segment.close();
      segment = next;
    }
    List<AuditRecord> records = new ArrayList<>(events.size());
    StringBuilder lines = new StringBuilder();
    AuditHead end = head;
    for (AuditEvent event : events) {
      AuditRecord record = AuditLine.next(end, clock.millis(), event);
      records.add(record);
      lines.append(AuditLine.write(record)).append('\n');
      end = record.head();
    }
    long before = segment.bytes();
    segment.append(lines.toString());
    try {
      folder.head(end);
    } catch (IOException failed) {
      // Nobody is told that they are there, so they must not be.
      segment.cut(before);
      throw failed;
    }
    head = end;
    return records;
  }

  AuditHead head() {
    return head;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      if (segment != null) {
        segment.close();
      }
    }
  }
}

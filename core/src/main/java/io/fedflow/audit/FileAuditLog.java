package io.fedflow.audit;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.AuditLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An audit log in the files of a folder. One thread writes: records that wait together are made
 * durable together, and a full file is followed by the next. Another thread reads. What could not
 * be written leaves no record, and the next is tried as if nothing had been. Thread-safe.
 */
public final class FileAuditLog implements AuditLog {

  /** Some ten thousand records: quickly read, and few files. */
  public static final long DEFAULT_FILE_BYTES = 4L << 20;

  private static final Logger LOG = System.getLogger(FileAuditLog.class.getName());

  private static final int MOST_WAITING = 10_000;
  private static final int MOST_TOGETHER = 256;

  private final AuditWriter writer;
  private final AuditReader reader;
  private final Thread thread;
  private final Object door = new Object();
  private final ArrayBlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING + 1);
  private volatile AuditHead head;
  private boolean closed;
  private boolean failing;

  /** An event that waits; without one it is the end. */
  private record Waiting(AuditEvent event, CompletableFuture<AuditRecord> durable) {}

  private FileAuditLog(AuditWriter writer, AuditFolder folder) {
    this.writer = writer;
    this.head = writer.head();
    this.reader = new AuditReader(folder);
    this.thread = new Thread(this::work, "fedflow-audit");
    this.thread.setDaemon(true);
  }

  /** Opens the log of a folder with files of the usual size. */
  public static FileAuditLog open(Path folder, InstantSource clock) throws IOException {
    return open(folder, clock, DEFAULT_FILE_BYTES);
  }

  /**
   * Opens the log of a folder, or begins one; blocking.
   *
   * @param fileBytes how large a file may be before the next is begun
   * @throws FedflowException CONFLICT {@code audit.broken} if the log does not end as it was left,
   *     {@code audit.in-use} if another server has it open
   */
  public static FileAuditLog open(Path folder, InstantSource clock, long fileBytes)
      throws IOException {
    AuditFolder files = new AuditFolder(folder);
    FileAuditLog log = new FileAuditLog(AuditWriter.open(files, clock, fileBytes), files);
    log.thread.start();
    return log;
  }

  @Override
  public CompletionStage<AuditRecord> append(AuditEvent event) {
    CompletableFuture<AuditRecord> durable = new CompletableFuture<>();
    synchronized (door) {
      if (closed) {
        return CompletableFuture.failedStage(gone());
      }
      if (waiting.size() >= MOST_WAITING || !waiting.offer(new Waiting(event, durable))) {
        return CompletableFuture.failedStage(
            new FedflowException(
                FailureKind.EXHAUSTED,
                "audit.full",
                "audit log: found " + MOST_WAITING + " records that wait; ask again later"));
      }
    }
    return durable.minimalCompletionStage();
  }

  @Override
  public CompletionStage<AuditPage> page(AuditQuery query) {
    synchronized (door) {
      return closed ? CompletableFuture.failedStage(gone()) : reader.page(query, this::head);
    }
  }

  @Override
  public AuditHead head() {
    return head;
  }

  @Override
  public void close() {
    synchronized (door) {
      if (!closed) {
        closed = true;
        waiting.add(new Waiting(null, null));
      }
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException stop) {
        // What waits must not get lost.
        interrupted = true;
      }
    }
    reader.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    boolean over = false;
    while (!over) {
      List<Waiting> group = new ArrayList<>();
      try {
        group.add(waiting.take());
      } catch (InterruptedException ignored) {
        // Only close ends this thread.
        continue;
      }
      waiting.drainTo(group, MOST_TOGETHER - 1);
      over = group.removeIf(each -> each.event() == null);
      if (!group.isEmpty()) {
        write(group);
      }
    }
    try {
      writer.close();
    } catch (IOException failed) {
      LOG.log(Level.WARNING, "the audit log could not be closed", failed);
    }
  }

  private void write(List<Waiting> group) {
    try {
      List<AuditRecord> records = writer.write(group.stream().map(Waiting::event).toList());
      head = writer.head();
      failing = false;
      for (int i = 0; i < records.size(); i++) {
        group.get(i).durable().complete(records.get(i));
      }
    } catch (IOException | RuntimeException failed) {
      if (!failing) {
        // Once: a full disk would otherwise fill the server's own log.
        LOG.log(Level.ERROR, "the audit log cannot be written", failed);
        failing = true;
      }
      FedflowException told =
          new FedflowException(
              FailureKind.UNAVAILABLE,
              "audit.io",
              "the audit log cannot be written, and nothing is done without it: "
                  + failed.getMessage(),
              failed);
      group.forEach(each -> each.durable().completeExceptionally(told));
    }
  }

  private static FedflowException gone() {
    return new FedflowException(
        FailureKind.UNAVAILABLE, "audit.closed", "the audit log is closed; the site is going down");
  }
}

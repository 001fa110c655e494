package io.fedflow.audit;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Reads pages of a log on a thread of its own. Thread-safe. */
final class AuditReader {

  private static final int MOST_WAITING = 64;
  private static final int IDLE_SECONDS = 10;

  /** Later pages go on: one question must not hold up the others. */
  private static final int MOST_FILES = 8;

  private final AuditFolder folder;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          AuditReader::daemon);

  AuditReader(AuditFolder folder) {
    this.folder = folder;
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable work) {
    Thread made = new Thread(work, "fedflow-audit-reader");
    made.setDaemon(true);
    return made;
  }

  CompletionStage<AuditPage> page(AuditQuery query, Supplier<AuditHead> head) {
    try {
      return CompletableFuture.supplyAsync(() -> read(query, head.get()), thread);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedStage(
          new FedflowException(
              FailureKind.EXHAUSTED,
              "audit.full",
              "audit log: found " + MOST_WAITING + " questions that wait; ask again later"));
    }
  }

  private AuditPage read(AuditQuery query, AuditHead head) {
    long before = query.before() == 0 ? head.number() + 1 : query.before();
    // A record behind the head is not durable yet.
    long end = Math.min(before, head.number() + 1);
    List<AuditRecord> page = new ArrayList<>();
    long next = end;
    try {
      List<Path> segments = folder.segments();
      int looked = 0;
      for (int i = segments.size() - 1; i >= 0 && looked < MOST_FILES && next > 1; i--) {
        long first = firstOf(segments.get(i));
        if (first < next) {
          looked++;
          Deque<AuditRecord> newest = new ArrayDeque<>();
          int room = query.limit() - page.size();
          boolean more = newest(segments.get(i), query, end, room, newest);
          newest.descendingIterator().forEachRemaining(page::add);
          next = more || page.size() == query.limit() ? oldest(page) : first;
          if (page.size() == query.limit()) {
            break;
          }
        }
      }
    } catch (IOException failed) {
      throw new FedflowException(
          FailureKind.UNAVAILABLE, "audit.io", "the audit log cannot be read: " + failed, failed);
    }
    return new AuditPage(page, next <= 1 ? 0 : next, head);
  }

  private static long oldest(List<AuditRecord> page) {
    return page.get(page.size() - 1).number();
  }

  private static long firstOf(Path segment) {
    String name = segment.getFileName().toString();
    return Long.parseLong(name.substring(name.indexOf('-') + 1, name.indexOf('.')));
  }

  /** Keeps the newest wanted records of a file; tells whether there were more than fit. */
  private static boolean newest(
      Path file, AuditQuery query, long end, int room, Deque<AuditRecord> kept) throws IOException {
    boolean more = false;
    try (SegmentReader reader = new SegmentReader(file)) {
      reader.before();
      for (AuditRecord record = reader.next();
          record != null && record.number() < end;
          record = reader.next()) {
        if (query.wants(record.event())) {
          kept.addLast(record);
          if (kept.size() > room) {
            kept.removeFirst();
            more = true;
          }
        }
      }
    } catch (Damage damage) {
      throw new FedflowException(
          FailureKind.CONFLICT,
          "audit.broken",
          "audit log, " + file.getFileName() + ": " + damage.getMessage() + "; verify it");
    }
    return more;
  }

  void close() {
    thread.shutdown();
  }
}

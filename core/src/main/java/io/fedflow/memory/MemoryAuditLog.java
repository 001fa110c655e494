package io.fedflow.memory;

import io.fedflow.audit.AuditEvent;
import io.fedflow.audit.AuditHead;
import io.fedflow.audit.AuditLine;
import io.fedflow.audit.AuditPage;
import io.fedflow.audit.AuditQuery;
import io.fedflow.audit.AuditRecord;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.AuditLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An audit log that ends with its process. Thread-safe. */
public final class MemoryAuditLog implements AuditLog {

  private final InstantSource clock;
  private final List<AuditRecord> records = new ArrayList<>();
  private boolean closed;

  /** An empty log. */
  public MemoryAuditLog(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized CompletionStage<AuditRecord> append(AuditEvent event) {
    if (closed) {
      return CompletableFuture.failedStage(gone());
    }
    AuditRecord record = AuditLine.next(head(), clock.millis(), event);
    records.add(record);
    return CompletableFuture.completedStage(record);
  }

  @Override
  public synchronized CompletionStage<AuditPage> page(AuditQuery query) {
    if (closed) {
      return CompletableFuture.failedStage(gone());
    }
    long end = query.before() == 0 ? records.size() : Math.min(query.before() - 1, records.size());
    List<AuditRecord> wanted = new ArrayList<>();
    int at = (int) end;
    while (at > 0 && wanted.size() < query.limit()) {
      AuditRecord record = records.get(--at);
      if (query.wants(record.event())) {
        wanted.add(record);
      }
    }
    return CompletableFuture.completedStage(new AuditPage(wanted, at == 0 ? 0 : at + 1, head()));
  }

  @Override
  public synchronized AuditHead head() {
    return records.isEmpty() ? AuditHead.START : records.get(records.size() - 1).head();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private static FedflowException gone() {
    return new FedflowException(
        FailureKind.UNAVAILABLE, "audit.closed", "the audit log is closed; the site is going down");
  }
}

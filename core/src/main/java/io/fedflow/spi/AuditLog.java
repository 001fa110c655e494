package io.fedflow.spi;

import io.fedflow.audit.AuditEvent;
import io.fedflow.audit.AuditHead;
import io.fedflow.audit.AuditPage;
import io.fedflow.audit.AuditQuery;
import io.fedflow.audit.AuditRecord;
import java.util.concurrent.CompletionStage;

/**
 * Keeps what was done at a site, for good. Thread-safe; never blocks its caller.
 *
 * <p>Promises: A1 a record is durable when its stage completes, and there after a restart; A2
 * records are numbered 1, 2, 3, … without gaps, in the order in which one thread appends them; A3
 * the hash of each is that of {@link io.fedflow.audit.AuditLine#next} after the one before it, also
 * over restarts; A4 a page holds the wanted records, newest first, and leads to the next page; A5
 * texts of any kind come back as the event holds them; A6 a closed log refuses with UNAVAILABLE
 * {@code audit.closed}. What could not be written fails with UNAVAILABLE {@code audit.io}, and what
 * comes too fast with EXHAUSTED {@code audit.full}; neither leaves a record.
 */
public interface AuditLog extends AutoCloseable {

  /** Adds a record; completes once it is durable. */
  CompletionStage<AuditRecord> append(AuditEvent event);

  /** Reads a page of durable records. */
  CompletionStage<AuditPage> page(AuditQuery query);

  /** Where the log ends, durably. */
  AuditHead head();

  /** Writes what waits, then ends. Blocking; again is without effect. */
  @Override
  void close();
}

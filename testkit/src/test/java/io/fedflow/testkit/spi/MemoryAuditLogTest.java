package io.fedflow.testkit.spi;

import io.fedflow.memory.MemoryAuditLog;
import io.fedflow.spi.AuditLog;
import java.time.InstantSource;

/** The log in memory keeps the promises. */
class MemoryAuditLogTest extends AuditLogContract {

  @Override
  protected AuditLog open() {
    return new MemoryAuditLog(InstantSource.system());
  }

  @Override
  protected boolean lasting() {
    return false;
  }
}

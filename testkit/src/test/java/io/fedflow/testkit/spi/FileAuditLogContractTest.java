package io.fedflow.testkit.spi;

import io.fedflow.audit.FileAuditLog;
import io.fedflow.spi.AuditLog;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The log in files keeps the promises, over many small files. */
class FileAuditLogContractTest extends AuditLogContract {

  @TempDir Path folder;

  @Override
  protected AuditLog open() throws Exception {
    return FileAuditLog.open(folder.resolve("audit"), InstantSource.system(), 1000);
  }
}

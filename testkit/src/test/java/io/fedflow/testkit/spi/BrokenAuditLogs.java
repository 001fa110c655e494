package io.fedflow.testkit.spi;

import io.fedflow.audit.AuditEvent;
import io.fedflow.audit.AuditHead;
import io.fedflow.audit.AuditLine;
import io.fedflow.audit.AuditPage;
import io.fedflow.audit.AuditQuery;
import io.fedflow.audit.AuditRecord;
import io.fedflow.memory.MemoryAuditLog;
import io.fedflow.spi.AuditLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Contracts over audit logs that break one promise each; run by a test only. */
final class BrokenAuditLogs {

  private BrokenAuditLogs() {}

  /** A log in memory, to be broken. */
  private static class Whole implements AuditLog {

    final AuditLog log = new MemoryAuditLog(InstantSource.system());

    @Override
    public CompletionStage<AuditRecord> append(AuditEvent event) {
      return log.append(event);
    }

    @Override
    public CompletionStage<AuditPage> page(AuditQuery query) {
      return log.page(query);
    }

    @Override
    public AuditHead head() {
      return log.head();
    }

    @Override
    public void close() {
      log.close();
    }

    CompletionStage<AuditPage> changed(AuditQuery query, UnaryOperator<AuditRecord> how) {
      return log.page(query)
          .thenApply(
              page ->
                  new AuditPage(
                      page.records().stream().map(how).toList(), page.next(), page.head()));
    }
  }

  /** A contract over one log. */
  private abstract static class Over extends AuditLogContract {

    private final AuditLog log;

    Over(AuditLog log) {
      this.log = log;
    }

    @Override
    protected AuditLog open() {
      return log;
    }

    @Override
    protected boolean lasting() {
      return false;
    }
  }

  static class ForgetsAtItsEnd extends AuditLogContract {
    @Override
    protected AuditLog open() {
      return new MemoryAuditLog(InstantSource.system());
    }
  }

  static class LeavesGaps extends Over {
    LeavesGaps() {
      super(
          new Whole() {
            @Override
            public CompletionStage<AuditRecord> append(AuditEvent event) {
              log.append(event);
              return log.append(event);
            }
          });
    }
  }

  static class HashesEachAlone extends Over {
    HashesEachAlone() {
      super(
          new Whole() {
            @Override
            public CompletionStage<AuditPage> page(AuditQuery query) {
              return changed(
                  query,
                  record ->
                      new AuditRecord(
                          record.number(),
                          record.time(),
                          record.event(),
                          AuditLine.next(
                                  new AuditHead(record.number() - 1, AuditHead.START.hash()),
                                  record.time(),
                                  record.event())
                              .hash()));
            }
          });
    }
  }

  static class TellsTheOldestFirst extends Over {
    TellsTheOldestFirst() {
      super(
          new Whole() {
            @Override
            public CompletionStage<AuditPage> page(AuditQuery query) {
              return log.page(query)
                  .thenApply(
                      page -> {
                        List<AuditRecord> turned = new ArrayList<>(page.records());
                        Collections.reverse(turned);
                        return new AuditPage(turned, page.next(), page.head());
                      });
            }
          });
    }
  }

  static class StripsTexts extends Over {
    StripsTexts() {
      super(
          new Whole() {
            @Override
            public CompletionStage<AuditRecord> append(AuditEvent event) {
              return log.append(
                  AuditEvent.of(
                      event.who(),
                      event.action(),
                      event.subject().replaceAll("\\s", " "),
                      event.outcome(),
                      event.detail()));
            }
          });
    }
  }

  static class WorksClosed extends Over {
    WorksClosed() {
      super(
          new Whole() {
            @Override
            public void close() {
              // Goes on.
            }

            @Override
            public CompletionStage<AuditPage> page(AuditQuery query) {
              return CompletableFuture.completedStage(new AuditPage(List.of(), 0, AuditHead.START));
            }
          });
    }
  }
}

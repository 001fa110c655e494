package io.fedflow.audit;

import java.util.List;

/**
 * A page of records.
 *
 * @param records newest first; may be fewer than asked for although there are more
 * @param next {@link AuditQuery#before} of the next page; 0 if this is the last
 * @param head where the log ended when the page was read
 */
public record AuditPage(List<AuditRecord> records, long next, AuditHead head) {

  /** Copies the list. */
  public AuditPage {
    records = List.copyOf(records);
  }
}

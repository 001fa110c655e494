package io.fedflow.audit;

/**
 * A record of the log. Immutable.
 *
 * @param number 1 for the first, then one more for each
 * @param time when it was written, epoch milliseconds by the clock of the site
 * @param event what happened
 * @param hash of the record and of the hash before it: 64 hexadecimal digits
 */
public record AuditRecord(long number, long time, AuditEvent event, String hash) {

  /** Where a log ends whose last record this is. */
  public AuditHead head() {
    return new AuditHead(number, hash);
  }
}

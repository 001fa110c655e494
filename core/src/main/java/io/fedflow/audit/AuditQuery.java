package io.fedflow.audit;

import io.fedflow.failure.FedflowException;

/**
 * Which records, newest first. Immutable.
 *
 * @param before only records with a smaller number; 0 for no bound
 * @param limit how many at most, 1 to {@value #MOST}
 * @param action only this action, or all actions that begin with it and a dot; empty for all
 * @param subject only about exactly this; empty for all
 */
public record AuditQuery(long before, int limit, String action, String subject) {

  /** The longest page. */
  public static final int MOST = 1000;

  /**
   * Checks the bounds.
   *
   * @throws FedflowException {@code audit.query}
   */
  public AuditQuery {
    if (before < 0) {
      throw FedflowException.invalid(
          "audit.query", "before: found " + before + ", allowed 0 or more");
    }
    if (limit < 1 || limit > MOST) {
      throw FedflowException.invalid(
          "audit.query", "limit: found " + limit + ", allowed 1 to " + MOST);
    }
  }

  /** The newest records. */
  public static AuditQuery newest(int limit) {
    return new AuditQuery(0, limit, "", "");
  }

  /** Tells whether a record is asked for, its number aside. */
  public boolean wants(AuditEvent event) {
    return (action.isEmpty()
            || event.action().equals(action)
            || event.action().startsWith(action + '.'))
        && (subject.isEmpty() || event.subject().equals(subject));
  }
}

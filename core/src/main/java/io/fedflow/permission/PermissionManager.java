package io.fedflow.permission;

/**
 * What other parties may do at this site. Blocking: called from worker threads. Thread-safe.
 *
 * <p>Party ids are those of jobs: 1..50 letters, digits, {@code _}, {@code -} or {@code .}; others
 * are refused with {@code party.id}. A store that cannot be reached is {@code blob.io}.
 */
public interface PermissionManager {

  /** What a party may do; nothing until something was granted. */
  Grants of(String partyId);

  /** Grants more; again is without effect. Durable on return. */
  void grant(String partyId, Grants more);

  /** Takes away; what was not granted is ignored. Durable on return. */
  void revoke(String partyId, Grants less);
}

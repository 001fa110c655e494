/**
 * Who did what at this site: an append-only log whose records hang together by hashes. Start with
 * {@link io.fedflow.audit.AuditTrail}; {@link io.fedflow.audit.AuditCheck} finds what was tampered
 * with. Neither data nor parameters of jobs are ever recorded.
 */
package io.fedflow.audit;

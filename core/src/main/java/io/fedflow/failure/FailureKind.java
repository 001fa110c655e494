package io.fedflow.failure;

/**
 * What a caller can do about a failure. The code tells what happened, the kind tells how to react.
 */
public enum FailureKind {
  /** The caller asked for something wrong; fix it, never retry. */
  INVALID,
  /** Lost a race, or the version is stale; read again and decide again. */
  CONFLICT,
  /** Certainly not done; may work later. */
  UNAVAILABLE,
  /** May have been done; reconcile by id, then retry. */
  UNKNOWN,
  /** A declared limit was hit; shed load or raise the limit on purpose. */
  EXHAUSTED,
  /** Another party broke the protocol, refused or failed. */
  PEER,
  /** Somebody asked for the end. */
  CANCELLED,
  /** We are wrong. */
  BUG
}

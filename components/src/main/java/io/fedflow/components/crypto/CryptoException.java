package io.fedflow.components.crypto;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;

/**
 * A refused cryptographic operation. The message names counts, sizes and positions, never
 * plaintexts, keys or random factors. {@link #code()} is {@code crypto.} and the reason in lower
 * case with dashes.
 */
public final class CryptoException extends FedflowException {

  private static final long serialVersionUID = 1L;

  /** What was refused. */
  public enum Reason {
    /** A ciphertext, signature or message belongs to another key. */
    WRONG_KEY(FailureKind.PEER),
    /** A received number is no ciphertext under the key. */
    INVALID_CIPHERTEXT(FailureKind.PEER),
    /** A received point is no canonical coordinate, or has low order. */
    INVALID_POINT(FailureKind.PEER),
    /** Received bytes do not have the documented form. */
    MALFORMED(FailureKind.PEER),
    /** A value is not finite, or larger than the encoding declares. */
    OUT_OF_RANGE(FailureKind.INVALID),
    /** The result of an operation might exceed the message space of the key. */
    OVERFLOW(FailureKind.INVALID),
    /** The key cannot hold what the encoding or packing declares. */
    KEY_TOO_SMALL(FailureKind.INVALID),
    /** Counts, rows or scales of the operands differ. */
    SHAPE(FailureKind.INVALID),
    /** An algorithm or implementation is not available here. */
    UNSUPPORTED(FailureKind.INVALID),
    /** An implementation computed a wrong result in its self-test. */
    SELF_TEST(FailureKind.BUG);

    private final FailureKind kind;

    Reason(FailureKind kind) {
      this.kind = kind;
    }
  }

  private final Reason reason;

  /**
   * A refusal.
   *
   * @param reason what was refused
   * @param message subject, what was found, what is allowed
   */
  public CryptoException(Reason reason, String message) {
    super(reason.kind, codeOf(reason), message);
    this.reason = reason;
  }

  /** What was refused. */
  public Reason reason() {
    return reason;
  }

  private static String codeOf(Reason reason) {
    return "crypto." + reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}

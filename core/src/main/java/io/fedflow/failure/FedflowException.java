package io.fedflow.failure;

/**
 * The root of all failures that Fedflow reports. The message names subject, what was found, what is
 * allowed and the remedy; it never holds raw feature values, labels, ids of records, keys or
 * shares.
 */
public class FedflowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String code;

  /**
   * A failure without a cause.
   *
   * @param kind how to react
   * @param code stable lower-case words joined by {@code .}, for example {@code table.unknown}
   * @param message for a person
   */
  public FedflowException(FailureKind kind, String code, String message) {
    this(kind, code, message, null);
  }

  /** A failure with a cause, which may be null. */
  public FedflowException(FailureKind kind, String code, String message, Throwable cause) {
    // Expected refusals carry no stack: their message is the whole story. Bugs and causes keep
    // theirs.
    super(message, cause, true, kind == FailureKind.BUG || cause != null);
    this.kind = kind;
    this.code = code;
  }

  /** The caller asked for something wrong. */
  public static FedflowException invalid(String code, String message) {
    return new FedflowException(FailureKind.INVALID, code, message);
  }

  /** Another party broke the protocol. */
  public static FedflowException peer(String code, String message) {
    return new FedflowException(FailureKind.PEER, code, message);
  }

  /** Somebody asked for the end. */
  public static FedflowException cancelled(String message) {
    return new FedflowException(FailureKind.CANCELLED, "cancelled", message);
  }

  /** How to react. */
  public FailureKind kind() {
    return kind;
  }

  /** What happened, stable over releases. */
  public String code() {
    return code;
  }
}

package io.fedflow.transport.http.wire;

/** Ends an endpoint early with an answer that is already known. Carries no stack. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Envelope envelope;

  /** Refuses with this answer. */
  public Refusal(Envelope envelope) {
    super(envelope.retmsg(), null, false, false);
    this.envelope = envelope;
  }

  /** Refuses with a code under HTTP 200. */
  public static Refusal of(int retcode, String message) {
    return new Refusal(Envelope.error(retcode, message));
  }

  /** The answer. */
  public Envelope envelope() {
    return envelope;
  }
}

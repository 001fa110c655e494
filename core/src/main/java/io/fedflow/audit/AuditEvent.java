package io.fedflow.audit;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that was asked for, or what became of it. Immutable; texts that are too long are cut.
 *
 * @param who who asked
 * @param action what, as words joined by dots, for example {@code job.submit}; at most 60
 *     characters
 * @param subject about what, for example a job's id; at most 300 characters, may be empty
 * @param outcome whether it was only asked for, or how it went
 * @param of the number of the record in which it was asked for; 0 if this is that record
 * @param detail further words, such as the reason of a refusal; at most 1000 characters, may be
 *     empty. Never data, never values of parameters
 */
public record AuditEvent(
    Actor who, String action, String subject, Outcome outcome, long of, String detail) {

  private static final int MOST_ACTION = 60;
  private static final int MOST_SUBJECT = 300;
  private static final int MOST_DETAIL = 1000;

  /** Cuts what is too long. */
  public AuditEvent {
    action = AuditTexts.bounded(action, MOST_ACTION);
    subject = AuditTexts.bounded(subject, MOST_SUBJECT);
    detail = AuditTexts.bounded(detail, MOST_DETAIL);
  }

  /** Somebody asks. */
  public static AuditEvent asked(Actor who, String action, String subject, String detail) {
    return new AuditEvent(who, action, subject, Outcome.ASKED, 0, detail);
  }

  /** Something that is over already, for example that the site read its policy anew. */
  public static AuditEvent of(
      Actor who, String action, String subject, Outcome outcome, String detail) {
    return new AuditEvent(who, action, subject, outcome, 0, detail);
  }

  /** What became of it. */
  AuditEvent ended(long number, String about, Outcome how, String words) {
    return new AuditEvent(who, action, about, how, number, words);
  }

  /** How something went. */
  public enum Outcome {
    /** It was asked for and is under way; a later record says how it went. */
    ASKED,
    /** It was done. */
    DONE,
    /** It was refused: nothing was done. */
    REFUSED,
    /** It failed, or nobody knows whether it was done. */
    FAILED;

    /** In lower case, as it stands in records. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of this text. */
    static Optional<Outcome> of(String text) {
      return AuditTexts.constant(values(), Outcome::text, text);
    }
  }
}

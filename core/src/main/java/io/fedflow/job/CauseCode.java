package io.fedflow.job;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Codes of failures inside the causes that are stored and told: {@code host:2 refused the job: …
 * [table.unknown]}. A cause crosses sites and restarts as one text; whoever explains an ended job
 * must still know which of the reasons it was that have a remedy of their own.
 */
final class CauseCode {

  static final String TABLE_UNKNOWN = "table.unknown";
  static final String POLICY_REFUSED = "policy.refused";
  static final String PARTY_UNREACHABLE = "party.unreachable";

  private static final Pattern MARK =
      Pattern.compile(
          "\\[("
              + String.join(
                  "|",
                  Pattern.quote(TABLE_UNKNOWN),
                  Pattern.quote(POLICY_REFUSED),
                  Pattern.quote(PARTY_UNREACHABLE))
              + ")]");
  private static final Pattern SUBJECT =
      Pattern.compile("([a-z]+:[^\\s:]+)[\\s:].*", Pattern.DOTALL);

  private CauseCode() {}

  /** A failure in words, with its code behind them if that is one of those kept. */
  static String reason(Throwable failure) {
    String text = JobOutbox.reason(failure);
    return failure instanceof FedflowException known
            && MARK.matcher('[' + known.code() + ']').matches()
        ? text + " [" + known.code() + ']'
        : text;
  }

  /** The code in a cause. */
  static Optional<String> of(String cause) {
    Matcher mark = MARK.matcher(cause);
    return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
  }

  /** The party that a cause begins with. */
  static Optional<Party> party(String cause) {
    Matcher subject = SUBJECT.matcher(cause);
    try {
      return subject.matches() ? Optional.of(Party.parse(subject.group(1))) : Optional.empty();
    } catch (IllegalArgumentException other) {
      // It begins with something else that looks like one.
      return Optional.empty();
    }
  }
}

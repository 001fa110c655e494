package io.fedflow.transport.http.wire;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** The one place where failures become answers. */
public final class Failures {

  private static final Logger LOG = System.getLogger(Failures.class.getName());

  /**
   * FATE's Pipeline takes these words for a transport error and submits the same job again, up to
   * four times.
   */
  private static final Pattern RESUBMIT =
      Pattern.compile("connection refused|max retries", Pattern.CASE_INSENSITIVE);

  private static final int TOO_LARGE = 413;

  private Failures() {}

  /** The failure itself, without the wrappers of stages. */
  public static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException)
        && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  /**
   * The answer to a failure.
   *
   * @param requestId where the log tells more, should it be a bug
   */
  public static Envelope toEnvelope(Throwable failure, Style style, String requestId) {
    Throwable inner = unwrap(failure);
    if (inner instanceof Refusal refusal) {
      return style.render(
          refusal.envelope(), FailureKind.INVALID, refusal.envelope().retcode() == Retcode.DATA);
    }
    if (inner instanceof ProblemsException problems) {
      Envelope envelope =
          Envelope.error(Retcode.ARGUMENT, message(problems)).data(problems(problems.problems()));
      return style.render(envelope, FailureKind.INVALID, false);
    }
    if (inner instanceof FedflowException known && known.kind() != FailureKind.BUG) {
      Envelope envelope =
          style.render(
              Envelope.error(retcode(known.kind()), message(known)),
              known.kind(),
              known.code().endsWith(".unknown"));
      return style == Style.PLAIN && known.code().endsWith(".too-large")
          ? envelope.under(TOO_LARGE)
          : envelope;
    }
    if (inner instanceof TimeoutException) {
      return style.render(
          Envelope.error(
              Retcode.CONNECTION, "no answer in time; ask again, or look at the job's state first"),
          FailureKind.UNKNOWN,
          false);
    }
    return style.render(bug(inner, requestId), FailureKind.BUG, false);
  }

  /** The payload that lists the problems of a document. */
  public static Map<String, Object> problems(List<Problem> problems) {
    return Map.of("problems", problems.stream().map(Failures::tree).toList());
  }

  private static Envelope bug(Throwable failure, String requestId) {
    LOG.log(Level.ERROR, () -> "request " + requestId + " failed", failure);
    return Envelope.error(
        Retcode.EXCEPTION,
        "internal error; the server's log tells more under request " + requestId);
  }

  private static Map<String, Object> tree(Problem problem) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("pointer", problem.pointer());
    tree.put("message", problem.message());
    tree.put("found", problem.found());
    tree.put("allowed", problem.allowed());
    return tree;
  }

  private static String message(Throwable failure) {
    return RESUBMIT.matcher(String.valueOf(failure.getMessage())).replaceAll("no connection");
  }

  private static int retcode(FailureKind kind) {
    return switch (kind) {
      case INVALID -> Retcode.ARGUMENT;
      case CONFLICT, BUG -> Retcode.EXCEPTION;
      case EXHAUSTED, CANCELLED -> Retcode.OPERATING;
      case PEER -> Retcode.FEDERATED;
      case UNAVAILABLE, UNKNOWN -> Retcode.CONNECTION;
    };
  }
}

package io.fedflow.transport.client;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** The one place where refusals and broken connections become failures with a remedy. */
final class ClientFailures {

  /** FATE's code for "there is nothing of that sort". */
  static final int NOTHING = 210;

  private static final int MAX_SHOWN = 200;

  private ClientFailures() {}

  /** What kept the request from being answered. */
  static FedflowException transport(URI server, Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof FedflowException known) {
      return known;
    }
    if (cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnresolvedAddressException) {
      return new FedflowException(
          FailureKind.UNAVAILABLE,
          "server.unreachable",
          "no server answers at " + server + "; start one, or give the address of one that runs",
          cause);
    }
    if (cause instanceof HttpTimeoutException) {
      return new FedflowException(
          FailureKind.UNKNOWN,
          "server.slow",
          "the server at "
              + server
              + " did not answer in time; it may have acted all the same: look before you repeat",
          cause);
    }
    if (cause instanceof FileNotFoundException) {
      return FedflowException.invalid("file.unreadable", cause.getMessage());
    }
    return new FedflowException(
        FailureKind.UNKNOWN,
        "server.broken",
        "the connection to the server at "
            + server
            + " broke: "
            + cause.getMessage()
            + "; it may have acted all the same: look before you repeat",
        cause);
  }

  /** What the server refused. */
  static FedflowException refusal(int status, Map<String, Object> envelope) {
    List<Map<String, Object>> problems =
        Trees.objects(Trees.object(envelope.get("data")).get("problems"));
    if (!problems.isEmpty()) {
      return new ProblemsException(problems.stream().map(ClientFailures::problem).toList());
    }
    int retcode = envelope.get("retcode") instanceof Number number ? number.intValue() : status;
    String code = retcode == NOTHING ? "server.nothing" : "server.refused";
    return new FedflowException(kind(retcode), code, Trees.text(envelope.get("retmsg")));
  }

  /** Something that is no answer of such a server. */
  static FedflowException strange(URI server, int status, String text) {
    return FedflowException.peer(
        "server.strange",
        "whatever answers at "
            + server
            + " is no such server: HTTP "
            + status
            + ", "
            + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text));
  }

  /** A failure to throw on from within a stage. */
  static RuntimeException rethrown(Throwable cause) {
    return cause instanceof RuntimeException failure ? failure : new CompletionException(cause);
  }

  static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static Problem problem(Map<String, Object> tree) {
    return new Problem(
        Trees.text(tree.get("pointer")),
        Trees.text(tree.get("message")),
        Trees.text(tree.get("found")),
        Trees.text(tree.get("allowed")));
  }

  private static FailureKind kind(int retcode) {
    return switch (retcode) {
      case 104 -> FailureKind.PEER;
      case 105, 503 -> FailureKind.UNAVAILABLE;
      case 429 -> FailureKind.EXHAUSTED;
      case 409 -> FailureKind.CONFLICT;
      default -> FailureKind.INVALID;
    };
  }
}

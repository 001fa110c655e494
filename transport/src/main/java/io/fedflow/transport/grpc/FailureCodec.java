package io.fedflow.transport.grpc;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.Confidential;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import io.fedflow.transport.grpc.wire.Done;
import io.fedflow.transport.grpc.wire.Failure;
import io.fedflow.transport.grpc.wire.Outcome;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Outcomes on the wire: a failure keeps kind, code, message and problems. */
final class FailureCodec {

  private static final System.Logger LOG = System.getLogger(FailureCodec.class.getName());
  private static final Outcome DONE =
      Outcome.newBuilder().setDone(Done.getDefaultInstance()).build();

  private FailureCodec() {}

  /** The outcome to report; null for success. */
  static Outcome write(Throwable failure) {
    return failure == null
        ? DONE
        : Outcome.newBuilder().setFailure(writeFailure(ours(failure))).build();
  }

  /**
   * Reads an outcome.
   *
   * @throws FedflowException the failure it holds, or {@code protocol.malformed} if it is empty
   */
  static void read(Outcome outcome) {
    switch (outcome.getResultCase()) {
      case DONE -> {}
      case FAILURE -> throw readFailure(outcome.getFailure());
      case RESULT_NOT_SET ->
          throw FedflowException.peer(
              "protocol.malformed", "the peer's reply says neither done nor failed");
    }
  }

  /** A failure of our family; what is foreign becomes a bug, told in full only to our own log. */
  static FedflowException ours(Throwable failure) {
    Throwable root = failure;
    while ((root instanceof CompletionException || root instanceof ExecutionException)
        && root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof FedflowException known) {
      return known;
    }
    LOG.log(System.Logger.Level.ERROR, "unexpected failure of a call from another site", root);
    return new FedflowException(
        FailureKind.BUG,
        "internal",
        "unexpected " + root.getClass().getSimpleName() + "; the log of the called site has more",
        root);
  }

  private static Failure writeFailure(FedflowException failure) {
    Failure.Builder wire =
        Failure.newBuilder()
            .setKind(writeKind(failure.kind()))
            .setCode(failure.code())
            .setMessage(Confidential.leaveOut(message(failure)));
    if (failure instanceof ProblemsException refused) {
      refused.problems().forEach(problem -> wire.addProblems(writeProblem(problem)));
    }
    return wire.build();
  }

  /** What is said of a site's own columns is for that site only, marked already or not. */
  private static String message(FedflowException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof ColumnException refused
        ? Confidential.mark(message, refused.told())
        : message;
  }

  private static FedflowException readFailure(Failure wire) {
    // Only a refused document lists problems, and its code and message follow from them.
    if (wire.getProblemsCount() > 0) {
      List<Problem> problems =
          wire.getProblemsList().stream().map(FailureCodec::readProblem).toList();
      return new ProblemsException(problems);
    }
    return new FedflowException(readKind(wire.getKind()), wire.getCode(), wire.getMessage());
  }

  private static io.fedflow.transport.grpc.wire.Problem writeProblem(Problem problem) {
    return io.fedflow.transport.grpc.wire.Problem.newBuilder()
        .setPointer(problem.pointer())
        .setMessage(problem.message())
        .setFound(problem.found())
        .setAllowed(problem.allowed())
        .build();
  }

  private static Problem readProblem(io.fedflow.transport.grpc.wire.Problem problem) {
    return new Problem(
        problem.getPointer(), problem.getMessage(), problem.getFound(), problem.getAllowed());
  }

  private static io.fedflow.transport.grpc.wire.FailureKind writeKind(FailureKind kind) {
    return switch (kind) {
      case INVALID -> io.fedflow.transport.grpc.wire.FailureKind.FAILURE_KIND_INVALID;
      case CONFLICT -> io.fedflow.transport.grpc.wire.FailureKind.FAILURE_KIND_CONFLICT;
      case UNAVAILABLE -> io.fedflow.transport.grpc.wire.FailureKind.FAILURE_KIND_UNAVAILABLE;
      case UNKNOWN -> io.fedflow.transport.grpc.wire.FailureKind.FAILURE_KIND_UNKNOWN;
      case EXHAUSTED -> io.fedflow.transport.grpc.wire.FailureKind.FAILURE_KIND_EXHAUSTED;
      case PEER -> io.fedflow.transport.grpc.wire.FailureKind.FAILURE_KIND_PEER;
      case CANCELLED -> io.fedflow.transport.grpc.wire.FailureKind.FAILURE_KIND_CANCELLED;
      case BUG -> io.fedflow.transport.grpc.wire.FailureKind.FAILURE_KIND_BUG;
    };
  }

  private static FailureKind readKind(io.fedflow.transport.grpc.wire.FailureKind kind) {
    return switch (kind) {
      case FAILURE_KIND_INVALID -> FailureKind.INVALID;
      case FAILURE_KIND_CONFLICT -> FailureKind.CONFLICT;
      case FAILURE_KIND_UNAVAILABLE -> FailureKind.UNAVAILABLE;
      case FAILURE_KIND_UNKNOWN -> FailureKind.UNKNOWN;
      case FAILURE_KIND_EXHAUSTED -> FailureKind.EXHAUSTED;
      case FAILURE_KIND_CANCELLED -> FailureKind.CANCELLED;
      case FAILURE_KIND_BUG -> FailureKind.BUG;
      case FAILURE_KIND_PEER, FAILURE_KIND_UNSPECIFIED, UNRECOGNIZED -> FailureKind.PEER;
    };
  }
}

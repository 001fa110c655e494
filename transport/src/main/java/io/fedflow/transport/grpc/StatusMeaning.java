package io.fedflow.transport.grpc;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.vertx.grpc.common.GrpcStatus;

/** What a gRPC status other than OK means for whoever called. */
final class StatusMeaning {

  private StatusMeaning() {}

  /**
   * The failure to report.
   *
   * @param message the peer's words; may be null
   * @param mayHaveArrived whether the whole request was sent
   * @return {@link CallFailed} where another attempt makes sense, otherwise the final failure
   */
  static Throwable of(GrpcStatus status, String message, boolean mayHaveArrived) {
    String text = "the peer answered " + status.name() + (message == null ? "" : ": " + message);
    if (status == GrpcStatus.INVALID_ARGUMENT) {
      return FedflowException.peer("protocol.malformed", text);
    }
    if (status == GrpcStatus.UNIMPLEMENTED) {
      return FedflowException.peer(
          "protocol.unknown_call", text + "; is that the party port of a Fedflow site?");
    }
    if (status == GrpcStatus.RESOURCE_EXHAUSTED) {
      return new FedflowException(
          FailureKind.EXHAUSTED,
          "protocol.too_large",
          text + "; both ends of a link should have the same wire limits");
    }
    if (status == GrpcStatus.FAILED_PRECONDITION) {
      return CallFailed.hopeless(text);
    }
    return CallFailed.told(text, mayHaveArrived);
  }
}

package io.fedflow.transport.grpc;

import com.google.protobuf.MessageLite;
import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.CodecException;
import io.vertx.grpc.common.GrpcStatus;
import java.util.function.Supplier;

/** One attempt at a call of one message and one reply. Confined to one context. */
final class Attempt<Q extends MessageLite, R extends MessageLite> implements Try<R> {

  /**
   * How long nothing may happen.
   *
   * @param connectMillis until there is a connection
   * @param silenceMillis from then on, anew after every progress
   */
  record Patience(long connectMillis, long silenceMillis) {}

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Patience patience;
  private final String suspicion;
  private final Supplier<Future<GrpcClientRequest<Q, R>>> connect;
  private final Q message;
  private final Promise<R> outcome = Promise.promise();
  private GrpcClientRequest<Q, R> request;
  private long watchdog = NO_TIMER;
  private boolean sent;
  private boolean over;

  /**
   * Prepares an attempt.
   *
   * @param connect opens the call
   * @param message what to send
   * @param patience how long nothing may happen before the attempt is given up
   */
  Attempt(
      Vertx vertx,
      Supplier<Future<GrpcClientRequest<Q, R>>> connect,
      Q message,
      Patience patience) {
    this(vertx, connect, message, patience, "");
  }

  /**
   * The same, with what to think of when the connection breaks and nobody says why.
   *
   * @param suspicion words that follow; may be empty
   */
  Attempt(
      Vertx vertx,
      Supplier<Future<GrpcClientRequest<Q, R>>> connect,
      Q message,
      Patience patience,
      String suspicion) {
    this.suspicion = suspicion;
    this.vertx = vertx;
    this.connect = connect;
    this.message = message;
    this.patience = patience;
  }

  @Override
  public Future<R> start() {
    progress();
    connect.get().onComplete(this::onConnected, this::notConnected);
    return outcome.future();
  }

  @Override
  public void cancel(String why) {
    broken(new CallFailed(why, sent));
  }

  private void notConnected(Throwable failure) {
    if (failure instanceof FedflowException refusal) {
      finish(() -> outcome.tryFail(refusal));
    } else {
      // Whatever was said to get this far, the request itself was not.
      broken(
          failure instanceof CallFailed greeting
              ? greeting.beforehand()
              : new CallFailed(describe(failure), false));
    }
  }

  private void onConnected(GrpcClientRequest<Q, R> connected) {
    request = connected;
    if (over) {
      request.cancel();
      return;
    }
    request.exceptionHandler(this::broken);
    request.response().onComplete(this::onResponse, this::broken);
    progress();
    try {
      sent = true;
      request.end(message);
    } catch (IllegalStateException streamFailed) {
      broken(streamFailed);
    }
  }

  private void onResponse(GrpcClientResponse<Q, R> response) {
    // Without this a reset after the head of the response would go unnoticed.
    response.errorHandler(error -> broken(new CallFailed("the stream ended: " + error, sent)));
    response.last().onComplete(this::done, failure -> refused(response, failure));
  }

  private void refused(GrpcClientResponse<Q, R> response, Throwable failure) {
    GrpcStatus status = response.status();
    if (status == null) {
      broken(failure);
    } else if (status == GrpcStatus.OK) {
      // Either there was no message, or it could not be decoded.
      String why = failure instanceof CodecException ? "cannot be decoded" : "is missing";
      finish(
          () -> outcome.tryFail(FedflowException.peer("protocol.malformed", "the reply " + why)));
    } else {
      Throwable meaning =
          StatusMeaning.of(
              status, response.statusMessage(), sent && !Protocol.undelivered(response));
      finish(() -> outcome.tryFail(meaning));
    }
  }

  private void done(R reply) {
    finish(() -> outcome.tryComplete(reply));
  }

  private void broken(Throwable failure) {
    CallFailed described =
        failure instanceof CallFailed known ? known : new CallFailed(describe(failure), sent);
    finish(
        () -> {
          if (request != null) {
            request.cancel();
          }
          outcome.tryFail(described);
        });
  }

  private String describe(Throwable failure) {
    return TlsTrouble.words(failure) + (TlsTrouble.isExplained(failure) ? "" : suspicion);
  }

  private void finish(Runnable end) {
    if (!over) {
      over = true;
      vertx.cancelTimer(watchdog);
      end.run();
    }
  }

  private void progress() {
    vertx.cancelTimer(watchdog);
    long millis = request == null ? patience.connectMillis() : patience.silenceMillis();
    watchdog = vertx.setTimer(millis, id -> cancel(silence() + " in " + millis + " ms"));
  }

  private String silence() {
    if (request == null) {
      return "no connection";
    }
    return sent ? "no answer" : "no progress";
  }
}

package io.fedflow.transport.grpc;

import com.google.protobuf.MessageLite;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.CodecException;
import io.vertx.grpc.common.GrpcStatus;
import java.security.cert.CertificateException;
import java.util.Iterator;

/**
 * One attempt at one call: sends its messages as fast as the peer takes them and waits for the one
 * reply. It fails with {@link CallFailed} where another attempt makes sense, and with the final
 * failure where none does. Confined to one context.
 */
final class Attempt<Q extends MessageLite, R extends MessageLite> {

  /**
   * How long nothing may happen.
   *
   * @param connectMillis until there is a connection
   * @param silenceMillis from then on, anew after every progress
   */
  record Patience(long connectMillis, long silenceMillis) {}

  /**
   * Who is to be reached.
   *
   * @param guard makes sure of it
   * @param partyId the party, whose server or whose relay may answer
   */
  record Wanted(PeerGuard guard, String partyId) {}

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Wanted peer;
  private final Patience patience;
  private final Iterator<Q> messages;
  private final Promise<R> outcome = Promise.promise();
  private GrpcClientRequest<Q, R> request;
  private long watchdog = NO_TIMER;
  private boolean sent;
  private boolean over;

  /**
   * Prepares an attempt.
   *
   * @param messages what to send
   * @param peer who is to be reached
   * @param patience how long nothing may happen before the attempt is given up
   */
  Attempt(Vertx vertx, Iterator<Q> messages, Wanted peer, Patience patience) {
    this.vertx = vertx;
    this.peer = peer;
    this.messages = messages;
    this.patience = patience;
  }

  /** Starts on a connection that is being made, and tells how it ends. */
  Future<R> start(Future<GrpcClientRequest<Q, R>> connecting) {
    progress();
    connecting.onComplete(this::onConnected, this::notConnected);
    return outcome.future();
  }

  /** Ends the attempt; the peer is told if it knows of it. */
  void cancel(String why) {
    broken(new CallFailed(why, sent));
  }

  private void notConnected(Throwable failure) {
    if (failure instanceof FedflowException refusal) {
      finish(() -> outcome.tryFail(refusal));
    } else {
      // Whatever was said to get this far, the request itself was not.
      broken(new CallFailed(describe(failure), false));
    }
  }

  private void onConnected(GrpcClientRequest<Q, R> connected) {
    request = connected;
    if (over) {
      request.cancel();
      return;
    }
    try {
      peer.guard().check(request.connection(), peer.partyId());
    } catch (CertificateException another) {
      broken(another);
      return;
    }
    request.exceptionHandler(this::broken);
    request.response().onComplete(this::onResponse, this::broken);
    request.drainHandler(v -> pump());
    pump();
  }

  private void pump() {
    if (over || sent) {
      return;
    }
    try {
      progress();
      while (messages.hasNext() && !request.writeQueueFull()) {
        request.write(messages.next());
      }
      if (!messages.hasNext()) {
        sent = true;
        request.end();
      }
    } catch (IllegalStateException streamFailed) {
      // The stream broke, or was answered early, between two writes.
      broken(streamFailed);
    }
  }

  private void onResponse(GrpcClientResponse<Q, R> response) {
    peer.guard().answered(request.connection());
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
      Throwable meaning = meaning(status, response.statusMessage());
      finish(() -> outcome.tryFail(meaning));
    }
  }

  private Throwable meaning(GrpcStatus status, String message) {
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
    return new CallFailed(text, sent);
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
    String words = TlsTrouble.words(failure);
    if (failure instanceof CertificateException) {
      return words;
    }
    if (request != null) {
      return words + peer.guard().suspicion(request.connection());
    }
    // A connection that was made and ended before its first word.
    return failure instanceof VertxException ? words + peer.guard().suspicion() : words;
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

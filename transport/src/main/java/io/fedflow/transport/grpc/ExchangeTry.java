package io.fedflow.transport.grpc;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.grpc.wire.Ack;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.Outcome;
import io.fedflow.transport.grpc.wire.Position;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.function.Supplier;

/**
 * One attempt at handing over an envelope: over one connection, from where the receiver stands, as
 * fast as it takes bytes, up to its outcome. Confined to one context.
 */
final class ExchangeTry implements Try<Outcome> {

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Supplier<Future<GrpcClientRequest<Frame, Ack>>> connect;
  private final OutgoingEnvelope envelope;
  private final Attempt.Patience patience;
  private final int pieceBytes;
  private final Promise<Outcome> outcome = Promise.promise();
  private GrpcClientRequest<Frame, Ack> request;
  private long watchdog = NO_TIMER;
  private boolean positioned;
  private boolean ended;
  private boolean answered;
  private boolean progressed;
  private boolean over;
  private long next;
  private long limit;

  /**
   * Prepares an attempt.
   *
   * @param connect opens the call
   * @param patience how long nothing may happen before the attempt is given up
   * @param pieceBytes how a payload is cut
   */
  ExchangeTry(
      Vertx vertx,
      Supplier<Future<GrpcClientRequest<Frame, Ack>>> connect,
      OutgoingEnvelope envelope,
      Attempt.Patience patience,
      int pieceBytes) {
    this.vertx = vertx;
    this.connect = connect;
    this.envelope = envelope;
    this.patience = patience;
    this.pieceBytes = pieceBytes;
  }

  @Override
  public Future<Outcome> start() {
    alive();
    connect.get().onComplete(this::onConnected, this::notConnected);
    return outcome.future();
  }

  @Override
  public void cancel(String why) {
    broken(new CallFailed(why, ended));
  }

  private void notConnected(Throwable failure) {
    if (failure instanceof FedflowException refusal) {
      finish(() -> outcome.tryFail(refusal));
    } else if (failure instanceof CallFailed greeting) {
      finish(() -> outcome.tryFail(greeting.beforehand()));
    } else {
      broken(failure);
    }
  }

  private void onConnected(GrpcClientRequest<Frame, Ack> connected) {
    request = connected;
    if (over) {
      request.cancel();
      return;
    }
    request.exceptionHandler(this::broken);
    request.response().onComplete(this::onResponse, this::broken);
    request.drainHandler(
        v -> {
          alive();
          pump();
        });
    alive();
    try {
      request.write(envelope.opening());
    } catch (IllegalStateException streamFailed) {
      broken(streamFailed);
      return;
    }
    // A resumed one waits: only the receiver knows what it still has.
    positioned = !envelope.resumed();
    limit = positioned ? Protocol.FIRST_CREDIT : 0;
    envelope.begun();
    pump();
  }

  private void onResponse(GrpcClientResponse<Frame, Ack> response) {
    response.errorHandler(error -> broken(new CallFailed("the stream ended: " + error, ended)));
    response.exceptionHandler(this::broken);
    response.invalidMessageHandler(v -> malformed("an answer that cannot be decoded"));
    response.handler(this::onAck);
    response.endHandler(v -> onEnd(response));
  }

  private void onAck(Ack ack) {
    if (over) {
      return;
    }
    switch (ack.getPartCase()) {
      case POSITION -> onPosition(ack.getPosition());
      case OUTCOME -> {
        answered = true;
        finish(() -> outcome.tryComplete(ack.getOutcome()));
      }
      case PART_NOT_SET -> malformed("an answer that holds nothing known here");
    }
  }

  private void onPosition(Position position) {
    long received = position.getReceived();
    // Unsigned on the wire: what does not fit a long arrives as negative.
    if (received < 0 || received > envelope.size() || positioned && received > next) {
      malformed("position " + Long.toUnsignedString(received) + " of " + envelope.size());
      return;
    }
    alive();
    progressed |= received > envelope.acknowledged();
    envelope.acknowledged(received);
    if (!positioned) {
      positioned = true;
      next = received;
    }
    limit = Math.max(limit, position.getLimit());
    pump();
  }

  private void pump() {
    if (over || ended || !positioned) {
      return;
    }
    try {
      while (next < envelope.size() && next < limit && !request.writeQueueFull()) {
        int piece = envelope.pieceBytes(pieceBytes);
        int length = (int) Math.min(Math.min(piece, limit - next), envelope.size() - next);
        request.write(envelope.piece((int) next, length));
        next += length;
      }
      if (next == envelope.size()) {
        ended = true;
        request.end();
      }
    } catch (IllegalStateException streamFailed) {
      // The stream broke, or was answered early, between two writes.
      broken(streamFailed);
    }
  }

  private void onEnd(GrpcClientResponse<Frame, Ack> response) {
    answered = true;
    GrpcStatus status = response.status();
    if (status == null) {
      broken(new CallFailed("the stream ended without a status", ended));
    } else if (status == GrpcStatus.OK) {
      malformed("no outcome");
    } else {
      Throwable meaning =
          StatusMeaning.of(
              status, response.statusMessage(), ended && !Protocol.undelivered(response));
      finish(() -> outcome.tryFail(meaning));
    }
  }

  private void malformed(String found) {
    finish(
        () ->
            outcome.tryFail(
                FedflowException.peer("protocol.malformed", "the peer answered " + found)));
  }

  private void broken(Throwable failure) {
    CallFailed described = new CallFailed(TlsTrouble.words(failure), ended, progressed);
    finish(() -> outcome.tryFail(described));
  }

  private void finish(Runnable end) {
    if (!over) {
      over = true;
      vertx.cancelTimer(watchdog);
      // One that ended well ends by itself: servers take many resets for an attack.
      if (request != null && !(ended && answered)) {
        request.cancel();
      }
      end.run();
    }
  }

  private void alive() {
    vertx.cancelTimer(watchdog);
    long millis = request == null ? patience.connectMillis() : patience.silenceMillis();
    String what = request == null ? "no connection" : "no progress";
    watchdog = vertx.setTimer(millis, id -> cancel(what + " in " + millis + " ms"));
  }
}

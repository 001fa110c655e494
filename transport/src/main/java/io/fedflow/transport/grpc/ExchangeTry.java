package io.fedflow.transport.grpc;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.grpc.wire.Ack;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.Outcome;
import io.fedflow.transport.grpc.wire.Position;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One attempt at handing over an envelope: over one connection, from where the receiver stands, as
 * fast as it takes bytes, up to its outcome. Confined to one context.
 */
final class ExchangeTry implements Try<Outcome> {

  /**
   * An open call.
   *
   * @param agreement what the receiver takes
   * @param turns of its connection
   */
  record Opened(GrpcClientRequest<Buffer, Ack> request, Agreement agreement, Turns turns) {}

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Supplier<Future<Opened>> connect;
  private final OutgoingEnvelope envelope;
  private final Attempt.Patience patience;
  private final int pieceBytes;
  private final Promise<Outcome> outcome = Promise.promise();
  private GrpcClientRequest<Buffer, Ack> request;
  private Agreement agreement;
  private Turns turns;
  private long watchdog = NO_TIMER;
  private boolean opened;
  private boolean busy;
  private boolean writing;
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
      Supplier<Future<Opened>> connect,
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

  /**
   * Gives up on what makes no progress. If it cannot even be written, nothing on this connection is
   * to be relied on: whatever else is under way there goes on over another one, too.
   */
  private void silent(String why) {
    if (request != null && busy && !writing) {
      // It waits for others to write; their own watch tells whether the connection is stuck.
      alive();
      return;
    }
    HttpConnection stuck = writing && !over ? request.connection() : null;
    cancel(why);
    if (stuck != null) {
      stuck.close();
    }
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

  private void onConnected(Opened connected) {
    request = connected.request();
    agreement = connected.agreement();
    turns = connected.turns();
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
    // A resumed one waits: only the receiver knows what it still has.
    positioned = !envelope.resumed();
    limit = positioned ? Protocol.FIRST_CREDIT : 0;
    pump();
  }

  private void onResponse(GrpcClientResponse<Buffer, Ack> response) {
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

  /** Prepares the next frame, if one may be sent, and writes it when it is its turn. */
  private void pump() {
    if (over || ended || busy || !mayWrite()) {
      return;
    }
    busy = true;
    int length = nextLength();
    if (length > 0 && agreement.deflated() && envelope.mayShrink(length)) {
      int offset = (int) next;
      // On a worker: the event loop is that of all connections of the site.
      vertx
          .executeBlocking(() -> envelope.deflated(offset, length), false)
          .onComplete(
              deflated -> {
                envelope.tried(deflated.isPresent());
                turns.take(() -> write(length, deflated));
              },
              this::broken);
    } else {
      turns.take(() -> write(length, Optional.empty()));
    }
  }

  private boolean mayWrite() {
    if (!opened) {
      return true;
    }
    return positioned && (next == envelope.size() || next < limit) && !request.writeQueueFull();
  }

  /** How much of the payload the next frame holds. */
  private int nextLength() {
    if (!opened && !(positioned && agreement.firstPiece())) {
      return 0;
    }
    int piece = envelope.pieceBytes(pieceBytes);
    return (int) Math.min(Math.min(piece, limit - next), envelope.size() - next);
  }

  private Future<Void> write(int length, Optional<byte[]> deflated) {
    if (over) {
      return Future.succeededFuture();
    }
    alive();
    writing = true;
    Future<Void> written;
    try {
      written = written(length, deflated);
    } catch (IllegalStateException streamFailed) {
      // The stream broke, or was answered early, between two writes.
      broken(streamFailed);
      return Future.succeededFuture();
    }
    return written.onComplete(
        done -> {
          writing = false;
          busy = false;
          pump();
        });
  }

  private Future<Void> written(int length, Optional<byte[]> deflated) {
    int offset = (int) next;
    next += length;
    boolean opens = !opened;
    opened = true;
    ended = positioned && next == envelope.size();
    if (ended && !opens && length == 0) {
      return request.end();
    }
    Buffer frame;
    if (!opens) {
      frame = envelope.piece(offset, length, deflated);
    } else {
      Frame opening = length == 0 ? envelope.opening() : envelope.opening(length, deflated);
      frame = Buffer.buffer(opening.toByteArray());
      envelope.begun();
    }
    return ended ? request.end(frame) : request.write(frame);
  }

  private void onEnd(GrpcClientResponse<Buffer, Ack> response) {
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
    watchdog = vertx.setTimer(millis, id -> silent(what + " in " + millis + " ms"));
  }
}

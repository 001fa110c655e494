package io.fedflow.transport.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.fedflow.failure.FedflowException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Serves a call of one message: reads it, asks for an answer, writes the answer. Stateless between
 * calls.
 *
 * @param requests reads the message
 * @param callers tells who calls
 * @param limits how large a message may be
 * @param answers makes the answer; never blocks; may throw what it would fail with
 * @param failures makes the answer for a failure
 */
record UnaryCall<Q extends MessageLite, R>(
    Parser<Q> requests,
    Callers callers,
    WireLimits limits,
    BiFunction<Caller, Q, CompletionStage<R>> answers,
    Function<Throwable, R> failures)
    implements Handler<GrpcServerRequest<Buffer, R>> {

  @Override
  public void handle(GrpcServerRequest<Buffer, R> call) {
    if (!callers.plain(call)) {
      return;
    }
    Context context = Vertx.currentContext();
    AtomicBoolean refused = new AtomicBoolean();
    callers.refuseInvalid(call, limits, () -> refused.set(true));
    call.last()
        .onComplete(
            message -> answer(call, message, context),
            missing -> {
              if (!refused.get()) {
                callers.malformed(call, "the call holds no message");
              }
            });
  }

  private void answer(GrpcServerRequest<Buffer, R> call, Buffer message, Context context) {
    Q request;
    byte[] bytes = message.getBytes();
    try {
      request = requests.parseFrom(bytes);
    } catch (InvalidProtocolBufferException malformed) {
      callers.malformed(call, "the message cannot be decoded");
      return;
    }
    CompletionStage<R> answer;
    try {
      answer = answers.apply(callers.of(call, bytes), request);
    } catch (IllegalArgumentException malformed) {
      refuse(call, FedflowException.peer("protocol.malformed", malformed.getMessage()));
      return;
    } catch (RuntimeException failed) {
      refuse(call, failed);
      return;
    }
    Future.fromCompletionStage(answer, context)
        .onComplete(reply -> Replies.send(call, reply), failed -> refuse(call, failed));
  }

  private void refuse(GrpcServerRequest<Buffer, R> call, Throwable failed) {
    callers.noteRefusal(call, failed);
    Replies.send(call, failures.apply(failed));
  }
}

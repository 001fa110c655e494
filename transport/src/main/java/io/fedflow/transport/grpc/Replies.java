package io.fedflow.transport.grpc;

import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;

/** Answers of the server, sent at most once and to whoever still listens. */
final class Replies {

  private Replies() {}

  /** Answers a call. */
  static <R> void send(GrpcServerRequest<?, R> call, R reply) {
    quietly(() -> call.response().end(reply));
  }

  /** Says that a call was not understood. */
  static void malformed(GrpcServerRequest<?, ?> call, String why) {
    status(call, GrpcStatus.INVALID_ARGUMENT, why);
  }

  /** Tells whether a call is in the one form that is spoken here; answers it if it is not. */
  static boolean plain(GrpcServerRequest<?, ?> call) {
    String encoding = call.encoding();
    boolean plain =
        (encoding == null || encoding.equals("identity"))
            && call.format() == io.vertx.grpc.common.WireFormat.PROTOBUF;
    if (!plain) {
      // A few compressed bytes may stand for gigabytes: nothing is unpacked before it is counted.
      status(call, GrpcStatus.UNIMPLEMENTED, "only uncompressed protobuf is spoken here");
    }
    return plain;
  }

  /** Ends a call with a status other than OK. */
  static void status(GrpcServerRequest<?, ?> call, GrpcStatus status, String why) {
    quietly(() -> call.response().status(status).statusMessage(why).end());
  }

  /** Does what a caller that hung up makes fail. */
  static void quietly(Runnable answer) {
    try {
      answer.run();
    } catch (IllegalStateException gone) {
      // The caller hung up, or has its answer already; it will ask again if it still cares.
      return;
    }
  }
}

package io.fedflow.transport.grpc;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.charset.StandardCharsets;

/** What a relay itself answers to a call that it could not hand on, as gRPC wants it. */
final class RelayAnswer {

  private RelayAnswer() {}

  /**
   * Answers that nothing of a call was handed on.
   *
   * @param relay the relay's name
   * @param micros how long it tried
   */
  static void undelivered(
      HttpServerRequest call, String relay, long micros, GrpcStatus status, String why) {
    call.response().putHeader(Protocol.UNDELIVERED, relay);
    answer(call, relay, micros, status, why);
  }

  /** Answers that a call, or some of it, was handed on, and nobody knows what became of it. */
  static void lost(HttpServerRequest call, String relay, long micros, String why) {
    answer(call, relay, micros, GrpcStatus.UNAVAILABLE, why);
  }

  private static void answer(
      HttpServerRequest call, String relay, long micros, GrpcStatus status, String why) {
    HttpServerResponse response = call.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/grpc")
        .putHeader("grpc-status", String.valueOf(status.code))
        .putHeader("grpc-message", percented("relay " + relay + ": " + why))
        .putHeader(Protocol.TRAIL, Trail.entry(relay, micros))
        .end();
  }

  /** A status message as it stands in a header: everything beyond plain ASCII in percent form. */
  static String percented(String text) {
    StringBuilder plain = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (each >= ' ' && each <= '~' && each != '%') {
        plain.append((char) each);
      } else {
        plain.append(String.format("%%%02X", each & 0xff));
      }
    }
    return plain.toString();
  }
}

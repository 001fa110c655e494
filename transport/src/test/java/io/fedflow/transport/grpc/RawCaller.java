package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** A caller that may say anything: it builds the frames of gRPC by hand. */
final class RawCaller {

  /**
   * What a call gave.
   *
   * @param status gRPC's status code
   * @param message gRPC's status message; may be null
   * @param body the messages in their frames
   */
  record Answer(int status, String message, Buffer body) {

    /** The first message, without its frame; empty if there was none. */
    byte[] reply() {
      return body.length() < 5 ? new byte[0] : body.getBytes(5, 5 + body.getInt(1));
    }

    /** All messages. */
    <T> List<T> replies(Parser<T> parser) {
      List<T> replies = new ArrayList<>();
      try {
        for (int at = 0; at < body.length(); at += 5 + body.getInt(at + 1)) {
          replies.add(parser.parseFrom(body.getBytes(at + 5, at + 5 + body.getInt(at + 1))));
        }
      } catch (InvalidProtocolBufferException broken) {
        throw new AssertionError(broken);
      }
      return replies;
    }
  }

  private final HttpClient client;
  private final SiteAddress address;

  RawCaller(Vertx vertx, SiteAddress address) {
    this.address = address;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
  }

  /** A message in its frame. */
  static Buffer frame(byte[] message) {
    return frame(0, message);
  }

  /** A message in a frame with this flag. */
  static Buffer frame(int flag, byte[] message) {
    return Buffer.buffer().appendByte((byte) flag).appendInt(message.length).appendBytes(message);
  }

  /** Calls a method with this body. */
  Answer call(String method, Buffer body) {
    return call(method, body, null);
  }

  /** Calls a method with this body, said to be encoded so. */
  Answer call(String method, Buffer body, String encoding) {
    return call(method, body, encoding, MultiMap.caseInsensitiveMultiMap());
  }

  /** The same with further headers. */
  Answer call(String method, Buffer body, String encoding, MultiMap headers) {
    return await(
        client
            .request(HttpMethod.POST, address.port(), address.host(), "/fedflow.party.v1." + method)
            .compose(
                request -> {
                  request.headers().addAll(headers);
                  return send(request, body, encoding);
                }));
  }

  private static Future<Answer> send(HttpClientRequest request, Buffer body, String encoding) {
    request.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
    if (encoding != null) {
      request.putHeader("grpc-encoding", encoding);
    }
    return request
        .send(body)
        .compose(
            response ->
                response
                    .body()
                    .map(
                        reply -> {
                          String status = response.getHeader("grpc-status");
                          String message = response.getHeader("grpc-message");
                          return new Answer(
                              Integer.parseInt(
                                  status == null ? response.getTrailer("grpc-status") : status),
                              message == null ? response.getTrailer("grpc-message") : message,
                              reply);
                        }));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().orTimeout(20, SECONDS).join();
    } catch (CompletionException failed) {
      throw new AssertionError("the call broke: " + failed.getCause(), failed.getCause());
    }
  }
}

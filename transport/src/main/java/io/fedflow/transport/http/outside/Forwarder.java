package io.fedflow.transport.http.outside;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests to services that the operator named. Follows no redirect, takes nothing but JSON,
 * and bounds time and size. Thread-safe.
 */
final class Forwarder {

  /** Within the time that a client waits for this server. */
  static final int PATIENCE_SECONDS = 30;

  /** The largest answer. */
  static final int MOST_BYTES = 4 << 20;

  private static final int CONNECT_MILLIS = 5000;

  private final Vertx vertx;
  private HttpClient client;

  Forwarder(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Sends a request.
   *
   * @return the JSON that came back; fails with PEER {@code service.answer}, or UNAVAILABLE {@code
   *     service.unreachable}, naming the service and no address
   */
  Future<Buffer> send(String name, URI service, ForwardedRequest request, String body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(request.method()))
            .setAbsoluteURI(address(service, request.endpoint()))
            .setFollowRedirects(false)
            .setIdleTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
            .putHeader("Accept", "application/json")
            .putHeader("Content-Type", "application/json");
    Promise<HttpClientRequest> open = Promise.promise();
    return client()
        .request(options)
        .compose(
            sending -> {
              open.complete(sending);
              return sending
                  .send(Buffer.buffer(body))
                  .compose(answer -> json(name, sending, answer));
            })
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .recover(
            failure -> {
              open.future().onSuccess(HttpClientRequest::reset);
              return Future.failedFuture(told(name, failure));
            });
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
    }
    return client;
  }

  /** Below where the service is: the endpoint begins with a slash. */
  static String address(URI service, String endpoint) {
    String base = service.toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + endpoint;
  }

  private static Future<Buffer> json(
      String name, HttpClientRequest request, HttpClientResponse answer) {
    int status = answer.statusCode();
    String type = Optional.ofNullable(answer.getHeader("Content-Type")).orElse("none");
    if (status < 200 || status >= 300) {
      request.reset();
      return Future.failedFuture(
          wrong(
              name,
              "answered with HTTP "
                  + status
                  + (status >= 300 && status < 400 ? ", and redirects are not followed" : "")));
    }
    if (!type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
      request.reset();
      return Future.failedFuture(wrong(name, "did not answer with application/json"));
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer kept = Buffer.buffer();
    answer.exceptionHandler(whole::tryFail);
    answer.handler(
        piece -> {
          if (kept.length() + piece.length() <= MOST_BYTES) {
            kept.appendBuffer(piece);
          } else if (whole.tryFail(
              wrong(name, "answered with more than " + MOST_BYTES + " bytes"))) {
            request.reset();
          }
        });
    answer.endHandler(end -> whole.tryComplete(kept));
    return whole.future();
  }

  private static FedflowException wrong(String name, String why) {
    return FedflowException.peer("service.answer", "service " + name + ' ' + why);
  }

  private static Throwable told(String name, Throwable failure) {
    return failure instanceof FedflowException
        ? failure
        : new FedflowException(
            FailureKind.UNAVAILABLE,
            "service.unreachable",
            "service "
                + name
                + " did not answer within "
                + PATIENCE_SECONDS
                + " s, or cannot be reached",
            failure);
  }
}

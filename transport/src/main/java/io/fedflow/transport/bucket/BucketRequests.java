package io.fedflow.transport.bucket;

import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Signs requests to one bucket and sends each once. Goes to no other address than that of the
 * bucket, whatever is answered. Thread-safe.
 */
final class BucketRequests {

  private static final int CONNECT_MILLIS = 10_000;
  private static final long IDLE_SECONDS = 60;

  private final Vertx vertx;
  private final BucketAddress address;
  private final InstantSource clock;
  private final Optional<SocketAddress> instead;
  private HttpClient client;

  BucketRequests(Vertx vertx, BucketAddress address, InstantSource clock) {
    this(vertx, address, clock, Optional.empty());
  }

  /** Connects to another place, under the name of the bucket's own. */
  BucketRequests(
      Vertx vertx, BucketAddress address, InstantSource clock, Optional<SocketAddress> instead) {
    this.vertx = vertx;
    this.address = address;
    this.clock = clock;
    this.instead = instead;
  }

  /**
   * One request.
   *
   * @param object its name below the prefix
   * @param headers further ones, which are signed, too
   * @param digest SHA-256 of the body, lower-case hex
   */
  record Ask(
      HttpMethod method,
      String object,
      Map<String, String> headers,
      String digest,
      BucketKeys keys,
      Optional<Body> body) {}

  /** A file at its begin, and how much of it there is. */
  record Body(AsyncFile content, long bytes) {}

  /**
   * Sends a request.
   *
   * @param taken reads the answer to its end; is called with a success only
   */
  <T> Future<T> send(Ask ask, Flight flight, Function<HttpClientResponse, Future<T>> taken) {
    return client()
        .request(options(ask))
        .compose(
            request -> {
              // Its futures tell the same.
              request.exceptionHandler(told -> {});
              // It may come before all of a body was sent, and must not pass unread.
              request.response().onSuccess(HttpClientResponse::pause);
              flight.begin(request);
              return sent(request, ask)
                  .compose(
                      answer -> {
                        int status = answer.statusCode();
                        Future<T> read =
                            status >= 200 && status < 300
                                ? taken.apply(answer)
                                : refused(request, ask, answer);
                        answer.resume();
                        return read;
                      });
            })
        .recover(
            failure -> {
              flight.check();
              return Future.failedFuture(
                  failure instanceof FedflowException
                      ? failure
                      : BucketAnswers.unreachable(address.name(), ask.method().name(), failure));
            });
  }

  private static Future<HttpClientResponse> sent(HttpClientRequest request, Ask ask) {
    return ask.body().isPresent() ? request.send(ask.body().get().content()) : request.send();
  }

  private RequestOptions options(Ask ask) {
    Instant now = clock.instant();
    Map<String, String> headers = new TreeMap<>(ask.headers());
    headers.put("host", address.authority());
    headers.put("x-amz-date", SignatureV4.time(now));
    headers.put("x-amz-content-sha256", ask.digest());
    ask.keys().sessionToken().ifPresent(token -> headers.put("x-amz-security-token", token));
    String path = address.path(ask.object());
    String authorization =
        SignatureV4.authorization(
            new SignatureV4.Request(ask.method().name(), path, "", headers, ask.digest()),
            ask.keys(),
            address.region(),
            "s3",
            now);
    headers.remove("host");
    RequestOptions options =
        new RequestOptions()
            .setMethod(ask.method())
            .setSsl(address.tls())
            .setHost(address.requestHost())
            .setPort(address.port())
            .setURI(path)
            .setFollowRedirects(false)
            .setConnectTimeout(CONNECT_MILLIS)
            .setIdleTimeout(TimeUnit.SECONDS.toMillis(IDLE_SECONDS))
            .putHeader("Authorization", authorization);
    headers.forEach(options::putHeader);
    ask.body().ifPresent(body -> options.putHeader("Content-Length", "" + body.bytes()));
    instead.ifPresent(options::setServer);
    return options;
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client = vertx.createHttpClient(new HttpClientOptions().setMaxHeaderSize(32 << 10));
    }
    return client;
  }

  /** Reads the begin of a refusal, whatever its size. */
  private <T> Future<T> refused(HttpClientRequest request, Ask ask, HttpClientResponse answer) {
    Promise<T> told = Promise.promise();
    Buffer begin = Buffer.buffer();
    Runnable tell =
        () ->
            told.tryFail(
                BucketAnswers.refusal(
                    address.name(),
                    ask.method().name(),
                    answer.statusCode(),
                    begin.toString(),
                    answer.getHeader("x-amz-bucket-region")));
    answer.exceptionHandler(broken -> tell.run());
    answer.endHandler(end -> tell.run());
    answer.handler(
        piece -> {
          int room = BucketAnswers.MOST_BYTES - begin.length();
          begin.appendBuffer(piece.slice(0, Math.min(room, piece.length())));
          if (begin.length() == BucketAnswers.MOST_BYTES) {
            tell.run();
            request.reset();
          }
        });
    return told.future();
  }
}

package io.fedflow.transport.http.wire;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads bodies into memory, whatever the method and the content type: FATE's clients send GET with
 * a body, and curl calls JSON a form.
 */
final class Bodies {

  /** How much more than allowed is read and thrown away, so that the client reads our answer. */
  private static final int PATIENCE = 16;

  private Bodies() {}

  static Future<Buffer> read(HttpServerRequest request, long max) {
    Promise<Buffer> body = Promise.promise();
    Collector collector = new Collector(request, max, body);
    request.handler(collector::add);
    request.endHandler(end -> collector.end());
    request.exceptionHandler(body::tryFail);
    return body.future();
  }

  /** The part of a body that was read so far. Confined to the request's event loop. */
  private static final class Collector {

    private final HttpServerRequest request;
    private final long max;
    private final Promise<Buffer> body;
    private final Buffer kept = Buffer.buffer();
    private long seen;

    Collector(HttpServerRequest request, long max, Promise<Buffer> body) {
      this.request = request;
      this.max = max;
      this.body = body;
    }

    void add(Buffer chunk) {
      seen += chunk.length();
      if (seen <= max) {
        kept.appendBuffer(chunk);
      } else if (seen > max * PATIENCE) {
        request.response().putHeader("Connection", "close");
        body.tryFail(tooLarge());
      }
    }

    void end() {
      if (seen <= max) {
        body.tryComplete(kept);
      } else {
        body.tryFail(tooLarge());
      }
    }

    private FedflowException tooLarge() {
      return new FedflowException(
          FailureKind.EXHAUSTED,
          "request.too-large",
          "request body: found more than " + max + " bytes, allowed " + max);
    }
  }
}

package io.fedflow.transport.http.wire;

import io.fedflow.spi.JsonCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Writes answers. */
final class Sender {

  private static final Logger LOG = System.getLogger(Sender.class.getName());

  private static final int PIECE = 1 << 16;

  private static final int LONGEST_LINE = 500;

  private final JsonCodec codec;
  private final Workers workers;
  private final Workers transfers;
  private final Duration patience;

  /**
   * Writes answers.
   *
   * @param workers encode what is large
   * @param transfers make downloads while they are sent
   * @param patience how long a client may read nothing of a download
   */
  Sender(JsonCodec codec, Workers workers, Workers transfers, Duration patience) {
    this.codec = codec;
    this.workers = workers;
    this.transfers = transfers;
    this.patience = patience;
  }

  void send(RoutingContext routing, Style style, Answer answer) {
    if (answer instanceof Envelope envelope) {
      send(routing, style, envelope);
    } else if (answer instanceof BytesAnswer bytes) {
      HttpServerResponse response = routing.response();
      if (!bytes.name().isEmpty()) {
        attach(response, bytes.name());
      }
      write(response.putHeader("Content-Type", bytes.contentType()), bytes.bytes());
    } else if (answer instanceof FileAnswer file) {
      send(routing, style, file);
    } else if (answer instanceof StreamAnswer stream) {
      send(routing, style, stream);
    }
  }

  private void send(RoutingContext routing, Style style, Envelope envelope) {
    if (envelope.retcode() != Retcode.SUCCESS) {
      LOG.log(Level.DEBUG, () -> refusal(routing, envelope));
    }
    HttpServerResponse response =
        routing
            .response()
            .setStatusCode(envelope.status())
            .putHeader("Content-Type", "application/json");
    encoded(envelope)
        .onComplete(
            bytes -> write(response, bytes),
            failure ->
                send(routing, style, Failures.toEnvelope(failure, style, RequestIds.of(routing))));
  }

  /** A line for the log: bounded, and one line whatever a client sent. */
  private static String refusal(RoutingContext routing, Envelope envelope) {
    String text =
        "request "
            + RequestIds.of(routing)
            + ": "
            + routing.request().method()
            + ' '
            + routing.request().path()
            + " is answered with "
            + envelope.retcode()
            + ": "
            + envelope.retmsg();
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + '…' : line;
  }

  /** The bytes of an envelope; of a large one they are made away from the event loop. */
  Future<Buffer> encoded(Envelope envelope) {
    return envelope.heavy()
        ? workers.run(() -> encode(envelope))
        : Future.succeededFuture(encode(envelope));
  }

  /** Not by the system's own way of sending files: that reads them on the event loop. */
  private void send(RoutingContext routing, Style style, FileAnswer file) {
    send(
            routing,
            style,
            new StreamAnswer(file.name(), file.contentType(), out -> Files.copy(file.file(), out)))
        .onComplete(sent -> delete(routing, file.file()));
  }

  private Future<Void> send(RoutingContext routing, Style style, StreamAnswer stream) {
    HttpServerResponse response = routing.response();
    Context context = routing.vertx().getOrCreateContext();
    return transfers
        .<Void>run(
            () -> {
              ResponseStream sent =
                  new ResponseStream(context, response, patience, () -> begin(response, stream));
              OutputStream out = new BufferedOutputStream(sent, PIECE);
              stream.content().writeTo(out);
              out.flush();
              sent.awaitSent();
              return null;
            })
        .onComplete(
            sent -> context.runOnContext(turn -> end(response)),
            failure -> context.runOnContext(turn -> broken(routing, style, failure)));
  }

  private static void begin(HttpServerResponse response, StreamAnswer stream) {
    attach(response, stream.name());
    response.putHeader("Content-Type", stream.contentType()).setChunked(true);
  }

  private static void end(HttpServerResponse response) {
    if (!gone(response)) {
      response.end();
    }
  }

  private void broken(RoutingContext routing, Style style, Throwable failure) {
    HttpServerResponse response = routing.response();
    if (gone(response)) {
      return;
    }
    if (response.headWritten()) {
      LOG.log(
          Level.WARNING,
          () -> "request " + RequestIds.of(routing) + ": a download broke off",
          failure);
      routing.request().connection().close();
      return;
    }
    send(routing, style, Failures.toEnvelope(failure, style, RequestIds.of(routing)));
  }

  private static void delete(RoutingContext routing, Path file) {
    routing
        .vertx()
        .fileSystem()
        .delete(file.toString())
        .onFailure(e -> LOG.log(Level.WARNING, () -> "cannot delete " + file.getFileName(), e));
  }

  private Buffer encode(Envelope envelope) {
    return Buffer.buffer(codec.write(envelope.tree()));
  }

  private static void write(HttpServerResponse response, Buffer bytes) {
    if (!gone(response)) {
      response.end(bytes);
    }
  }

  private static boolean gone(HttpServerResponse response) {
    return response.closed() || response.ended();
  }

  /** Unquoted and last: FATE's clients take everything behind {@code filename=} for the name. */
  private static void attach(HttpServerResponse response, String name) {
    response.putHeader(
        "Content-Disposition", "attachment; filename=" + name.replaceAll("[^A-Za-z0-9._#-]", "_"));
  }
}

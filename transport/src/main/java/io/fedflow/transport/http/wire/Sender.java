package io.fedflow.transport.http.wire;

import io.fedflow.spi.JsonCodec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/** Writes answers. */
final class Sender {

  private static final Logger LOG = System.getLogger(Sender.class.getName());

  private final JsonCodec codec;
  private final Workers workers;

  Sender(JsonCodec codec, Workers workers) {
    this.codec = codec;
    this.workers = workers;
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
      send(routing, file);
    }
  }

  private void send(RoutingContext routing, Style style, Envelope envelope) {
    HttpServerResponse response =
        routing
            .response()
            .setStatusCode(envelope.status())
            .putHeader("Content-Type", "application/json");
    if (!envelope.heavy()) {
      write(response, encode(envelope));
      return;
    }
    workers
        .run(() -> encode(envelope))
        .onComplete(
            bytes -> write(response, bytes),
            failure ->
                send(routing, style, Failures.toEnvelope(failure, style, RequestIds.of(routing))));
  }

  private void send(RoutingContext routing, FileAnswer file) {
    HttpServerResponse response = routing.response();
    if (gone(response)) {
      delete(routing, file.file());
      return;
    }
    attach(response, file.name());
    response
        .putHeader("Content-Type", file.contentType())
        .sendFile(file.file().toString())
        .onComplete(sent -> delete(routing, file.file()));
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

package io.fedflow.transport.http;

import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.BytesAnswer;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/** {@code /metrics}: the metrics of the process in Prometheus' text format. */
final class ScrapeController implements Controller {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<String> metrics;

  ScrapeController(Supplier<String> metrics) {
    this.metrics = metrics;
  }

  @Override
  public void mount(Routes routes) {
    // Reading many meters takes a while, some of them ask the system.
    routes.get("/metrics", call -> call.blocking(this::scrape));
  }

  private Answer scrape() {
    String text = metrics.get();
    return text.isEmpty()
        ? Envelope.status(404, "this server keeps no metrics")
        : new BytesAnswer("", TEXT, Buffer.buffer(text));
  }
}

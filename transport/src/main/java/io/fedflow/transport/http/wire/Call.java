package io.fedflow.transport.http.wire;

import io.fedflow.spi.JsonCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/** One request with its body read. Confined to its event loop. */
public final class Call {

  private final RoutingContext routing;
  private final Context context;
  private final Workers workers;
  private final JsonCodec codec;
  private final Buffer body;
  private final ArgumentListener listener;

  Call(
      RoutingContext routing,
      Context context,
      Workers workers,
      JsonCodec codec,
      Buffer body,
      ArgumentListener listener) {
    this.routing = routing;
    this.context = context;
    this.workers = workers;
    this.codec = codec;
    this.body = body;
    this.listener = listener;
  }

  /**
   * The arguments of the JSON body, or of the form if it is one.
   *
   * @throws io.fedflow.failure.FedflowException {@code json.malformed}
   */
  public Arguments arguments() {
    String text = body.toString().strip();
    if (text.isEmpty()) {
      return Arguments.of(null, listener);
    }
    if (isForm(routing.request()) && !text.startsWith("{")) {
      return new Arguments(FormText.parse(text), listener);
    }
    return Arguments.of(codec.read(text), listener);
  }

  /** Whether a request says that its body is a form, which need not be true. */
  static boolean isForm(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return type != null && type.startsWith("application/x-www-form-urlencoded");
  }

  /** The query parameters; of one that stands twice the first. */
  public Arguments query() {
    Map<String, Object> query = new LinkedHashMap<>();
    routing.queryParams().forEach(e -> query.putIfAbsent(e.getKey(), e.getValue()));
    return new Arguments(query, listener);
  }

  /** A part of the path. */
  public String path(String name) {
    return routing.pathParam(name);
  }

  /** A request header, or null. */
  public String header(String name) {
    return routing.request().getHeader(name);
  }

  /** {@code http://host:port} as the client addressed this server. */
  public String base() {
    return PublicBase.of(routing.request());
  }

  /** Who sent the request, for people. */
  public String who() {
    return Auditing.who(routing).toString();
  }

  /** The app key that the client proved; empty if it proved none. */
  public String appKey() {
    return routing.get(Auditing.APP_KEY, "");
  }

  /** The id of this request. */
  public String requestId() {
    return RequestIds.of(routing);
  }

  /** A stage's outcome, on this call's event loop. */
  public <T> Future<T> await(CompletionStage<T> stage) {
    return Stages.toVertx(stage, context);
  }

  /** Runs what blocks on a worker thread. */
  public <T> Future<T> blocking(Callable<T> work) {
    return workers.run(work);
  }

  /** The JSON codec. */
  public JsonCodec codec() {
    return codec;
  }
}

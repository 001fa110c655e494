package io.fedflow.transport.http.wire;

import io.fedflow.failure.FailureKind;
import io.fedflow.spi.JsonCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Adds endpoints to a router: reads bodies, bounds waiting, sends answers and failures. */
public final class Routes {

  private final Router router;
  private final Vertx vertx;
  private final JsonCodec codec;
  private final Workers workers;
  private final Sender sender;
  private final Limits limits;
  private final RouteListener listeners;
  private final List<Mounted> mounted = new ArrayList<>();

  /**
   * What one request may take.
   *
   * @param bodyBytes how large a body in memory may be
   * @param patience how long an answer may take
   */
  public record Limits(long bodyBytes, Duration patience) {}

  /**
   * Adds to this router.
   *
   * @param workers run what blocks
   * @param transfers make downloads while they are sent
   * @param listeners hear which arguments routes ask for
   */
  public Routes(
      Router router,
      Vertx vertx,
      JsonCodec codec,
      Workers workers,
      Workers transfers,
      Limits limits,
      RouteListener listeners) {
    this.router = router;
    this.vertx = vertx;
    this.codec = codec;
    this.workers = workers;
    this.sender = new Sender(codec, workers, transfers, limits.patience());
    this.limits = limits;
    this.listeners = listeners;
  }

  /** A POST route of FATE's. */
  public void post(String path, Endpoint endpoint) {
    add(HttpMethod.POST, path, Style.FATE, endpoint);
  }

  /** A download of FATE's, by POST. */
  public void download(String path, Endpoint endpoint) {
    add(HttpMethod.POST, path, Style.DOWNLOAD, endpoint);
  }

  /** A download of FATE's, by GET with a body; POST works as well. */
  public void downloadByGet(String path, Endpoint endpoint) {
    add(HttpMethod.GET, path, Style.DOWNLOAD, endpoint);
    add(HttpMethod.POST, path, Style.DOWNLOAD, endpoint);
  }

  /** A GET route of our own. */
  public void get(String path, Endpoint endpoint) {
    add(HttpMethod.GET, path, Style.PLAIN, endpoint);
  }

  /** A POST route of our own. */
  public void plainPost(String path, Endpoint endpoint) {
    add(HttpMethod.POST, path, Style.PLAIN, endpoint);
  }

  /** A route of FATE's that does nothing, for good. */
  public void refuse(String method, String path, Style style, String reason) {
    idle(new Mounted(method, path, style, Mounted.State.REFUSED, reason), "refused: " + reason);
  }

  /** A route of FATE's that does nothing so far. */
  public void pending(String method, String path, Style style, String brings) {
    idle(new Mounted(method, path, style, Mounted.State.PENDING, brings), "not yet: " + brings);
  }

  /** Tells whether there is a route. */
  public boolean has(String method, String path) {
    return mounted.stream().anyMatch(m -> m.method().equals(method) && m.path().equals(path));
  }

  /** A GET route of our own whose handler writes the answer itself. */
  public void handle(String path, Handler<RoutingContext> handler) {
    mounted.add(working(HttpMethod.GET, path, Style.PLAIN));
    router.route(HttpMethod.GET, path).handler(handler);
  }

  /** All routes, in the order in which they were added. */
  public List<Mounted> mounted() {
    return List.copyOf(mounted);
  }

  /** The router itself, for what stands before or behind all routes. */
  public Router router() {
    return router;
  }

  /** A call without a body, for handlers that read the request themselves. */
  public Call callOf(RoutingContext routing) {
    return new Call(routing, context(), workers, codec, Buffer.buffer(), ArgumentListener.NONE);
  }

  /** Sends what an endpoint of another kind answers. */
  public void answer(RoutingContext routing, Style style, Future<? extends Answer> answer) {
    Future<? extends Answer> timely =
        answer.timeout(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
    timely.onComplete(
        given -> sender.send(routing, style, rendered(style, given)),
        failure ->
            sender.send(
                routing, style, Failures.toEnvelope(failure, style, RequestIds.of(routing))));
  }

  private static Answer rendered(Style style, Answer answer) {
    return answer instanceof Envelope envelope
        ? style.render(envelope, FailureKind.INVALID, envelope.retcode() == Retcode.DATA)
        : answer;
  }

  private void add(HttpMethod method, String path, Style style, Endpoint endpoint) {
    add(working(method, path, style), endpoint);
  }

  private static Mounted working(HttpMethod method, String path, Style style) {
    return new Mounted(method.name(), path, style, Mounted.State.WORKS, "");
  }

  private void idle(Mounted route, String message) {
    Envelope envelope = Envelope.error(Retcode.EXCEPTION, message);
    add(route, call -> Future.succeededFuture(envelope));
  }

  private void add(Mounted route, Endpoint endpoint) {
    mounted.add(route);
    ArgumentListener listener = listeners.of(route);
    router
        .route(HttpMethod.valueOf(route.method()), route.path())
        .handler(routing -> run(routing, route.style(), listener, endpoint));
  }

  private void run(
      RoutingContext routing, Style style, ArgumentListener listener, Endpoint endpoint) {
    Context context = context();
    Bodies.read(routing.request(), limits.bodyBytes())
        .onComplete(
            body -> {
              Call call = new Call(routing, context, workers, codec, body, listener);
              answer(routing, style, invoke(endpoint, call));
            },
            failure -> answer(routing, style, Future.failedFuture(failure)));
  }

  private static Future<? extends Answer> invoke(Endpoint endpoint, Call call) {
    try {
      return endpoint.handle(call);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private Context context() {
    return vertx.getOrCreateContext();
  }
}

package io.fedflow.transport.http.wire;

import io.fedflow.failure.FailureKind;
import io.fedflow.spi.JsonCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
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
  private final List<Mounted> mounted = new ArrayList<>();

  /**
   * What one request may take.
   *
   * @param bodyBytes how large a body in memory may be
   * @param patience how long an answer may take
   */
  public record Limits(long bodyBytes, Duration patience) {}

  /** Adds to this router. */
  public Routes(Router router, Vertx vertx, JsonCodec codec, Workers workers, Limits limits) {
    this.router = router;
    this.vertx = vertx;
    this.codec = codec;
    this.workers = workers;
    this.sender = new Sender(codec, workers);
    this.limits = limits;
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
    idle(new Mounted(method, path, Mounted.State.REFUSED, reason), style, "refused: " + reason);
  }

  /** A route of FATE's that does nothing so far. */
  public void pending(String method, String path, Style style, String brings) {
    idle(new Mounted(method, path, Mounted.State.PENDING, brings), style, "not yet: " + brings);
  }

  /** Tells whether there is a route. */
  public boolean has(String method, String path) {
    return mounted.stream().anyMatch(m -> m.method().equals(method) && m.path().equals(path));
  }

  /** All routes with one answer, in the order in which they were added. */
  public List<Mounted> mounted() {
    return List.copyOf(mounted);
  }

  /** The router itself, for what is not a call with one answer. */
  public Router router() {
    return router;
  }

  /** A call without a body, for handlers that read the request themselves. */
  public Call callOf(RoutingContext routing) {
    return new Call(routing, context(), workers, codec, Buffer.buffer());
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
    add(new Mounted(method.name(), path, Mounted.State.WORKS, ""), style, endpoint);
  }

  private void idle(Mounted route, Style style, String message) {
    Envelope envelope = Envelope.error(Retcode.EXCEPTION, message);
    add(route, style, call -> Future.succeededFuture(envelope));
  }

  private void add(Mounted route, Style style, Endpoint endpoint) {
    mounted.add(route);
    router
        .route(HttpMethod.valueOf(route.method()), route.path())
        .handler(routing -> run(routing, style, endpoint));
  }

  private void run(RoutingContext routing, Style style, Endpoint endpoint) {
    Context context = context();
    Bodies.read(routing.request(), limits.bodyBytes())
        .onComplete(
            body -> {
              Call call = new Call(routing, context, workers, codec, body);
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

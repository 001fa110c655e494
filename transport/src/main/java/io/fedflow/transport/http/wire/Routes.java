package io.fedflow.transport.http.wire;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Adds endpoints to a router: reads bodies, bounds waiting, sends answers and failures. */
public final class Routes {

  private static final String BODY = "fedflow.body";

  private final Router router;
  private final Vertx vertx;
  private final JsonCodec codec;
  private final Workers workers;
  private final Sender sender;
  private final Limits limits;
  private final AnswerCache cache;
  private final RouteListener listeners;
  private final Auditing auditing;
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
   * @param cache of answers about single jobs; null for none
   * @param listeners hear which arguments routes ask for
   * @param auditing records what changes something
   */
  public Routes(
      Router router,
      Vertx vertx,
      JsonCodec codec,
      Workers workers,
      Workers transfers,
      Limits limits,
      AnswerCache cache,
      RouteListener listeners,
      Auditing auditing) {
    this.router = router;
    this.vertx = vertx;
    this.codec = codec;
    this.workers = workers;
    this.sender = new Sender(codec, workers, transfers, limits.patience());
    this.limits = limits;
    this.cache = cache;
    this.listeners = listeners;
    this.auditing = auditing;
  }

  /** A POST route of FATE's. */
  public void post(String path, Endpoint endpoint) {
    add(HttpMethod.POST, path, Style.FATE, endpoint);
  }

  /**
   * A POST route of FATE's whose answer depends on nothing but the call's arguments and, if they
   * name one {@code job_id}, what is stored of this job.
   */
  public void postOfJob(String path, Endpoint endpoint) {
    Mounted route = working(HttpMethod.POST, path, Style.FATE);
    add(route, cache == null ? plain(route, endpoint) : remembered(route, endpoint));
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

  /**
   * Does what a route does whose handler reads the request itself, and records that.
   *
   * @param arguments tell about what
   */
  public Future<? extends Answer> audited(
      RoutingContext routing,
      String path,
      Supplier<Map<String, Object>> arguments,
      Supplier<Future<? extends Answer>> work) {
    Mounted route = working(HttpMethod.POST, path, Style.FATE);
    return auditing.around(routing, context(), route, arguments, work);
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
    add(route, plain(route, endpoint));
  }

  private void add(Mounted route, Reader reader) {
    mounted.add(route);
    router
        .route(HttpMethod.valueOf(route.method()), route.path())
        .handler(routing -> readBody(routing, route.style(), body -> reader.read(routing, body)));
  }

  /**
   * Reads the body of a request, or gives the one that was read before.
   *
   * @param style of the answer if the body cannot be read
   * @param then called with the body
   */
  public void readBody(RoutingContext routing, Style style, Handler<Buffer> then) {
    Buffer known = routing.get(BODY);
    if (known != null) {
      then.handle(known);
      return;
    }
    Bodies.read(routing.request(), limits.bodyBytes())
        .onComplete(
            body -> {
              routing.put(BODY, body);
              then.handle(body);
            },
            failure -> answer(routing, style, Future.failedFuture(failure)));
  }

  /** Goes on with a request whose body was read. */
  @FunctionalInterface
  private interface Reader {
    void read(RoutingContext routing, Buffer body);
  }

  private Reader plain(Mounted route, Endpoint endpoint) {
    ArgumentListener listener = listeners.of(route);
    return (routing, body) ->
        answer(
            routing,
            route.style(),
            recorded(routing, route, endpoint, call(routing, body, listener)));
  }

  private Future<? extends Answer> recorded(
      RoutingContext routing, Mounted route, Endpoint endpoint, Call call) {
    return auditing.around(
        routing, context(), route, () -> call.arguments().all(), () -> invoke(endpoint, call));
  }

  private Call call(RoutingContext routing, Buffer body, ArgumentListener listener) {
    return new Call(routing, context(), workers, codec, body, listener);
  }

  private Reader remembered(Mounted route, Endpoint endpoint) {
    Reader plain = plain(route, endpoint);
    return (routing, body) -> {
      if (Call.isForm(routing.request())) {
        // The same bytes mean something else there.
        plain.read(routing, body);
        return;
      }
      cache
          .find(route.path(), body)
          .ifPresentOrElse(
              known -> sender.send(routing, route.style(), json(known)),
              () ->
                  answer(
                      routing,
                      route.style(),
                      noted(route, call(routing, body, ArgumentListener.NONE), body, endpoint)));
    };
  }

  /** The answer, kept for those who ask the same. */
  private Future<? extends Answer> noted(Mounted route, Call call, Buffer body, Endpoint endpoint) {
    Object jobId = jobId(call);
    if (!(jobId instanceof String id)) {
      return invoke(endpoint, call);
    }
    long version = cache.version(id);
    return invoke(endpoint, call)
        .compose(
            answer ->
                answer instanceof Envelope envelope && envelope.retcode() == Retcode.SUCCESS
                    ? sender
                        .encoded(envelope)
                        .map(
                            bytes -> {
                              cache.keep(route.path(), body, id, version, bytes);
                              return json(bytes);
                            })
                    : Future.succeededFuture(answer));
  }

  private static Object jobId(Call call) {
    try {
      return call.arguments().any("job_id").orElse(null);
    } catch (FedflowException malformed) {
      // The endpoint tells.
      return null;
    }
  }

  private static BytesAnswer json(Buffer bytes) {
    return new BytesAnswer("", "application/json", bytes);
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

package io.fedflow.transport.http.wire;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** Requests that no route takes, and routes that fell over before they could answer. */
public final class Strays implements Controller {

  private static final int BAD_REQUEST = 400;

  @Override
  public void mount(Routes routes) {
    routes.router().route().failureHandler(routing -> fallen(routes, routing));
    routes.router().route().last().handler(routing -> unknown(routes, routing));
    // A path that cannot be decoded reaches no route.
    routes.router().errorHandler(BAD_REQUEST, routing -> malformed(routes, routing));
  }

  private static void unknown(Routes routes, RoutingContext routing) {
    boolean ours =
        routing.request().path().startsWith("/fedflow/")
            || routing.request().path().startsWith("/health")
            || routing.request().path().equals("/favicon.ico");
    String message =
        "404 Not Found: there is no "
            + routing.request().method().name()
            + " route of this path on this server";
    routes.answer(
        routing,
        ours ? Style.PLAIN : Style.FATE,
        Future.succeededFuture(
            ours
                ? Envelope.status(404, message)
                // FATE answers unknown paths like any other error.
                : Envelope.error(Retcode.EXCEPTION, message)));
  }

  private static void fallen(Routes routes, RoutingContext routing) {
    int status = routing.statusCode();
    if (routing.failure() == null && status < 500) {
      malformed(routes, routing);
      return;
    }
    Throwable failure =
        routing.failure() == null
            ? new IllegalStateException("route failed with status " + status)
            : routing.failure();
    routes.answer(routing, Style.FATE, Future.failedFuture(failure));
  }

  private static void malformed(Routes routes, RoutingContext routing) {
    routes.answer(
        routing,
        Style.PLAIN,
        Future.succeededFuture(Envelope.status(BAD_REQUEST, "the request is malformed")));
  }
}

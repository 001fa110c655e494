package io.fedflow.transport.http.wire;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses requests that another site's page sends through a user's browser: bodies are read
 * whatever their content type, so browsers would not ask before. Clients outside browsers send no
 * {@code Origin}.
 */
public final class SameOrigin implements Handler<RoutingContext> {

  private static final int FORBIDDEN = 403;

  private final Routes routes;

  /** Answers through these routes. */
  public SameOrigin(Routes routes) {
    this.routes = routes;
  }

  @Override
  public void handle(RoutingContext context) {
    String origin = context.request().getHeader("Origin");
    if (origin == null || origin.equals(PublicBase.of(context.request()))) {
      context.response().putHeader("X-Content-Type-Options", "nosniff");
      context.next();
      return;
    }
    routes.answer(
        context,
        Style.PLAIN,
        Future.succeededFuture(
            Envelope.status(FORBIDDEN, "requests from pages of other sites are refused")));
  }
}

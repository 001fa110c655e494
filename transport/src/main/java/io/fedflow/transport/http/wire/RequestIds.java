package io.fedflow.transport.http.wire;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Gives every request an id, so that an answer and the log can be brought together. A client's own
 * id is kept if it is harmless.
 */
public final class RequestIds implements Handler<RoutingContext> {

  /** The header in requests and answers. */
  public static final String HEADER = "X-Request-Id";

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @Override
  public void handle(RoutingContext context) {
    String given = context.request().getHeader(HEADER);
    String id =
        given != null && HARMLESS.matcher(given).matches() ? given : UUID.randomUUID().toString();
    context.put(HEADER, id);
    context.response().putHeader(HEADER, id);
    context.next();
  }

  /** The id of a request. */
  public static String of(RoutingContext context) {
    return context.get(HEADER, "none");
  }
}

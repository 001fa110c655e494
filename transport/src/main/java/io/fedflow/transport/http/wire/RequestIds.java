package io.fedflow.transport.http.wire;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives every request an id, so that an answer and the log can be brought together. A client's own
 * id is kept if it is harmless; a client that traces its calls finds them by the id of its trace.
 */
public final class RequestIds implements Handler<RoutingContext> {

  /** The header in requests and answers. */
  public static final String HEADER = "X-Request-Id";

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Of W3C Trace Context; later versions may have further fields. */
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  @Override
  public void handle(RoutingContext context) {
    String id = idOf(context.request());
    context.put(HEADER, id);
    context.response().putHeader(HEADER, id);
    context.next();
  }

  private static String idOf(HttpServerRequest request) {
    String given = request.getHeader(HEADER);
    if (given != null && HARMLESS.matcher(given).matches()) {
      return given;
    }
    String parent = request.getHeader("traceparent");
    Matcher trace = parent == null ? null : TRACE_PARENT.matcher(parent);
    return trace != null && trace.matches() ? trace.group(1) : UUID.randomUUID().toString();
  }

  /** The id of a request. */
  public static String of(RoutingContext context) {
    return context.get(HEADER, "none");
  }
}

package io.fedflow.transport.http.auth;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.auth.ClientVerifier.Contents;
import io.fedflow.transport.http.auth.SignedRequest.Unsigned;
import io.fedflow.transport.http.wire.Auditing;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.http.wire.Style;
import io.fedflow.transport.signing.RequestSignature;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stands before all routes and lets through what clients signed. Open to everybody are only the
 * health of the process, its metrics, and the two pages with the description of the routes; the
 * pages show nothing, since what they ask for is refused.
 *
 * <p>The signature covers the body byte for byte, so it is read here. Of a file only FATE's rule is
 * left: neither its contents nor, when a table is uploaded, the fields beside it are signed.
 */
public final class ClientAuthentication implements Handler<RoutingContext> {

  private static final Set<String> OPEN =
      Set.of("/", "/index.html", "/fedflow/api", "/fedflow/openapi.json", "/metrics");
  private static final String HEALTH = "/health/";
  private static final String UPLOAD = "/v1/data/upload";
  private static final String IMPORT = "/v1/model/import";
  private static final String FATE = "/v1/";
  private static final String PENDING = "fedflow.client.pending";
  private static final int UNAUTHORIZED = 401;

  private final ClientVerifier verifier;
  private final Routes routes;
  private final RefusedClients refusals;

  /** Verifies for these routes, and records who is refused. */
  public ClientAuthentication(ClientVerifier verifier, Routes routes, RefusedClients refusals) {
    this.refusals = refusals;
    this.verifier = verifier;
    this.routes = routes;
  }

  @Override
  public void handle(RoutingContext routing) {
    // As the router reads it: /health/../v1 is none of the health.
    String path = routing.normalizedPath();
    if (OPEN.contains(path) || path.startsWith(HEALTH)) {
      routing.next();
      return;
    }
    SignedRequest signed;
    try {
      signed = SignedRequest.of(routing.request());
      verifier.requireTimely(signed);
    } catch (Unsigned refused) {
      refuse(routing, refused);
      return;
    }
    if (isFileForm(routing.request(), path)) {
      fileForm(routing, path, signed);
    } else {
      routes.readBody(
          routing, style(path), body -> verify(routing, signed, ways(routing.request(), body)));
    }
  }

  private void fileForm(RoutingContext routing, String path, SignedRequest signed) {
    if (path.equals(IMPORT)) {
      // Its fields are signed, and known only when the file has arrived.
      routing.put(PENDING, new Pending(signed, verifier, refusals));
      routing.next();
    } else {
      verify(routing, signed, List.of(Contents.NONE));
    }
  }

  private void verify(RoutingContext routing, SignedRequest signed, List<Contents> ways) {
    try {
      verifier.verify(signed, ways);
    } catch (Unsigned refused) {
      refuse(routing, refused);
      return;
    }
    routing.put(Auditing.APP_KEY, signed.text().appKey());
    routing.next();
  }

  /**
   * Verifies a form whose fields arrived only now.
   *
   * @throws FedflowException if it is not signed as it must be
   */
  public static void verifyForm(RoutingContext routing, Map<String, String> fields) {
    Pending pending = routing.remove(PENDING);
    if (pending == null) {
      return;
    }
    try {
      pending.verifier.verify(
          pending.signed, List.of(new Contents(new byte[0], RequestSignature.form(fields))));
    } catch (Unsigned refused) {
      pending.refusals.note(routing.request(), refused.getMessage());
      throw Refusal.of(Retcode.AUTHENTICATION, refused.getMessage());
    }
    routing.put(Auditing.APP_KEY, pending.signed.text().appKey());
  }

  private record Pending(SignedRequest signed, ClientVerifier verifier, RefusedClients refusals) {}

  private void refuse(RoutingContext routing, Unsigned refused) {
    refusals.note(routing.request(), refused.getMessage());
    Style style = style(routing.normalizedPath());
    Envelope envelope = Envelope.error(Retcode.AUTHENTICATION, refused.getMessage());
    routes.answer(
        routing,
        style,
        Future.succeededFuture(style == Style.FATE ? envelope : envelope.under(UNAUTHORIZED)));
  }

  private static Style style(String path) {
    return path.startsWith(FATE) ? Style.FATE : Style.PLAIN;
  }

  private static boolean isFileForm(HttpServerRequest request, String path) {
    return request.method().equals(HttpMethod.POST)
        && (path.equals(UPLOAD) || path.equals(IMPORT))
        && contentType(request).startsWith("multipart/form-data");
  }

  private static List<Contents> ways(HttpServerRequest request, Buffer body) {
    // curl calls JSON a form, so it may be either.
    boolean form = contentType(request).startsWith("application/x-www-form-urlencoded");
    return ClientVerifier.contents(
        body.getBytes(), form ? Optional.of(fields(body)) : Optional.empty());
  }

  private static String fields(Buffer body) {
    Map<String, String> fields = new LinkedHashMap<>();
    new QueryStringDecoder(body.toString(StandardCharsets.UTF_8), StandardCharsets.UTF_8, false)
        .parameters()
        .forEach((name, values) -> fields.put(name, values.get(0)));
    return RequestSignature.form(fields);
  }

  private static String contentType(HttpServerRequest request) {
    return String.valueOf(request.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
  }
}

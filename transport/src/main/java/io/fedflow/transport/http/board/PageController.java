package io.fedflow.transport.http.board;

import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A page: one document that loads nothing else. Its policy admits exactly the inline script and
 * style it came with, so a text smuggled into a log cannot run.
 */
public final class PageController implements Controller {

  private final List<String> paths;
  private final Buffer page;
  private final String policy;

  private PageController(String name, List<String> paths) {
    this.paths = paths;
    String html = load(name);
    this.page = Buffer.buffer(html);
    this.policy =
        "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'; script-src "
            + hash(html, "script")
            + "; style-src "
            + hash(html, "style");
  }

  /** The page of the site. */
  public static PageController board() {
    return new PageController("index.html", List.of("/", "/index.html"));
  }

  /** The page that shows the description of the routes. */
  public static PageController api() {
    return new PageController("api.html", List.of("/fedflow/api"));
  }

  @Override
  public void mount(Routes routes) {
    paths.forEach(path -> routes.handle(path, this::show));
  }

  private void show(RoutingContext routing) {
    routing
        .response()
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Content-Security-Policy", policy)
        .putHeader("Referrer-Policy", "no-referrer")
        .end(page);
  }

  private static String load(String name) {
    try (InputStream in = PageController.class.getResourceAsStream("/board/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the page board/" + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String html, String element) {
    int start = html.indexOf('<' + element + '>') + element.length() + 2;
    String content = html.substring(start, html.indexOf("</" + element + '>', start));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + '\'';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package io.fedflow.transport.http;

import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.fake.FakeSite;
import io.fedflow.transport.http.wire.RouteListener;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** An edge on a free port before a fake site, and a client that hides nothing. */
final class EdgeFixture implements AutoCloseable {

  final FakeSite site = new FakeSite();
  final JsonCodec codec = new JacksonJsonCodec();
  final Vertx vertx = Vertx.vertx();
  final HttpEdge edge;
  final int port;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  EdgeFixture(Path staging, UnaryOperator<HttpEdgeOptions.Builder> more) {
    this(staging, more, RouteListener.NOBODY);
  }

  EdgeFixture(Path staging, UnaryOperator<HttpEdgeOptions.Builder> more, RouteListener listeners) {
    HttpEdgeOptions options =
        more.apply(
                HttpEdgeOptions.builder(staging)
                    .listen("127.0.0.1", 0)
                    .zone(java.time.ZoneOffset.UTC)
                    .drainTimeout(Duration.ofSeconds(2)))
            .build();
    edge = new HttpEdge(site, codec, options, listeners);
    port = await(edge.start(vertx));
  }

  static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What came back. */
  record Reply(int status, byte[] bytes, Map<String, Object> tree, HttpResponse<byte[]> raw) {

    int retcode() {
      return (int) tree.get("retcode");
    }

    String retmsg() {
      return (String) tree.get("retmsg");
    }

    Object data() {
      return tree.get("data");
    }

    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> map() {
      return (Map<String, Object>) data();
    }
  }

  Reply post(String path, Object tree) {
    return send(request(path).POST(BodyPublishers.ofString(codec.write(tree))).build());
  }

  Reply postText(String path, String body, String contentType) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  Reply get(String path) {
    return send(request(path).GET().build());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  @SuppressWarnings("unchecked")
  Reply send(HttpRequest request) {
    CalledRoutes.note(request.uri().getPath());
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      boolean json =
          response.headers().firstValue("Content-Type").orElse("").equals("application/json");
      Map<String, Object> tree =
          json
              ? (Map<String, Object>)
                  codec.read(new String(response.body(), StandardCharsets.UTF_8))
              : Map.of();
      return new Reply(response.statusCode(), response.body(), tree, response);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(request.uri() + " failed", e);
    }
  }

  @Override
  public void close() {
    await(edge.close());
    await(vertx.close());
  }
}

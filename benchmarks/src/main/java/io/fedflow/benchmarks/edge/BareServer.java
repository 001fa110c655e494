package io.fedflow.benchmarks.edge;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Vert.x alone can do: a router that reads a body and answers bytes that were put there.
 * Prints its port and ends with its input.
 */
final class BareServer {

  private static final Map<String, Buffer> ANSWERS = new ConcurrentHashMap<>();

  private BareServer() {}

  public static void main(String[] arguments) throws Exception {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router
        .put("/answer/:name")
        .handler(
            routing ->
                routing
                    .request()
                    .body()
                    .onSuccess(
                        bytes -> {
                          ANSWERS.put(routing.pathParam("name"), bytes);
                          routing.response().end();
                        }));
    router.post("/answer/:name").handler(BareServer::answer);
    int port =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .actualPort();
    System.out.println(port);
    while (System.in.read() >= 0) {
      // Only the end of the input counts.
    }
    System.exit(0);
  }

  private static void answer(RoutingContext routing) {
    Buffer answer = ANSWERS.get(routing.pathParam("name"));
    routing
        .request()
        .body()
        .onSuccess(
            body -> routing.response().putHeader("Content-Type", "application/json").end(answer));
  }
}

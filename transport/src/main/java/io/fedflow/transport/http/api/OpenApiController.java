package io.fedflow.transport.http.api;

import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.wire.BytesAnswer;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * {@code /fedflow/openapi.json}: the description of all routes. Mounted after all others, which it
 * describes as they are.
 */
public final class OpenApiController implements Controller {

  private final JsonCodec codec;
  private final String version;
  private Buffer document;

  /**
   * Describes routes.
   *
   * @param version of the server
   */
  public OpenApiController(JsonCodec codec, String version) {
    this.codec = codec;
    this.version = version;
  }

  @Override
  public void mount(Routes routes) {
    routes.get(
        "/fedflow/openapi.json",
        call -> Future.succeededFuture(new BytesAnswer("", "application/json", document)));
    document =
        Buffer.buffer(
            codec.write(new OpenApiDocument(RouteTexts.load()).tree(routes.mounted(), version)));
  }
}

package io.fedflow.transport.http;

import io.fedflow.Fedflow;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.testkit.pipeline.InvokerWorld;
import io.fedflow.testkit.pipeline.JobInvokerContract;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.RemoteJobInvoker;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** The client's invoker through a real edge onto a real engine. */
class RemoteJobInvokerTest extends JobInvokerContract {

  @TempDir Path folder;

  @Override
  protected InvokerWorld world(ComponentCatalog catalog) {
    Fedflow site = Fedflow.builder().components(catalog).build();
    Vertx vertx = Vertx.vertx();
    HttpEdge edge =
        new HttpEdge(
            site,
            new JacksonJsonCodec(),
            HttpEdgeOptions.builder(folder.resolve("staging")).listen("127.0.0.1", 0).build());
    int port = EdgeFixture.await(edge.start(vertx));
    FlowClient client = new FlowClient("127.0.0.1", port, "v1");
    return new InvokerWorld(
        new RemoteJobInvoker(client, folder.resolve("jobs"), Duration.ofMillis(5)),
        site,
        () -> {
          EdgeFixture.await(edge.close());
          EdgeFixture.await(vertx.close());
          site.close();
        });
  }
}

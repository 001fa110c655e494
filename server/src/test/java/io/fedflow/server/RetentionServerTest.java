package io.fedflow.server;

import static io.fedflow.server.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.pipeline.Retention;
import io.fedflow.spi.TrackingStore.Kind;
import io.fedflow.transport.client.Submission;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fedflow clean} and {@code fedflow logs}, and what a server drops by itself. */
class RetentionServerTest {

  @TempDir Path folder;

  private static int rows(TestServer server, String jobId) throws Exception {
    Object data = server.blocking().outputData(TestServer.guest(jobId, "hetero_lr_0")).get("data");
    return data instanceof List<?> list ? list.size() : 0;
  }

  @Test
  void cleanDropsWhatIsOld_butNotWhatADeployedModelWasMadeFrom() throws Exception {
    try (TestServer server = TestServer.standalone(folder).withDemoTables()) {
      Submission model = success(server);
      String deployed = model.jobId();
      String plain = success(server).jobId();
      assertThat(run(server, "clean")).startsWith("1 ").contains("keeps everything");
      Map<String, Object> version =
          Map.of("model_id", model.modelId(), "model_version", model.modelVersion());
      server.blocking().call("/v1/model/deploy", version);

      String dry = run(server, "clean", "--outputs", "0", "--metrics", "0", "--dry-run");
      assertThat(dry).startsWith("0 ").contains("would clean ", plain, "is deployed", deployed);
      assertThat(server.metrics(plain)).isNotEmpty();

      assertThat(run(server, "clean", "--outputs", "0", "--metrics", "0"))
          .startsWith("0 ")
          .contains("cleaned ", "kept 1");
      assertThat(server.metrics(plain)).isEmpty();
      assertThat(server.metrics(deployed)).isNotEmpty();
      assertThat(rows(server, deployed)).isPositive();
      assertThat(run(server, "clean", "--outputs", "-1")).startsWith("1 ").contains("outputs_days");

      String found = run(server, "logs", "EVALUATION", "--job", plain, "--limit", "3");
      assertThat(found).startsWith("0 ").contains(plain).doesNotContain(deployed);
      assertThat(run(server, "clean", "--logs", "0")).startsWith("0 ");
      assertThat(run(server, "logs", "--job", plain)).doesNotContain(plain);
      assertThat(run(server, "logs", "--job", deployed)).contains(deployed);
    }
  }

  @Test
  void aServerDropsByItselfWhatItKeepsNoLonger() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (TestServer server = TestServer.standalone(folder).withDemoTables()) {
      String jobId = success(server).jobId();
      Retention nothing = new Retention(Map.of(Kind.METRICS, Duration.ZERO));
      try (Sweeper sweeper =
          new Sweeper(vertx, server.server().site(), nothing, Duration.ofHours(1))) {
        sweeper.start(Duration.ofMillis(1));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!server.metrics(jobId).isEmpty()) {
          assertThat(System.nanoTime()).as("patience").isLessThan(end);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
      }
      assertThat(rows(server, jobId)).isPositive();
    } finally {
      vertx.close().await();
    }
  }

  private static Submission success(TestServer server) throws Exception {
    Submission job = server.blocking().submit(TestJobs.demoDsl(), TestJobs.demoConf(1));
    assertThat(server.ended(job.jobId())).containsEntry("status", "success");
    return job;
  }
}

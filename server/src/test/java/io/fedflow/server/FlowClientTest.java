package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.pipeline.DataTransform;
import io.fedflow.components.pipeline.HeteroLR;
import io.fedflow.components.pipeline.Intersection;
import io.fedflow.components.pipeline.Reader;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Data;
import io.fedflow.pipeline.JobParameters;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.JobInvoker.Rows;
import io.fedflow.transport.client.Answer;
import io.fedflow.transport.client.ComponentAt;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.RemoteJobInvoker;
import io.fedflow.transport.client.TaskFilter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** FATE's client in Java and a pipeline through a whole server. */
@Timeout(300)
class FlowClientTest {

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Map<String, Object> GUEST_TABLE =
      Map.of("namespace", TestServer.NAMESPACE, "name", "breast_hetero_guest");
  private static final Map<String, Object> HOST_TABLE =
      Map.of("namespace", TestServer.NAMESPACE, "name", "breast_hetero_host");

  @TempDir Path folder;

  private static <T> T value(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(120, TimeUnit.SECONDS);
  }

  private static Pipeline pipeline() {
    Reader reader = new Reader("reader_0");
    reader.at(Role.GUEST, "9999").set("table", GUEST_TABLE);
    reader.at(Role.HOST, "10000").set("table", HOST_TABLE);
    DataTransform transform = new DataTransform("transform_0");
    transform.at(Role.GUEST).set("with_label", true);
    Intersection intersection = new Intersection("intersection_0");
    HeteroLR lr = new HeteroLR("lr_0").maxIter(1).encryptParam(Map.of("key_length", 1024));
    return new Pipeline()
        .setRoles(List.of("9999"), List.of("10000"), List.of("10000"))
        .addComponent(reader)
        .addComponent(transform, Data.of(reader.dataOutput()))
        .addComponent(intersection, Data.of(transform.dataOutput()))
        .addComponent(lr, Data.train(intersection.dataOutput()));
  }

  @Test
  void fromUploadToResults_everyAnswerIsGood() throws Exception {
    try (TestServer server = TestServer.standalone(folder.resolve("server"))) {
      server.withDemoTables();
      URI url = URI.create(server.server().url());
      FlowClient client = new FlowClient(url.getHost(), url.getPort(), "v1");
      RemoteJobInvoker invoker = new RemoteJobInvoker(client, folder.resolve("jobs"), PAUSE);
      Path extra = Files.writeString(folder.resolve("extra.csv"), "id,x\n1,2\n3,4\n");
      Map<String, Object> upload =
          Map.of(
              "file",
              extra.toString(),
              "namespace",
              "n & #",
              "table_name",
              "t",
              "head",
              1,
              "partition",
              1);
      Answer uploaded = client.data().upload(upload, true).await().checked();
      var end = value(invoker.completion(uploaded.jobId(), new Party(Role.LOCAL, "0")));
      assertThat(end.status()).isEqualTo(JobStatus.SUCCESS);
      assertThat(client.table().info("n & #", "t").await().checked().object())
          .containsEntry("count", 2);

      Pipeline pipeline = pipeline().runWith(invoker);
      value(pipeline.fit(new JobParameters().timeout(600)));
      String jobId = pipeline.trainJob().orElseThrow().jobId();
      assertThat(value(pipeline.results("lr_0").modelParameters())).containsKey("weight");
      Rows rows = value(pipeline.results("lr_0").outputData(7)).get("data");
      assertThat(rows.header())
          .endsWith("predict_result", "predict_score", "predict_detail", "type");
      assertThat(rows.rows()).hasSize(7);

      ComponentAt lr = new ComponentAt(jobId, "lr_0", "guest", "9999");
      TaskFilter guest = TaskFilter.job(jobId).at("guest", "9999");
      for (Answer answer :
          List.of(
              client.job().query(guest).await(),
              client.job().list(3).await(),
              client.job().view(guest).await(),
              client.task().query(guest.component("lr_0")).await(),
              client.task().list(3).await(),
              client.component().list(jobId).await(),
              client.component().metricAll(lr).await(),
              client.component().parameters(lr).await(),
              client.component().outputDataTable(lr).await(),
              client.version().of("FATE").await(),
              client.queue().clean().await())) {
        assertThat(answer.retcode()).as(answer.toString()).isZero();
      }
      assertThat(client.job().query(guest).await().rows().get(0))
          .containsEntry("f_status", "success");
      Path logs = client.job().log(jobId, folder).await();
      assertThat(logs.resolve("guest/9999/INFO.log")).isNotEmptyFile();
      Path config = client.job().config(jobId, "guest", "9999", folder).await();
      assertThat(config.resolve("dsl.json")).isNotEmptyFile();
      assertThat(client.job().stop("nope").await().good()).isFalse();
    }
  }
}

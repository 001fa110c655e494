package io.fedflow.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.Data;
import io.fedflow.pipeline.JobParameters;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.pipeline.PipelineComponent;
import io.fedflow.transport.client.RecordingServer.Arrived;
import io.fedflow.transport.client.RecordingServer.Reply;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a pipeline asks a server of FATE's routes from training to prediction. */
@Timeout(60)
class RemotePipelineTest {

  private static final JacksonJsonCodec CODEC = new JacksonJsonCodec();
  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final String PREDICT_DSL =
      "{\"components\":{\"lr_0\":{\"module\":\"HeteroLR\","
          + "\"input\":{\"model\":[\"pipeline.lr_0.model\"]},\"output\":{\"data\":[\"data\"]}}}}";

  @TempDir Path folder;
  private RecordingServer server;
  private RemoteJobInvoker invoker;

  @BeforeEach
  void start() {
    server = new RecordingServer();
    invoker =
        new RemoteJobInvoker(
            new FlowClient("127.0.0.1", server.port(), "v1"),
            folder.resolve("jobs"),
            Duration.ZERO);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Reply good(String data) {
    return Reply.json(200, "{\"retcode\":0,\"retmsg\":\"success\",\"data\":" + data + "}");
  }

  private static Reply submitted(String job) {
    return Reply.json(
        200,
        "{\"retcode\":0,\"retmsg\":\"success\",\"jobId\":\""
            + job
            + "\",\"data\":{\"board_url\":\"http://b/"
            + job
            + "\",\"model_info\":{\"model_id\":\"m#1\",\"model_version\":\""
            + job
            + "\"}}}");
  }

  private static Reply status(String status) {
    return good("[{\"f_status\":\"" + status + "\",\"f_error_report\":\"\"}]");
  }

  private static Reply deployed(String version) {
    return good("{\"model_id\":\"m#1\",\"model_version\":\"" + version + "\"}");
  }

  private Pipeline training() {
    Pipeline pipeline =
        new Pipeline()
            .setRoles(List.of("9999"), List.of("10000"), List.of("10000"))
            .runWith(invoker);
    pipeline.add("lr_0", "HeteroLR").set("max_iter", 3).set(GUEST, "tol", 0.5);
    return pipeline;
  }

  private Pipeline fitted() throws InterruptedException {
    server.then(submitted("t1"), status("waiting"), status("running"), status("success"));
    Pipeline pipeline = training();
    assertThat(Pending.await(pipeline.fit(new JobParameters().taskCores(2))).status())
        .isEqualTo(JobStatus.SUCCESS);
    return pipeline;
  }

  private static Pipeline prediction(Pipeline trained) {
    PipelineComponent reader = new PipelineComponent("reader_1", "Reader", ComponentOutputs.DATA);
    return new Pipeline()
        .addComponent(reader)
        .addComponent(trained, Data.predictInput("lr_0.test_data", reader.dataOutput()));
  }

  @Test
  void fromTrainingToPrediction_theServerHearsWhatFatesClientSays() throws Exception {
    Pipeline training = fitted();
    server.then(deployed("d1"), good(PREDICT_DSL));
    Pending.await(training.deployComponent("lr_0"));
    server.then(deployed("d2"), submitted("p1"), status("success"));
    Pending.await(prediction(training).runWith(invoker).predict(new JobParameters()));
    assertThat(server.arrived())
        .extracting(Arrived::path)
        .containsExactly(
            "/v1/job/submit",
            "/v1/job/query",
            "/v1/job/query",
            "/v1/job/query",
            "/v1/model/deploy",
            "/v1/model/get/predict/dsl",
            "/v1/model/deploy",
            "/v1/job/submit",
            "/v1/job/query");
    assertThat(server.arrived().get(1).body())
        .isEqualTo(
            "{\"job_id\":\"t1\",\"role\":\"guest\",\"party_id\":9999,"
                + "\"local\":{\"role\":\"guest\",\"party_id\":9999}}");
    assertThat(server.arrived().get(4).body())
        .isEqualTo("{\"model_id\":\"m#1\",\"model_version\":\"t1\",\"cpn_list\":[\"lr_0\"]}");
    assertThat(server.arrived().get(5).body())
        .isEqualTo("{\"model_id\":\"m#1\",\"model_version\":\"d1\"}");
    assertThat(server.arrived().get(6).body())
        .startsWith("{\"model_id\":\"m#1\",\"model_version\":\"t1\",\"predict_dsl\":{")
        .contains("\"test_data\":[\"reader_1.data\"]")
        .endsWith("\"components_checkpoint\":{}}");
    assertThat(server.arrived().get(7).body())
        .contains("\"job_type\":\"predict\"", "\"model_version\":\"d2\"");
  }

  @Test
  void submittedDocuments_areKeptAsFiles() throws Exception {
    Pipeline training = fitted();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder.resolve("jobs"))) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly("job_dsl.json", "job_runtime_conf.json");
    assertThat(CODEC.read(text(files.get(0))))
        .isEqualTo(CODEC.read(CODEC.write(training.compile().dsl())));
    assertThat(server.arrived().get(0).body())
        .isEqualTo(
            "{\"job_runtime_conf\":"
                + text(files.get(1))
                + ",\"job_dsl\":"
                + text(files.get(0))
                + "}");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSubmitWithoutAnswer_isNotRepeated() {
    server.then(Reply.CUT);
    assertThatThrownBy(() -> Pending.await(training().fit()))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("look before you repeat");
    assertThat(server.arrived()).hasSize(1);
  }

  @Test
  void whatTheServerShouldNotSay_isRefused() {
    server.then(submitted("t1"), status("pending"));
    assertThatThrownBy(() -> Pending.await(training().fit())).hasMessageContaining("'pending'");
    server.then(submitted("t1"), good("[]"));
    assertThatThrownBy(() -> Pending.await(training().fit())).hasMessageContaining("t1");
    server.then(submitted("t1"), status("failed"));
    assertThatThrownBy(() -> Pending.await(training().fit())).hasMessageContaining("failed");
  }

  @Test
  void savedPipelines_goOnWhereTheyWere() throws Exception {
    Pipeline training = fitted();
    server.then(deployed("d1"), good(PREDICT_DSL));
    Pending.await(training.deployComponent("lr_0"));
    Path file = folder.resolve("pipeline.json");
    prediction(training.jobParameter("seed", 7)).save(file, CODEC);
    Pipeline loaded = Pipeline.load(file, CODEC).runWith(invoker);
    assertThat(CODEC.write(loaded.compile().conf()))
        .isEqualTo(CODEC.write(prediction(training).compile().conf()));
    assertThat(CODEC.write(loaded.compile().dsl()))
        .isEqualTo(CODEC.write(prediction(training).compile().dsl()));
    server.then(deployed("d2"), submitted("p1"), status("success"));
    Pending.await(loaded.predict(new JobParameters()));
    server.then(good("{\"auc\":0.9}"));
    assertThat(Pending.await(loaded.results("lr_0").summary())).containsEntry("auc", 0.9);
    assertThat(server.last().body()).contains("\"job_id\":\"p1\"");
  }

  @Test
  void savedTrainings_compileTheSame() {
    Pipeline training = training().jobParameter("seed", 7).setInitiator(Role.HOST, "10000");
    training.setProvider("fate@1.11.2");
    training.add("lr_1", "HeteroLR").data("train_data", "lr_0").model("lr_0");
    training.components().get("lr_1").provider("fate");
    training.components().get("lr_1").at(Role.HOST).set("tol", null);
    Path file = folder.resolve("pipeline.json");
    training.save(file, CODEC);
    Pipeline loaded = Pipeline.load(file, CODEC);
    assertThat(CODEC.write(loaded.compile().dsl()))
        .isEqualTo(CODEC.write(training.compile().dsl()));
    assertThat(CODEC.write(loaded.compile().conf()))
        .isEqualTo(CODEC.write(training.compile().conf()));
  }

  @Test
  void otherFiles_areNamed() throws Exception {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"format\":\"x\"}");
    assertThatThrownBy(() -> Pipeline.load(other, CODEC))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("other.json")
        .hasMessageContaining("found x");
    Path broken =
        Files.writeString(
            folder.resolve("broken.json"),
            "{\"format\":\"fedflow-pipeline-1\",\"components\":[{\"name\":7}]}");
    assertThatThrownBy(() -> Pipeline.load(broken, CODEC))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("broken.json")
        .hasMessageContaining("name");
    assertThatThrownBy(() -> Pipeline.load(folder.resolve("absent.json"), CODEC))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("absent.json");
  }
}

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
import io.fedflow.spi.JobInvoker.Deployed;
import io.fedflow.spi.JobInvoker.Part;
import io.fedflow.spi.JobInvoker.Rows;
import io.fedflow.transport.client.Answer;
import io.fedflow.transport.client.ComponentAt;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.ModelAt;
import io.fedflow.transport.client.RemoteJobInvoker;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models at a whole server: from a training to predictions, to a file and back. */
@Timeout(300)
class ModelServerTest {

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final Party ARBITER = Party.of("arbiter", "10000");
  private static final Map<String, Object> GUEST_TABLE =
      Map.of("namespace", TestServer.NAMESPACE, "name", "breast_hetero_guest");
  private static final Map<String, Object> HOST_TABLE =
      Map.of("namespace", TestServer.NAMESPACE, "name", "breast_hetero_host");

  @TempDir static Path folder;
  private static TestServer server;
  private static FlowClient client;
  private static RemoteJobInvoker invoker;

  @BeforeAll
  static void start() throws Exception {
    server =
        TestServer.start(
                TestServer.options(folder.resolve("server"))
                    .modelFolder(folder.resolve("models"))
                    .build())
            .withDemoTables();
    URI url = URI.create(server.server().url());
    client = new FlowClient(url.getHost(), url.getPort(), "v1");
    invoker = new RemoteJobInvoker(client, folder.resolve("jobs"), PAUSE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static <T> T value(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(120, TimeUnit.SECONDS);
  }

  /** A training of version 1, as our users write it, that ended well. */
  private static ModelAt trained(Map<String, Object> dsl) throws Exception {
    var submitted = server.blocking().submit(dsl, TestJobs.demoConf(1));
    assertThat(server.ended(submitted.jobId())).containsEntry("status", "success");
    return new ModelAt(submitted.modelId(), submitted.modelVersion());
  }

  /** The template of the server, filled in with the tables of the training. */
  private static Map<String, Object> predictConf(ModelAt model) throws Exception {
    Map<String, Object> conf = client.model().predictConf(model).await().checked().object();
    for (var table : Map.of("guest", GUEST_TABLE, "host", HOST_TABLE).entrySet()) {
      conf =
          TestJobs.with(
              conf,
              List.of(table.getValue()),
              "role_parameters",
              table.getKey(),
              "args",
              "data",
              "eval_data");
    }
    return conf;
  }

  private static String predicted(ModelAt model) throws Exception {
    // What is submitted as DSL does not matter: a model has its own.
    String jobId = server.blocking().submit(Map.of(), predictConf(model)).jobId();
    assertThat(server.ended(jobId)).containsEntry("status", "success");
    return jobId;
  }

  private static List<List<String>> scores(String jobId, String component) throws Exception {
    return scores(jobId, component, GUEST);
  }

  private static List<List<String>> scores(String jobId, String component, Party party)
      throws Exception {
    Map<String, Rows> outputs = value(invoker.outputData(new Part(jobId, component, party), -1));
    Rows rows = outputs.values().iterator().next();
    int score = rows.header().indexOf("predict_score");
    assertThat(score).isPositive();
    assertThat(rows.rows()).hasSize(569);
    return rows.rows().stream()
        .map(row -> List.of(row.get(0), row.get(score)))
        .sorted((one, other) -> one.get(0).compareTo(other.get(0)))
        .toList();
  }

  private static List<String> components(String jobId) throws Exception {
    return client.component().list(jobId).await().checked().object().get("components")
            instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static Map<String, Object> at(ModelAt model, Party party) {
    Map<String, Object> conf = new LinkedHashMap<>();
    conf.put("model_id", model.modelId());
    conf.put("model_version", model.modelVersion());
    conf.put("role", party.role().name());
    conf.put("party_id", party.id());
    return conf;
  }

  private static void delete(ModelAt model, Party party) throws Exception {
    V1 own = new V1(server.server().url() + "/fedflow/v1/");
    assertThat(own.post("models/delete", at(model, party))).containsEntry("retcode", 0);
  }

  @Test
  void trainingsOfVersion1_predictWithoutBeingDeployed() throws Exception {
    ModelAt model = trained(TestJobs.demoDsl());
    String jobId = predicted(model);
    assertThat(components(jobId)).contains("dataio_0", "hetero_lr_0", "evaluation_0");
    assertThat(scores(jobId, "hetero_lr_0")).isEqualTo(scores(model.modelVersion(), "hetero_lr_0"));
  }

  @Test
  void needDeploy_saysWhatPredicts() throws Exception {
    Map<String, Object> dsl = TestJobs.demoDsl();
    dsl = TestJobs.with(dsl, false, "components", "evaluation_0", "need_deploy");
    dsl = TestJobs.with(dsl, true, "components", "hetero_lr_0", "need_deploy");
    ModelAt model = trained(dsl);
    String jobId = predicted(model);
    assertThat(components(jobId))
        .containsExactlyInAnyOrder(
            "dataio_0", "hetero_feature_binning_0", "hetero_feature_selection_0", "hetero_lr_0");
    assertThat(scores(jobId, "hetero_lr_0")).isEqualTo(scores(model.modelVersion(), "hetero_lr_0"));
  }

  @Test
  void whatWasExportedDeletedAndImported_givesTheSameScores() throws Exception {
    ModelAt trained = trained(TestJobs.demoDsl());
    List<List<String>> before = scores(predicted(trained), "hetero_lr_0");
    Map<Party, Path> files = new LinkedHashMap<>();
    for (Party party : List.of(GUEST, HOST, ARBITER)) {
      Path out = Files.createDirectories(folder.resolve("out-" + party.role()));
      files.put(party, client.model().exportModel(at(trained, party), out).await());
      delete(trained, party);
      assertThat(
              client
                  .model()
                  .info(trained, party.role().name(), party.id(), List.of())
                  .await()
                  .good())
          .isFalse();
    }
    Answer gone = client.model().deploy(trained, List.of("dataio_0")).await();
    assertThat(gone.good()).isFalse();
    for (Map.Entry<Party, Path> file : files.entrySet()) {
      Map<String, Object> conf = at(trained, file.getKey());
      conf.put("file", file.getValue().toString());
      client.model().importModel(conf).await().checked();
      assertThat(client.model().importModel(conf).await().retcode()).isEqualTo(409);
    }
    Map<String, Object> deployed =
        client
            .model()
            .deploy(
                trained,
                List.of(
                    "dataio_0",
                    "hetero_feature_binning_0",
                    "hetero_feature_selection_0",
                    "hetero_lr_0"))
            .await()
            .checked()
            .object();
    ModelAt version = new ModelAt(trained.modelId(), String.valueOf(deployed.get("model_version")));
    assertThat(version.modelVersion()).isNotEqualTo(trained.modelVersion());
    assertThat(deployed.toString()).contains("guest={9999=0}", "arbiter={10000=0}");
    assertThat(scores(predicted(version), "hetero_lr_0")).isEqualTo(before);

    client.model().load(version.modelVersion()).await().checked();
    client
        .model()
        .bind(
            Map.of(
                "service_id",
                "scores",
                "job_parameters",
                Map.of("model_id", version.modelId(), "model_version", version.modelVersion())))
        .await()
        .checked();
    assertThat(client.model().info(version, "guest", "9999", List.of()).await().rows().get(0))
        .containsEntry("f_loaded_times", 1)
        .containsEntry("f_services", List.of("scores"))
        .containsEntry("f_served", false)
        .containsEntry("f_parent", false);
    Answer training = client.model().load(trained.modelVersion()).await();
    // A training of version 1 predicts as it is, so it may be loaded, too.
    assertThat(training.good()).isTrue();
  }

  @Test
  void theFolderOfModels_andOtherParties() throws Exception {
    ModelAt model = trained(TestJobs.demoDsl());
    String stored = done(client.model().store(at(model, GUEST)).await());
    Map<String, Object> told =
        client
            .component()
            .summary(new ComponentAt(stored, "modeloperation_store_0", "local", "0"))
            .await()
            .checked()
            .object();
    assertThat(told).containsEntry("model_version", model.modelVersion());
    delete(model, GUEST);
    Map<String, Object> restored = at(model, GUEST);
    restored.put("sha256", told.get("sha256"));
    done(client.model().restore(restored).await());
    Map<String, Object> asked = at(model, GUEST);
    asked.keySet().removeAll(List.of("role", "party_id"));
    asked.put(
        "role", Map.of("guest", List.of(9999), "host", List.of(10000), "arbiter", List.of(10000)));
    asked.put(
        "migrate_role", Map.of("guest", List.of(1), "host", List.of(2), "arbiter", List.of(2)));
    asked.put("migrate_initiator", Map.of("role", "guest", "party_id", 1));
    asked.put(
        "execute_party",
        Map.of("guest", List.of(9999), "host", List.of(10000), "arbiter", List.of(10000)));
    asked.put("job_parameters", Map.of("federated_mode", "MULTIPLE"));
    Map<String, Object> made = client.model().migrate(asked).await().checked().object();
    ModelAt migrated =
        new ModelAt(
            String.valueOf(made.get("model_id")), String.valueOf(made.get("model_version")));
    assertThat(migrated.modelId()).isEqualTo("arbiter-2#guest-1#host-2#model");
    assertThat(scores(predicted(migrated), "hetero_lr_0", Party.of("guest", "1")))
        .isEqualTo(scores(model.modelVersion(), "hetero_lr_0"));
  }

  @Test
  void weightsThatAGuestHandsOver_replaceTheHostsValues() throws Exception {
    ModelAt model = trained(TestJobs.demoDsl());
    V1 v1 = V1.of(server);
    Map<String, Object> named = Map.of("component_name", "hetero_feature_binning_0");
    Map<String, Object> asked = new LinkedHashMap<>(at(model, GUEST));
    asked.putAll(named);
    Object weights = v1.data("component/woe_array/extract", asked);
    asked = new LinkedHashMap<>(at(model, HOST));
    asked.putAll(named);
    asked.put("woe_array", weights);
    Object merged = v1.data("component/woe_array/merge", asked);
    ModelAt amended =
        new ModelAt(model.modelId(), String.valueOf(TestServer.at(merged, "model_version")));
    // The others' parts stay what they are, under the same version.
    for (Party party : List.of(GUEST, ARBITER)) {
      Path out = Files.createDirectories(folder.resolve("woe-" + party.role()));
      Map<String, Object> conf = at(amended, party);
      conf.put("file", client.model().exportModel(at(model, party), out).await().toString());
      client.model().importModel(conf).await().checked();
    }

    String jobId = predicted(amended);

    Rows rows =
        value(invoker.outputData(new Part(jobId, "hetero_feature_binning_0", HOST), -1))
            .values()
            .iterator()
            .next();
    assertThat(rows.rows()).hasSize(569);
    for (int column = 0; column < 20; column++) {
      int at = rows.header().indexOf("x" + column);
      assertThat(rows.rows().stream().map(row -> Double.valueOf(row.get(at))).distinct().toList())
          .as("x" + column)
          .hasSizeGreaterThan(1)
          .isSubsetOf(numbers(TestServer.at(weights, "host_10000_x" + column, "woeArray")));
    }
  }

  private static List<Double> numbers(Object list) {
    return ((List<?>) list).stream().map(each -> ((Number) each).doubleValue()).toList();
  }

  /** The id of a job that an answer names, once it ended well. */
  private static String done(Answer answer) throws Exception {
    String jobId = answer.checked().jobId();
    assertThat(server.ended(jobId)).containsEntry("status", "success");
    return jobId;
  }

  private static Pipeline training() {
    Reader reader = reader("reader_0");
    DataTransform transform = new DataTransform("transform_0");
    transform.at(Role.GUEST).set("with_label", true);
    Intersection intersection = new Intersection("intersection_0");
    HeteroLR lr = new HeteroLR("lr_0").maxIter(1).encryptParam(Map.of("key_length", 1024));
    return new Pipeline()
        .setRoles(List.of("9999"), List.of("10000"), List.of("10000"))
        .runWith(invoker)
        .addComponent(reader)
        .addComponent(transform, Data.of(reader.dataOutput()))
        .addComponent(intersection, Data.of(transform.dataOutput()))
        .addComponent(lr, Data.train(intersection.dataOutput()));
  }

  private static Reader reader(String name) {
    Reader reader = new Reader(name);
    reader.at(Role.GUEST, "9999").set("table", GUEST_TABLE);
    reader.at(Role.HOST, "10000").set("table", HOST_TABLE);
    return reader;
  }

  @Test
  void pipelines_deployAndPredictAtTheServer() throws Exception {
    Pipeline training = training();
    value(training.fit(new JobParameters().timeout(600)));
    var job = training.trainJob().orElseThrow();
    Map<String, Object> conf =
        Map.of(
            "dsl_version",
            2,
            "job_parameters",
            Map.of(
                "common",
                Map.of(
                    "job_type",
                    "predict",
                    "model_id",
                    job.model().modelId(),
                    "model_version",
                    job.model().version())));
    Answer early = client.job().submit(conf, Map.of()).await();
    assertThat(early.retcode()).isEqualTo(103);
    assertThat(early.retmsg()).contains("model/deploy", job.model().version());

    Deployed deployed = value(training.deployComponent("transform_0", "intersection_0", "lr_0"));
    assertThat(deployed.model().version()).isNotEqualTo(job.model().version());
    assertThat(deployed.dsl().toString())
        .contains("pipeline.lr_0.model")
        .doesNotContain("reader_0");
    Reader reader = reader("reader_1");
    Pipeline prediction =
        new Pipeline()
            .runWith(invoker)
            .addComponent(reader)
            .addComponent(
                training,
                Data.predictInput(
                    training.components().get("transform_0").dataInput("data"),
                    reader.dataOutput()));
    assertThat(value(prediction.predict(new JobParameters().timeout(600))).status())
        .isEqualTo(JobStatus.SUCCESS);
    assertThat(scores(prediction.predictJob().orElseThrow().jobId(), "lr_0"))
        .isEqualTo(scores(job.jobId(), "lr_0"));

    Answer wrong =
        client
            .model()
            .deploy(new ModelAt(job.model().modelId(), job.model().version()), List.of("nope"))
            .await();
    assertThat(wrong.retmsg()).contains("found nope", "lr_0");
    Answer broken =
        client
            .model()
            .deploy(
                new ModelAt(job.model().modelId(), job.model().version()),
                Map.of("components", Map.of("x", Map.of("module", "Nothing"))),
                Map.of())
            .await();
    assertThat(broken.retmsg()).contains("dsl/components/x/module");
  }
}

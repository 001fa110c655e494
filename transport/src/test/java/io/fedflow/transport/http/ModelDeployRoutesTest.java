package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.model.CheckpointStep;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelManager.Deployment;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploying, the documents of predictions, loading, binding, migrating. */
class ModelDeployRoutesTest {

  private static final String MODEL = "guest-9999#model";
  private static final Map<String, Object> J1 = Map.of("model_id", MODEL, "model_version", "j1");
  private static final Map<String, Object> DSL =
      Map.of(
          "components",
          Map.of("reader_0", Map.of("module", "Reader"), "lr_0", Map.of("module", "HeteroLR")));

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    add(Map.of("dsl_version", 2, "job_parameters", Map.of("common", Map.of("task_cores", 3))));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private PipelineModel add(Map<String, Object> conf) {
    PipelineModel model =
        PipelineModel.trained(
            Rows.withDsl(Rows.withConf(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS), conf), DSL));
    edge.site.pipelineModels.models.clear();
    edge.site.pipelineModels.models.add(model);
    return model;
  }

  private static Map<String, Object> with(Map<String, Object> some, String name, Object value) {
    Map<String, Object> all = new java.util.LinkedHashMap<>(some);
    all.put(name, value);
    return all;
  }

  @Test
  @Covers("/v1/model/deploy")
  void deploy_answersWithTheNewVersionAndEveryParty() {
    Reply reply = edge.post("/v1/model/deploy", with(J1, "cpn_list", List.of("lr_0", " b ")));
    assertThat(reply.retcode()).isZero();
    assertThat(reply.retmsg()).isEqualTo("success");
    assertThat(reply.data())
        .isEqualTo(
            Map.of(
                "model_id",
                MODEL,
                "model_version",
                "deployed-j1",
                "guest",
                Map.of("9999", 0),
                "host",
                Map.of("10000", 0),
                "detail",
                Map.of(
                    "guest",
                    Map.of("9999", Map.of("retcode", 0, "retmsg", "success")),
                    "host",
                    Map.of("10000", Map.of("retcode", 0, "retmsg", "success")))));
    edge.post("/v1/model/deploy", with(J1, "predict_dsl", DSL));
    Map<String, Object> asText = with(J1, "dsl", edge.codec.write(DSL));
    edge.post("/v1/model/deploy", with(asText, "components_checkpoint", Map.of()));
    edge.post("/v1/model/deploy", J1);
    edge.post(
        "/v1/model/deploy",
        with(J1, "components_checkpoint", Map.of("lr_0", Map.of("step_name", "epoch_1"))));
    assertThat(edge.site.pipelineModels.deployments)
        .containsExactly(
            new Deployment(List.of("lr_0", "b"), Map.of()),
            new Deployment(List.of(), DSL),
            new Deployment(List.of(), DSL),
            new Deployment(List.of(), Map.of()),
            new Deployment(List.of(), Map.of(), Map.of("lr_0", CheckpointStep.named("epoch_1"))));
  }

  @Test
  void deploy_thatAPartyRefused_saysWhich() {
    edge.site.pipelineModels.onDistribute =
        () -> Map.of(Rows.GUEST, "", Rows.HOST, "host:10000 cannot be reached");
    Reply reply = edge.post("/v1/model/deploy", J1);
    assertThat(reply.retcode()).isEqualTo(101);
    assertThat(reply.retmsg()).isEqualTo("failed");
    assertThat(reply.text()).contains("\"10000\":100", "\"9999\":0", "cannot be reached");
  }

  @Test
  void deploy_namesWhatIsWrong() {
    assertThat(edge.post("/v1/model/deploy", Map.of("model_id", MODEL)).retmsg())
        .contains("model_version");
    Reply unknown = edge.post("/v1/model/deploy", Map.of("model_id", MODEL, "model_version", "x"));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.retmsg()).contains("no model", MODEL, "x");
    assertThat(
            edge.post("/v1/model/deploy", Map.of("model_id", "other", "model_version", "j1"))
                .status())
        .isEqualTo(404);
    assertThat(edge.post("/v1/model/deploy", with(J1, "predict_dsl", "{}")).retmsg())
        .contains("predict_dsl: found no components");
    assertThat(edge.post("/v1/model/deploy", with(J1, "dsl", "nonsense")).retcode()).isNotZero();
    Reply checkpoint =
        edge.post(
            "/v1/model/deploy",
            with(J1, "components_checkpoint", Map.of("lr_0", Map.of("step_index", -3))));
    assertThat(checkpoint.retcode()).isEqualTo(101);
    assertThat(checkpoint.retmsg()).contains("step_index: found '-3'");
    assertThat(edge.site.pipelineModels.deployments).isEmpty();
    // FATE's Pipeline shows the data of a refusal, and breaks without it.
    assertThat(unknown.data()).isEqualTo(unknown.retmsg());
    assertThat(checkpoint.data()).isEqualTo(checkpoint.retmsg());
  }

  @Test
  @Covers({"/v1/model/get/predict/dsl", "/v1/model/get/predict/conf"})
  void documents_areThoseOfTheVersion() {
    assertThat(edge.post("/v1/model/get/predict/dsl", J1).data()).isEqualTo(DSL);
    Reply file = edge.post("/v1/model/get/predict/dsl", with(J1, "filename", "p.json"));
    assertThat(file.tree()).isEqualTo(DSL);
    assertThat(file.raw().headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=p.json");
    assertThat(edge.post("/v1/model/get/predict/conf", J1).data())
        .isEqualTo(
            Map.of(
                "dsl_version",
                2,
                "initiator",
                Map.of("role", "guest", "party_id", 9999),
                "role",
                Map.of("guest", List.of(9999), "host", List.of(10000)),
                "job_parameters",
                Map.of(
                    "common",
                    Map.of(
                        "task_cores",
                        3,
                        "job_type",
                        "predict",
                        "model_id",
                        MODEL,
                        "model_version",
                        "j1")),
                "component_parameters",
                Map.of("role", Map.of("guest", reader(), "host", reader()))));
    Reply unknown =
        edge.post("/v1/model/get/predict/dsl", Map.of("model_id", MODEL, "model_version", "x"));
    assertThat(unknown.status()).isEqualTo(210);
    assertThat(unknown.retcode()).isEqualTo(210);
  }

  private static Map<String, Object> reader() {
    return Map.of(
        "0",
        Map.of(
            "reader_0",
            Map.of(
                "table",
                Map.of("name", "name_to_be_filled_0", "namespace", "namespace_to_be_filled_0"))));
  }

  @Test
  void documents_ofVersion1_askForEvalData() {
    add(Map.of("job_parameters", Map.of("work_mode", 0)));
    Map<String, Object> conf = edge.post("/v1/model/get/predict/conf", J1).map();
    assertThat(conf).doesNotContainKey("dsl_version");
    assertThat(conf.get("job_parameters"))
        .isEqualTo(
            Map.of(
                "work_mode", 0, "job_type", "predict", "model_id", MODEL, "model_version", "j1"));
    assertThat(conf.get("role_parameters").toString())
        .contains("guest={args={data={eval_data=[{", "host={args=");
    assertThat(edge.post("/v1/model/get/predict/dsl", J1).map()).containsKey("components");
  }

  @Test
  @Covers({"/v1/model/load", "/v1/model/bind"})
  void loadingAndBinding_areRecordedAndServeNothing() {
    Reply load = edge.post("/v1/model/load", Map.of("job_id", "j1"));
    assertThat(load.retcode()).isZero();
    assertThat(load.retmsg()).isEqualTo("recorded, not served yet");
    assertThat(load.tree()).containsEntry("jobId", "j1");
    assertThat(load.map())
        .containsEntry("served", false)
        .containsEntry("guest", Map.of("9999", 0))
        .containsKey("detail");
    Map<String, Object> conf =
        Map.of(
            "service_id",
            "scores",
            "initiator",
            Map.of("role", "guest", "party_id", "9999"),
            "job_parameters",
            J1);
    Reply bind = edge.post("/v1/model/bind", conf);
    assertThat(bind.retcode()).isZero();
    assertThat(bind.retmsg()).contains("scores", "recorded, not served yet");
    assertThat(bind.map()).containsEntry("served", false).containsEntry("service_id", "scores");
    assertThat(edge.site.pipelineModels.models.get(0).services()).containsExactly("scores");

    assertThat(edge.post("/v1/model/bind", Map.of("job_id", "j1")).retmsg()).contains("service_id");
    Reply unknown = edge.post("/v1/model/load", Map.of("job_id", "x"));
    assertThat(unknown.retcode()).isEqualTo(101);
    assertThat(unknown.retmsg()).contains("job_id: found 'x'");
    edge.site.pipelineModels.onDistribute = () -> Map.of(Rows.GUEST, "model_version: not deployed");
    Reply refused = edge.post("/v1/model/load", Map.of("job_parameters", Map.of("common", J1)));
    assertThat(refused.retcode()).isEqualTo(101);
    assertThat(refused.map()).containsEntry("served", false);
    assertThat(refused.text()).contains("not deployed");
  }

  @Test
  @Covers("/v1/model/migrate")
  void migrating_namesOldAndNewParties() {
    Map<String, Object> asked =
        Map.of(
            "job_parameters",
            Map.of("federated_mode", "MULTIPLE"),
            "migrate_initiator",
            Map.of("role", "guest", "party_id", 1),
            "role",
            Map.of("guest", List.of(9999), "host", List.of(10000)),
            "migrate_role",
            Map.of("guest", List.of(1), "host", List.of(2)),
            "execute_party",
            Map.of("host", List.of("10000")),
            "model_id",
            MODEL,
            "model_version",
            "j1",
            "unify_model_version",
            "m1");
    Reply reply = edge.post("/v1/model/migrate", asked);
    assertThat(reply.retcode()).isZero();
    assertThat(reply.tree()).containsEntry("jobId", "m1");
    var migration = edge.site.pipelineModels.migrations.get(0);
    assertThat(migration.parties().byRole())
        .isEqualTo(Map.of(Role.GUEST, List.of("1"), Role.HOST, List.of("2")));
    assertThat(migration.initiator()).isEqualTo(Party.of("guest", "1"));
    assertThat(migration.executing()).containsExactly(Rows.HOST);
    assertThat(edge.post("/v1/model/migrate", Map.of()).retmsg())
        .contains("migrate_initiator", "migrate_role", "execute_party");
    assertThat(edge.post("/v1/model/migrate", with(asked, "unify_model_version", "../x")).retmsg())
        .contains("unify_model_version");
    assertThat(
            edge.post("/v1/model/migrate", with(asked, "migrate_role", Map.of("a b", List.of(1))))
                .retmsg())
        .contains("migrate_role");
    edge.site.pipelineModels.onDistribute =
        () -> {
          throw FedflowException.invalid("model.migration", "migrate_role: found others");
        };
    Reply refused = edge.post("/v1/model/migrate", asked);
    assertThat(refused.retcode()).isEqualTo(100);
    assertThat(refused.retmsg()).contains("migrate_role");
  }
}

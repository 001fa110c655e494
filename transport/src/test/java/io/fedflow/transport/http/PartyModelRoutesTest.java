package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.data.Digests;
import io.fedflow.job.JobStatus;
import io.fedflow.model.CheckpointStep;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelManager.Deployment;
import io.fedflow.model.ProtobufCodec;
import io.fedflow.party.Party;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One party's own part of deploying, loading, migrating; packed models; models at steps. */
class PartyModelRoutesTest {

  private static final String MODEL = "guest-9999#model";
  private static final Map<String, Object> LOCAL = Map.of("role", "guest", "party_id", 9999);
  private static final Map<String, Object> DSL =
      Map.of("components", Map.of("lr_0", Map.of("module", "HeteroLR")));

  @TempDir Path folder;
  private EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options.modelFolder(folder.resolve("kept-models")));
    edge.site.pipelineModels.models.add(
        PipelineModel.trained(
            Rows.withDsl(
                Rows.withConf(
                    Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS), Map.of("dsl_version", 2)),
                DSL)));
    edge.site.models.store(MODEL, "j1", Rows.GUEST, lr(7));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private static ComponentModel lr(double weight) {
    return new ComponentModel(
        "lr_0",
        "HeteroLR",
        "model",
        Map.of(
            "WeightsParam",
            new ModelMessage(
                MessageSchema.builder("Weights").one("weight", 1, Type.DOUBLE).build(),
                Map.of("weight", weight))));
  }

  private static Map<String, Object> asked(Object... more) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("model_id", MODEL);
    asked.put("model_version", "j1");
    asked.put("local", LOCAL);
    for (int i = 0; i < more.length; i += 2) {
      asked.put((String) more[i], more[i + 1]);
    }
    return asked;
  }

  @Test
  @Covers("/v1/model/deploy/do")
  void oneParty_deploysItsOwnPart() {
    Map<String, Object> step = Map.of("lr_0", Map.of("step_index", 2, "step_name", "other"));
    Reply reply =
        edge.post(
            "/v1/model/deploy/do",
            asked("child_model_version", "d1", "predict_dsl", DSL, "components_checkpoint", step));
    assertThat(reply.retcode()).as(reply.retmsg()).isZero();
    assertThat(edge.site.pipelineModels.deployments)
        .containsExactly(new Deployment(List.of(), DSL, Map.of("lr_0", CheckpointStep.at(2))));
    assertThat(edge.site.pipelineModels.models)
        .anyMatch(model -> model.modelVersion().equals("d1") && model.predicts());

    Reply stranger =
        edge.post(
            "/v1/model/deploy/do",
            asked("child_model_version", "d2", "local", Map.of("role", "host", "party_id", 1)));
    assertThat(stranger.retcode()).isEqualTo(100);
    assertThat(stranger.retmsg()).contains("no such model here");
    for (String version : List.of("../up", "a b", "")) {
      Reply wrong = edge.post("/v1/model/deploy/do", asked("child_model_version", version));
      assertThat(wrong.retcode()).isEqualTo(101);
      assertThat(wrong.retmsg()).contains("child_model_version: found");
    }
    assertThat(edge.post("/v1/model/deploy/do", Map.of()).retmsg())
        .contains("model_id, model_version, child_model_version, local");
    assertThat(
            edge.post(
                    "/v1/model/deploy/do",
                    asked("child_model_version", "d3", "components_checkpoint", Map.of("lr_0", 3)))
                .retmsg())
        .contains("components_checkpoint/lr_0: found no object");
    assertThat(edge.site.pipelineModels.deployments).hasSize(2);
  }

  @Test
  @Covers("/v1/model/load/do")
  void oneParty_recordsThatItLoads() {
    Map<String, Object> conf =
        Map.of("local", LOCAL, "job_parameters", Map.of("model_id", MODEL, "model_version", "j1"));
    Reply loaded = edge.post("/v1/model/load/do", conf);
    assertThat(loaded.retcode()).as(loaded.retmsg()).isZero();
    assertThat(loaded.retmsg()).isEqualTo("recorded, not served yet");
    assertThat(loaded.map()).containsEntry("served", false);
    assertThat(edge.site.pipelineModels.models.get(0).loads()).isEqualTo(1);
    Reply unknown =
        edge.post(
            "/v1/model/load/do",
            Map.of(
                "local", LOCAL, "job_parameters", Map.of("model_id", MODEL, "model_version", "x")));
    assertThat(unknown.retcode()).isEqualTo(100);
    assertThat(edge.post("/v1/model/load/do", Map.of("job_id", "j1")).retmsg()).contains("local");
  }

  @Test
  @Covers("/v1/model/migrate/do")
  void oneParty_migratesItsOwnPart() {
    Map<String, Object> migration =
        asked(
            "unify_model_version",
            "m1",
            "migrate_initiator",
            Map.of("role", "guest", "party_id", 1),
            "migrate_role",
            Map.of("guest", List.of(1), "host", List.of(2)));
    Reply made = edge.post("/v1/model/migrate/do", migration);
    assertThat(made.retcode()).as(made.retmsg()).isZero();
    assertThat(edge.site.pipelineModels.migrations.get(0).executing()).containsExactly(Rows.GUEST);
    assertThat(made.map()).containsEntry("model_version", "m1");
    String id = String.valueOf(made.map().get("model_id"));
    assertThat(id).startsWith("guest#1#");
    assertThat(made.map()).containsEntry("path", id + "_m1.zip");
    assertThat(
            edge.post(
                    "/v1/model/migrate/do",
                    asked("unify_model_version", "m1", "migrate_initiator", LOCAL))
                .retmsg())
        .contains("migrate_role");
  }

  @Test
  @Covers("/v1/model/archive/packaging")
  void packedModels_areWhatExportGives() throws Exception {
    String id = "guest#9999#" + MODEL;
    Map<String, Object> named = Map.of("party_model_id", id, "model_version", "j1");
    Reply packed = edge.post("/v1/model/archive/packaging", named);
    assertThat(packed.retcode()).as(packed.retmsg()).isZero();
    String name = id + "_j1.zip";
    assertThat(packed.map())
        .containsEntry("party_model_id", id)
        .containsEntry("model_version", "j1")
        .containsEntry("path", name)
        .containsEntry("stored", true);
    byte[] exported =
        edge.send(
                edge.request("/v1/model/export")
                    .method("GET", BodyPublishers.ofString(edge.codec.write(export())))
                    .build())
            .bytes();
    assertThat(packed.map()).containsEntry("hash", sha256(exported));
    assertThat(Files.readAllBytes(folder.resolve("kept-models").resolve(name))).isEqualTo(exported);
    assertThat(packed.text()).doesNotContain(folder.toString());
    try (EdgeFixture bare = new EdgeFixture(folder.resolve("bare"), options -> options)) {
      bare.site.pipelineModels.models.addAll(edge.site.pipelineModels.models);
      bare.site.models.store(MODEL, "j1", Rows.GUEST, lr(7));
      assertThat(bare.post("/v1/model/archive/packaging", named).map())
          .containsEntry("hash", sha256(exported))
          .containsEntry("stored", false);
    }
    Reply unknown =
        edge.post(
            "/v1/model/archive/packaging", Map.of("party_model_id", id, "model_version", "x"));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(
            edge.post(
                    "/v1/model/archive/packaging",
                    Map.of("party_model_id", "../../etc", "model_version", "j1"))
                .retmsg())
        .contains("allowed <role>#<party id>#<model id>");
    assertThat(edge.post("/v1/model/archive/packaging", Map.of()).retcode()).isEqualTo(101);
  }

  private static Map<String, Object> export() {
    return Map.of("model_id", MODEL, "model_version", "j1", "role", "guest", "party_id", 9999);
  }

  private static String sha256(byte[] bytes) throws IOException {
    MessageDigest digest = Digests.sha256();
    digest.update(bytes);
    return Digests.hex(digest);
  }

  @Test
  @Covers({"/v1/checkpoint/list", "/v1/checkpoint/get"})
  void modelsAtSteps_areListedAndGiven() throws Exception {
    Party guest = Rows.GUEST;
    edge.site.models.checkpoints().store("j1", guest, 2, "epoch_2", lr(2));
    edge.site.models.checkpoints().store("j1", guest, 0, "epoch_0", lr(0.5));
    edge.site.models.checkpoints().store("other", guest, 1, "epoch_1", lr(9));
    Map<String, Object> named = new LinkedHashMap<>(export());
    named.put("component_name", "lr_0");
    byte[] first = ProtobufCodec.write(lr(0.5).param());
    String sha1 =
        java.util.HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(first));
    Reply list = edge.post("/v1/checkpoint/list", named);
    assertThat(list.retcode()).as(list.retmsg()).isZero();
    List<?> steps = (List<?>) list.data();
    assertThat(steps).hasSize(2);
    assertThat(steps.get(0))
        .isEqualTo(
            Map.of(
                "step_index",
                0,
                "step_name",
                "epoch_0",
                "create_time",
                "2026-01-01T04:00:50",
                "models",
                Map.of("WeightsParam", Map.of("sha1", sha1, "buffer_name", "Weights"))));
    Map<String, Object> byIndex = new LinkedHashMap<>(named);
    byIndex.put("step_index", 0);
    assertThat(edge.post("/v1/checkpoint/get", byIndex).map())
        .containsEntry("step_name", "epoch_0")
        .containsEntry("models", Map.of("WeightsParam", Base64.getEncoder().encodeToString(first)));
    Map<String, Object> byName = new LinkedHashMap<>(named);
    byName.put("step_name", "epoch_2");
    assertThat(edge.post("/v1/checkpoint/get", byName).map()).containsEntry("step_index", 2);
    byName.put("step_name", "epoch_1");
    assertThat(edge.post("/v1/checkpoint/get", byName).status()).isEqualTo(404);
    assertThat(edge.post("/v1/checkpoint/get", named).status()).isEqualTo(400);
    byIndex.put("step_index", -3);
    assertThat(edge.post("/v1/checkpoint/get", byIndex).retmsg()).contains("step_index: found");
    Reply missing = edge.post("/v1/checkpoint/list", export());
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.retmsg()).contains("component_name");
    named.put("model_version", "x");
    assertThat(edge.post("/v1/checkpoint/list", named).status()).isEqualTo(400);
  }
}

package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.data.Digests;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.ProtobufCodec;
import io.fedflow.party.Party;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files: what is in them, and what is not let in. */
class ModelFileRoutesTest {

  private static final String MODEL = "guest-9999#model";
  private static final MessageSchema WEIGHTS =
      MessageSchema.builder("Weights").repeated("weight", 1, Type.DOUBLE).build();
  private static final ComponentModel LR =
      new ComponentModel(
          "lr_0",
          "HeteroLR",
          "model",
          Map.of("WeightsParam", new ModelMessage(WEIGHTS, Map.of("weight", List.of(1.5, -2.0)))));

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge =
        new EdgeFixture(
            folder.resolve("staging"), options -> options.modelFolder(folder.resolve("models")));
    PipelineModel model =
        PipelineModel.trained(
            Rows.withConf(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS), Map.of("dsl_version", 2)));
    edge.site.pipelineModels.models.add(
        model.deployed("d1", Map.of("components", Map.of("lr_0", Map.of())), 1_767_240_060_000L));
    edge.site.models.store(MODEL, "d1", Rows.GUEST, LR);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private static Map<String, Object> named(String version) {
    return Map.of("model_id", MODEL, "model_version", version, "role", "guest", "party_id", 9999);
  }

  private Reply export() {
    return edge.send(
        edge.request("/v1/model/export")
            .method("GET", BodyPublishers.ofString(edge.codec.write(named("d1"))))
            .build());
  }

  /** As FATE's clients send it: the path as a text, then the file, both called file. */
  private Reply importing(byte[] file, Map<String, String> form) {
    String boundary = "----fedflow";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    form.forEach(
        (name, value) ->
            body.writeBytes(
                ("--"
                        + boundary
                        + "\r\nContent-Disposition: form-data; name=\""
                        + name
                        + "\"\r\n\r\n"
                        + value
                        + "\r\n")
                    .getBytes(StandardCharsets.UTF_8)));
    if (file != null) {
      body.writeBytes(
          ("--"
                  + boundary
                  + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.zip\"\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(file);
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return edge.send(
        edge.request("/v1/model/import")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  private static Map<String, String> form(String... more) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("file", "/home/me/m.zip");
    named("d1").forEach((name, value) -> form.put(name, String.valueOf(value)));
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], more[i + 1]);
    }
    return form;
  }

  private static Map<String, byte[]> unzip(byte[] bytes) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** A file with another entry, or with one replaced, whose manifest fits. */
  private byte[] forged(String name, byte[] content) {
    Map<String, byte[]> entries = unzip(export().bytes());
    entries.put(name, content);
    Map<String, Object> digests = new LinkedHashMap<>();
    entries.remove("fedflow/manifest.json");
    entries.forEach((entry, bytes) -> digests.put(entry, sha256(bytes)));
    entries.put(
        "fedflow/manifest.json",
        edge.codec.write(Map.of("format", 1, "sha256", digests)).getBytes(StandardCharsets.UTF_8));
    return zip(entries);
  }

  private static String sha256(byte[] bytes) {
    MessageDigest digest = Digests.sha256();
    digest.update(bytes);
    return Digests.hex(digest);
  }

  @Test
  @Covers("/v1/model/export")
  void files_holdFatesFoldersAndDigests() {
    Reply reply = export();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.raw().headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=guest#9999#guest-9999#model_d1.zip");
    Map<String, byte[]> entries = unzip(reply.bytes());
    assertThat(entries.get("variables/data/lr_0/model/WeightsParam"))
        .isEqualTo(ProtobufCodec.write(LR.param()));
    assertThat(text(entries, "variables/data/lr_0/model/WeightsParam.json"))
        .isEqualTo("{\"weight\":[1.5,-2.0]}");
    assertThat(text(entries, "define/define_meta.yaml"))
        .contains("module_name: \"HeteroLR\"", "\"WeightsParam\": \"Weights\"");
    assertThat(text(entries, "import_model.json"))
        .contains("\"party_id\":9999", "\"model_version\":\"d1\"", "\"force_update\":false");
    assertThat(text(entries, "variables/data/pipeline/pipeline/Pipeline.json"))
        .contains("\"parent\":false", "\"initiatorPartyId\":9999");
    assertThat(text(entries, "fedflow/manifest.json"))
        .contains(sha256(entries.get("fedflow/models/lr_0.model")));
    assertThat(export().bytes()).isEqualTo(reply.bytes());
    assertThat(edge.post("/v1/model/export", named("x")).status()).isEqualTo(404);
    assertThat(edge.post("/v1/model/export", Map.of("model_id", MODEL)).retmsg())
        .contains("model_version, role, party_id");
  }

  private static String text(Map<String, byte[]> entries, String name) {
    assertThat(entries).containsKey(name);
    return new String(entries.get(name), StandardCharsets.UTF_8);
  }

  @Test
  @Covers("/v1/model/import")
  void whatWasExported_canBeImported() {
    byte[] file = export().bytes();
    Reply exists = importing(file, form());
    assertThat(exists.status()).isEqualTo(409);
    edge.post("/fedflow/v1/models/delete", named("d1"));
    assertThat(edge.site.models.load("d1", Rows.GUEST, "lr_0")).isEmpty();
    Reply done = importing(file, form("hash", sha256(file), "force_update", "0"));
    assertThat(done.retcode()).isZero();
    assertThat(done.data())
        .isEqualTo(
            Map.of(
                "job_id",
                "d1",
                "role",
                "guest",
                "party_id",
                9999,
                "model_id",
                MODEL,
                "model_version",
                "d1"));
    assertThat(edge.site.models.load("d1", Rows.GUEST, "lr_0").orElseThrow().param())
        .isEqualTo(LR.param());
    PipelineModel model = edge.site.pipelineModels.models.get(0);
    assertThat(model.imported()).isTrue();
    assertThat(model.state()).isEqualTo(PipelineModel.State.DEPLOYED);
    assertThat(model.parent()).isEqualTo("j1");
    assertThat(importing(file, form("force_update", "1")).retcode()).isZero();
    assertThat(importing(file, form("model_version", "other")).retcode()).isZero();
    assertThat(edge.site.models.load("other", Rows.GUEST, "lr_0")).isPresent();
  }

  @Test
  void whatIsNotTheModelThatWasNamed_isRefused() {
    byte[] file = export().bytes();
    assertThat(importing(null, form()).status()).isEqualTo(400);
    assertThat(importing(file, form("hash", "00")).retcode()).isEqualTo(100);
    Reply party = importing(file, form("role", "host", "party_id", "10000"));
    assertThat(party.status()).isEqualTo(400);
    assertThat(party.retmsg()).contains("host:10000", "guest:9999");
    assertThat(importing(file, form("model_id", "x")).retmsg()).contains("model_id: found x");
    assertThat(importing(file, form("model_version", "../x")).retmsg()).contains("model_version");
    assertThat(edge.site.pipelineModels.models).hasSize(1);
  }

  @Test
  void damagedFiles_areRefused() {
    byte[] file = export().bytes();
    Map<String, byte[]> entries = unzip(file);
    assertRefused("no zip file", "nonsense".getBytes(StandardCharsets.UTF_8));
    assertRefused("no zip file", zip(Map.of()));
    assertRefused("no whole zip", java.util.Arrays.copyOf(file, file.length / 2));
    Map<String, byte[]> changed = new LinkedHashMap<>(entries);
    changed.put("fedflow/models/lr_0.model", new byte[] {1});
    assertRefused("does not have the digest", zip(changed));
    Map<String, byte[]> more = new LinkedHashMap<>(entries);
    more.put("more.txt", new byte[] {1});
    assertRefused("more.txt is not listed", zip(more));
    Map<String, byte[]> fewer = new LinkedHashMap<>(entries);
    fewer.remove("fedflow/models/lr_0.model");
    assertRefused("is missing", zip(fewer));
    Map<String, byte[]> fates = new LinkedHashMap<>(entries);
    fates.keySet().removeIf(name -> name.startsWith("fedflow/"));
    assertRefused("not exported by Fedflow", zip(fates));
    assertRefused("model file is damaged", forged("fedflow/models/lr_0.model", new byte[] {1}));
    assertRefused(
        "train_dsl: found",
        forged(
            "fedflow/pipeline.json",
            edge.codec
                .write(
                    Map.of(
                        "model_id", MODEL,
                        "model_version", "d1",
                        "role", "guest",
                        "party_id", "9999",
                        "initiator", "guest:9999",
                        "roles", Map.of("guest", List.of("9999"))))
                .getBytes(StandardCharsets.UTF_8)));
    assertThat(edge.site.models.load("d1", Rows.GUEST, "lr_0")).isPresent();
  }

  @Test
  void filesThatWantOut_areRefused() {
    for (String name :
        List.of("../evil", "/etc/evil", "a/../../evil", "C:\\evil", "a//b", ".hidden", "a/")) {
      assertRefused("found an entry called", forged(name, new byte[0]));
    }
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.map(Path::toString)).noneMatch(path -> path.contains("evil"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertRefused(String why, byte[] file) {
    Reply reply = importing(file, form("force_update", "1"));
    assertThat(reply.status()).as(why).isEqualTo(400);
    assertThat(reply.retmsg()).contains(why);
  }

  @Test
  @Covers({"/v1/model/store", "/v1/model/restore"})
  void theFolderOfModels_isFilledByJobs() {
    List<JobDocuments> submitted = new ArrayList<>();
    edge.site.pipelines.onSubmit =
        documents -> {
          submitted.add(documents);
          return CompletableFuture.completedStage(
              new PipelineManager.Submitted(
                  "j7", Party.of("local", "0"), "local-0#model", "j7", List.of()));
        };
    Map<String, Object> asked = new LinkedHashMap<>(named("d1"));
    asked.put("force_update", true);
    asked.put("sha256", "00");
    asked.put("store_address", Map.of("storage", "s3", "bucket", "safe"));
    for (String what : List.of("store", "restore")) {
      Reply reply = edge.post("/v1/model/" + what, asked);
      assertThat(reply.retcode()).isZero();
      assertThat(reply.tree()).containsEntry("jobId", "j7");
      assertThat(reply.map()).containsEntry("code", 0).containsEntry("job_id", "j7");
      String component = "modeloperation_" + what + "_0";
      JobDocuments job = submitted.remove(0);
      assertThat(job.dsl())
          .isEqualTo(
              Map.of(
                  "components",
                  Map.of(
                      component,
                      Map.of("module", what.equals("store") ? "ModelStore" : "ModelRestore"))));
      Map<String, Object> parameters = new LinkedHashMap<>();
      parameters.put("model_id", "guest#9999#" + MODEL);
      parameters.put("model_version", "d1");
      parameters.put("force_update", true);
      parameters.put("store_address", Map.of("storage", "s3", "bucket", "safe"));
      if (what.equals("restore")) {
        parameters.put("hash_", "00");
      }
      assertThat(job.conf())
          .containsEntry(
              "component_parameters",
              Map.of("role", Map.of("local", Map.of("0", Map.of(component, parameters)))));
    }
    edge.site.pipelines.onSubmit =
        documents -> CompletableFuture.failedFuture(FedflowException.invalid("queue.full", "full"));
    Reply refused = edge.post("/v1/model/store", asked);
    assertThat(refused.retcode()).as("as FATE has it").isZero();
    assertThat(refused.tree()).doesNotContainKey("jobId");
    assertThat(refused.map()).containsEntry("code", 103).containsEntry("message", "full");
    assertThat(edge.post("/v1/model/store", Map.of("model_id", MODEL)).retmsg())
        .contains("model_version");
  }

  @Test
  void withoutAFolder_nothingIsStored() {
    try (EdgeFixture bare = new EdgeFixture(folder.resolve("bare"), options -> options)) {
      bare.site.pipelineModels.models.addAll(edge.site.pipelineModels.models);
      for (String route : List.of("store", "restore")) {
        Reply reply = bare.post("/v1/model/" + route, named("d1"));
        assertThat(reply.retcode()).isEqualTo(100);
        assertThat(reply.retmsg()).contains("--model-folder", "--model-bucket");
      }
    }
  }

  @Test
  @Covers({"/v1/model/transfer", "/v1/model/transfer/<party_model_id>/<model_version>"})
  void messages_areTransferredAsFateReadsThem() {
    String id = "guest#9999#" + MODEL;
    Map<String, Object> buffers =
        edge.post("/v1/model/transfer", Map.of("namespace", id, "name", "d1")).map();
    assertThat(buffers)
        .containsOnlyKeys("lr_0.model:WeightsParam", "pipeline.pipeline:Pipeline")
        .containsEntry(
            "lr_0.model:WeightsParam",
            Base64.getEncoder().encodeToString(ProtobufCodec.write(LR.param())));
    assertThat(edge.post("/v1/model/transfer/" + id.replace('#', '~') + "/d1", Map.of()).data())
        .isEqualTo(buffers);
    assertThat(edge.post("/v1/model/transfer", Map.of("namespace", id)).status()).isEqualTo(400);
    for (String wrong : List.of("x", "a b#1#m", "guest#9999")) {
      assertThat(edge.post("/v1/model/transfer", Map.of("namespace", wrong, "name", "d1")).status())
          .isEqualTo(400);
    }
    assertThat(edge.post("/v1/model/transfer", Map.of("namespace", id, "name", "x")).status())
        .isEqualTo(404);
  }
}

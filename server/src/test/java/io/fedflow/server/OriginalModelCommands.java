package io.fedflow.server;

import static io.fedflow.server.OriginalSite.list;
import static io.fedflow.server.OriginalSite.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** {@code flow model}, {@code tag} and {@code checkpoint}. */
interface OriginalModelCommands extends OriginalCommands {

  @Test
  default void tags() throws Exception {
    site().right("tag", "create", "-t", "good one", "-d", "first");
    assertThat(site().data("tag", "query", "-t", "good one"))
        .isEqualTo(Map.of("tags", List.of(Map.of("name", "good one", "description", "first"))));
    site().right("model", "tag-model", "-j", site().jobId(), "-t", "good one");
    assertThat(site().data("model", "tag-list", "-j", site().jobId()))
        .isEqualTo(
            Map.of(
                "count", 1, "tags", List.of(Map.of("name", "good one", "description", "first"))));
    assertThat(
            list(
                TestServer.at(
                    site().data("tag", "query", "-t", "good one", "--with-model"), "models")))
        .hasSize(3)
        .allSatisfy(
            model -> assertThat(TestServer.at(model, "model_version")).isEqualTo(site().jobId()));
    site()
        .right(
            "tag", "update", "-t", "good one", "--new-tag-name", "better", "--new-tag-desc", "new");
    List<Object> tags = list(TestServer.at(site().data("tag", "list", "-l", "1"), "tags"));
    assertThat(tags)
        .isEqualTo(List.of(Map.of("name", "better", "description", "new", "model_count", 1)));
    site().right("model", "tag-model", "-j", site().jobId(), "-t", "better", "--remove");
    assertThat(TestServer.at(site().data("model", "tag-list", "-j", site().jobId()), "count"))
        .isEqualTo(0);
    site().right("tag", "delete", "-t", "better");
    assertThat(site().wrong(100, "tag", "query", "-t", "better")).isNotEmpty();
  }

  @Test
  default void model_info() throws Exception {
    List<Object> one =
        list(
            site()
                .data(
                    "model",
                    "get-model-info",
                    "--model-version",
                    site().jobId(),
                    "-r",
                    "guest",
                    "-p",
                    "9999"));
    assertThat(one).hasSize(1);
    assertThat(map(one.get(0)))
        .contains(
            entry("f_model_id", OriginalSite.MODEL_ID),
            entry("f_model_version", site().jobId()),
            entry("f_role", "guest"),
            entry("f_party_id", "9999"),
            entry("f_parent", true))
        .doesNotContainKey("f_runtime_conf");
    List<Object> detailed =
        list(
            site()
                .data(
                    "model",
                    "get-model-info",
                    "--model-id",
                    OriginalSite.MODEL_ID,
                    "--model-version",
                    site().jobId(),
                    "--detail"));
    assertThat(detailed).hasSize(3);
    assertThat(map(detailed.get(0))).containsKeys("f_runtime_conf", "f_train_dsl");
    assertThat(site().wrong(100, "model", "get-model-info", "--model-version", "nope"))
        .isNotEmpty();
  }

  @Test
  default void model_versions() throws Exception {
    String[] trained = model(site().jobId());
    Map<String, Object> deployed =
        site()
            .right(
                site()
                    .with(
                        trained,
                        "model",
                        "deploy",
                        "--cpn-list",
                        "transform_0,intersection_0,binning_0,lr_0"));
    assertThat(deployed).containsEntry("retmsg", "success");
    assertThat(map(deployed.get("data")))
        .contains(
            entry("model_id", OriginalSite.MODEL_ID),
            entry("guest", Map.of("9999", 0)),
            entry("host", Map.of("10000", 0)),
            entry("arbiter", Map.of("10000", 0)));
    String version = String.valueOf(TestServer.at(deployed, "data", "model_version"));
    assertThat(version).isNotEqualTo(site().jobId());
    documents(version);
    online(version);
    files(version);
    migrated(version);
    site().wrong(404, site().with(model("nope"), "model", "deploy", "--cpn-list", "lr_0"));
    site().wrong(101, site().with(trained, "model", "deploy", "--cpn-list", "nope"));
    String dsl = site().conf("predict_dsl", predictDsl());
    site().right(site().with(trained, "model", "deploy", "--dsl-path", dsl));
  }

  private static String[] model(String version) {
    return new String[] {"--model-id", OriginalSite.MODEL_ID, "--model-version", version};
  }

  private static Map<String, Object> at(String version) {
    return Map.of(
        "model_id",
        OriginalSite.MODEL_ID,
        "model_version",
        version,
        "role",
        "guest",
        "party_id",
        9999);
  }

  private Object predictDsl() throws Exception {
    return site()
        .data(
            "job",
            "dsl",
            "--train-dsl-path",
            site().resource("train_dsl.json"),
            "--cpn-list",
            "transform_0,intersection_0,binning_0,lr_0");
  }

  /** What a deployed version predicts with. */
  private void documents(String version) throws Exception {
    Path to = site().target("documents");
    site().right(site().with(model(version), "model", "get-predict-dsl", "-o", to.toString()));
    assertThat(OriginalSite.files(to))
        .singleElement()
        .satisfies(
            file ->
                assertThat(OriginalSite.CODEC.read(Files.readString(file)))
                    .isEqualTo(predictDsl()));
    to = site().target("confs");
    site().right(site().with(model(version), "model", "get-predict-conf", "-o", to.toString()));
    Object conf = OriginalSite.CODEC.read(Files.readString(OriginalSite.files(to).get(0)));
    assertThat(TestServer.at(conf, "job_parameters", "common"))
        .isEqualTo(
            Map.of(
                "job_type",
                "predict",
                "model_id",
                OriginalSite.MODEL_ID,
                "model_version",
                version));
    assertThat(TestServer.at(conf, "initiator"))
        .isEqualTo(Map.of("role", "guest", "party_id", 9999));
    Path none = site().target("no_documents");
    for (String verb : List.of("get-predict-dsl", "get-predict-conf")) {
      site().wrong(210, site().with(model("nope"), "model", verb, "-o", none.toString()));
    }
    assertThat(OriginalSite.files(none)).isEmpty();
  }

  /** Recorded, and nobody is told that it is served. */
  private void online(String version) throws Exception {
    Map<String, Object> loaded = site().right("model", "load", "-j", version);
    assertThat(loaded)
        .contains(entry("jobId", version), entry("retmsg", "recorded, not served yet"));
    assertThat(map(loaded.get("data")))
        .contains(entry("guest", Map.of("9999", 0)), entry("served", false));
    Map<String, Object> serving =
        Map.of(
            "initiator",
            Map.of("role", "guest", "party_id", "9999"),
            "role",
            Map.of("guest", List.of("9999"), "host", List.of("10000"), "arbiter", List.of("10000")),
            "job_parameters",
            Map.of("model_id", OriginalSite.MODEL_ID, "model_version", version),
            "service_id",
            "scores");
    site().right("model", "load", "-c", site().conf("load", serving));
    assertThat(map(site().data("model", "bind", "-c", site().conf("bind", serving))))
        .contains(entry("service_id", "scores"), entry("served", false));
    assertThat(site().wrong(101, "model", "load", "-j", site().jobId())).contains("not deployed");
    List<Object> info =
        list(
            site()
                .data(
                    "model",
                    "get-model-info",
                    "--model-version",
                    version,
                    "-r",
                    "guest",
                    "-p",
                    "9999"));
    assertThat(map(info.get(0)))
        .contains(
            entry("f_loaded_times", 2),
            entry("f_parent", false),
            entry(
                "f_parent_info",
                Map.of(
                    "parent_model_id",
                    OriginalSite.MODEL_ID,
                    "parent_model_version",
                    site().jobId())));
  }

  private void files(String version) throws Exception {
    Path to = site().target("archives");
    Map<String, Object> asked = TestJobs.with(at(version), to.toString(), "output_path");
    Map<String, Object> stored =
        site().right("model", "export", "-c", site().conf("export", asked));
    Path archive = Path.of(String.valueOf(stored.get("file")));
    assertThat(archive.getFileName())
        .hasToString("guest#9999#" + OriginalSite.MODEL_ID + '_' + version + ".zip");
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      assertThat(zip.getEntry("define/define_meta.yaml")).isNotNull();
      assertThat(zip.getEntry("variables/data/pipeline/pipeline/Pipeline")).isNotNull();
    }
    Map<String, Object> given = TestJobs.with(at(version), archive.toString(), "file");
    assertThat(site().wrong(409, "model", "import", "-c", site().conf("import", given)))
        .contains("force_update");
    assertThat(
            site()
                .data(
                    "model",
                    "import",
                    "-c",
                    site().conf("import", TestJobs.with(given, true, "force_update"))))
        .isEqualTo(TestJobs.with(at(version), version, "job_id"));
    Path none = site().target("no_archives");
    site()
        .wrong(
            404,
            "model",
            "export",
            "-c",
            site().conf("none", TestJobs.with(at("nope"), none.toString(), "output_path")));
    assertThat(OriginalSite.files(none)).isEmpty();
    String store = site().conf("store", at(version));
    Map<String, Object> kept = site().right("model", "export", "-c", store, "--to-database");
    assertThat(site().end(String.valueOf(kept.get("jobId")))).isEqualTo("success");
    assertThat(map(kept.get("data"))).containsEntry("code", 0).containsKey("board_url");
    String again = site().conf("restore", TestJobs.with(at(version), true, "force_update"));
    Map<String, Object> restored = site().right("model", "import", "-c", again, "--from-database");
    assertThat(site().end(String.valueOf(restored.get("jobId")))).isEqualTo("success");
    Map<String, Object> absent =
        site().right("model", "import", "-c", site().conf("none", at("nope")), "--from-database");
    assertThat(site().end(String.valueOf(absent.get("jobId")))).isEqualTo("failed");
  }

  private void migrated(String version) throws Exception {
    Map<String, Object> from =
        Map.of("guest", List.of(9999), "host", List.of(10000), "arbiter", List.of(10000));
    Map<String, Object> asked =
        Map.of(
            "migrate_initiator",
            Map.of("role", "guest", "party_id", 99),
            "role",
            from,
            "execute_party",
            from,
            "migrate_role",
            Map.of("guest", List.of(99), "host", List.of(100), "arbiter", List.of(100)),
            "model_id",
            OriginalSite.MODEL_ID,
            "model_version",
            version,
            "job_parameters",
            Map.of("federated_mode", "SINGLE"),
            "unify_model_version",
            "migrated_1");
    assertThat(map(site().data("model", "migrate", "-c", site().conf("migrate", asked))))
        .contains(
            entry("model_id", "arbiter-100#guest-99#host-100#model"),
            entry("model_version", "migrated_1"),
            entry("guest", Map.of("9999", 0)));
    List<Object> info =
        list(site().data("model", "get-model-info", "--model-version", "migrated_1"));
    assertThat(info).hasSize(3);
  }

  @Test
  default void model_otherFrameworks() throws Exception {
    String conf = site().conf("convert", at(site().jobId()));
    site().later("model", "homo-convert", "-c", conf);
    site().later("model", "homo-deploy", "-c", conf);
  }

  @Test
  default void model_checkpoints() throws Exception {
    String[] trained = model(site().jobId());
    String[] component = {"-r", "guest", "-p", "9999", "-cpn", "lr_0"};
    List<Object> steps = list(site().data(site().with(trained, "checkpoint", "list", component)));
    assertThat(steps).hasSize(2);
    assertThat(map(steps.get(1)))
        .contains(entry("step_index", 1), entry("step_name", "epoch_1"))
        .containsKeys("create_time", "models");
    assertThat(
            TestServer.at(steps.get(1), "models", "HeteroLogisticRegressionParam", "buffer_name"))
        .isEqualTo("LRModelParam");
    Object one =
        site()
            .data(
                concat(site().with(trained, "checkpoint", "get", component), "--step-index", "1"));
    byte[] param =
        Base64.getDecoder()
            .decode(String.valueOf(TestServer.at(one, "models", "HeteroLogisticRegressionParam")));
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(param)))
        .isEqualTo(TestServer.at(steps.get(1), "models", "HeteroLogisticRegressionParam", "sha1"));
    Map<String, Object> deployed =
        site()
            .right(
                concat(
                    site().with(trained, "model", "deploy", "--cpn-list", "transform_0,lr_0"),
                    "--cpn-step-index",
                    "lr_0:0"));
    assertThat(deployed).containsEntry("retmsg", "success");
    assertThat(
            site()
                .wrong(
                    404,
                    concat(
                        site().with(trained, "checkpoint", "get", component), "--step-index", "7")))
        .contains("step 7");
  }

  private static String[] concat(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }
}

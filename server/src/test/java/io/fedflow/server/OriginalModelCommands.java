package io.fedflow.server;

import static io.fedflow.server.OriginalSite.list;
import static io.fedflow.server.OriginalSite.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    String[] model = {"--model-id", OriginalSite.MODEL_ID, "--model-version", site().jobId()};
    Path to = site().target("model");
    site().later(site().with(model, "model", "deploy", "--cpn-list", "transform_0,lr_0"));
    site().later(site().with(model, "model", "get-predict-dsl", "-o", to.toString()));
    site().later(site().with(model, "model", "get-predict-conf", "-o", to.toString()));
    site().later("model", "load", "-j", site().jobId());
    Map<String, Object> at =
        Map.of(
            "model_id",
            OriginalSite.MODEL_ID,
            "model_version",
            site().jobId(),
            "role",
            "guest",
            "party_id",
            9999,
            "output_path",
            to.toString(),
            "file",
            to.resolve("train.zip").toString());
    site().later("model", "bind", "-c", site().conf("bind", at));
    site().later("model", "migrate", "-c", site().conf("migrate", at));
    site().later("model", "export", "-c", site().conf("export", at));
    Files.writeString(to.resolve("train.zip"), "PK");
    site().later("model", "import", "-c", site().conf("import", at));
    site().refused("model", "homo-convert", "-c", site().conf("convert", at));
    site().refused("model", "homo-deploy", "-c", site().conf("homo", at));
    String[] at0 = {"-r", "guest", "-p", "9999", "-cpn", "lr_0"};
    site().later(concat(site().with(model, "checkpoint", "list", at0)));
    site().later(concat(site().with(model, "checkpoint", "get", at0), "--step-index", "0"));
  }

  private static String[] concat(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }
}

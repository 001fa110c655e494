package io.fedflow.server;

import static io.fedflow.server.OriginalSite.files;
import static io.fedflow.server.OriginalSite.list;
import static io.fedflow.server.OriginalSite.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code flow job}, {@code task} and {@code queue}. */
interface OriginalJobCommands extends OriginalCommands {

  @Test
  default void job_config() throws Exception {
    Path to = site().target("config");
    Map<String, Object> stored =
        site()
            .right(
                "job",
                "config",
                "-j",
                site().jobId(),
                "-r",
                "guest",
                "-p",
                "9999",
                "-o",
                to.toString());
    Path directory = Path.of(String.valueOf(stored.get("directory")));
    assertThat(OriginalSite.CODEC.read(Files.readString(directory.resolve("dsl.json"))))
        .isEqualTo(TestJobs.read("/originals/train_dsl.json"));
    assertThat(
            TestServer.at(
                OriginalSite.CODEC.read(Files.readString(directory.resolve("runtime_conf.json"))),
                "component_parameters",
                "common",
                "lr_0",
                "max_iter"))
        .isEqualTo(2);
    assertThat(
            site()
                .wrong(
                    101, "job", "config", "-j", "nope", "-r", "guest", "-p", "9999", "-o", to + ""))
        .isNotEmpty();
  }

  @Test
  default void job_dsl() throws Exception {
    String dsl = site().resource("train_dsl.json");
    Object derived =
        site()
            .data(
                "job", "dsl", "--train-dsl-path", dsl, "--cpn-list", "transform_0,binning_0,lr_0");
    assertThat(map(TestServer.at(derived, "components"))).hasSize(3);
    assertThat(TestServer.at(derived, "components", "transform_0", "input"))
        .isEqualTo(Map.of("model", List.of("pipeline.transform_0.model")));
    assertThat(TestServer.at(derived, "components", "lr_0", "input"))
        .isEqualTo(
            Map.of(
                "model",
                List.of("pipeline.lr_0.model"),
                "data",
                Map.of("test_data", List.of("binning_0.data"))));
    assertThat(TestServer.at(derived, "components", "binning_0", "input", "data", "data"))
        .isEqualTo(List.of("transform_0.data"));
    Path names =
        Files.writeString(
            site().client().work().resolve("names.txt"), "transform_0,binning_0,lr_0");
    Path to = site().target("dsl");
    site().right("job", "dsl", "--train-dsl-path", dsl, "--cpn-path", names + "", "-o", to + "");
    assertThat(files(to))
        .singleElement()
        .satisfies(
            file -> assertThat(OriginalSite.CODEC.read(Files.readString(file))).isEqualTo(derived));
  }

  @Test
  default void job_log() throws Exception {
    Path to = site().target("log");
    site().right("job", "log", "-j", site().jobId(), "-o", to.toString());
    Path directory = to.resolve("job_" + site().jobId() + "_log");
    assertThat(directory.resolve("guest/9999/INFO.log")).isNotEmptyFile();
    assertThat(directory.resolve("host/10000/lr_0/INFO.log")).isNotEmptyFile();
    assertThat(directory.resolve("fate_flow_schedule.log")).isNotEmptyFile();
    assertThat(site().wrong(404, "job", "log", "-j", "nope", "-o", to.toString())).isNotEmpty();
  }

  @Test
  default void job_queries() throws Exception {
    List<Object> rows =
        list(
            site()
                .data(
                    "job",
                    "query",
                    "-j",
                    site().jobId(),
                    "-r",
                    "guest",
                    "-p",
                    "9999",
                    "-s",
                    "success"));
    assertThat(rows).hasSize(1);
    assertThat(map(rows.get(0)))
        .contains(
            entry("f_job_id", site().jobId()),
            entry("f_status", "success"),
            entry("f_progress", 100),
            entry("f_party_id", "9999"),
            entry("f_is_initiator", true));
    assertThat(list(site().data("job", "query", "-j", site().jobId()))).hasSize(3);
    assertThat(list(site().data("job", "query", "-j", "nope"))).isEmpty();
    Object listed = site().data("job", "list", "-l", "3");
    assertThat(list(TestServer.at(listed, "jobs"))).hasSize(3);
    Object tasks = site().data("task", "list", "-l", "3");
    assertThat(list(TestServer.at(tasks, "tasks"))).hasSize(3);
    List<Object> task =
        list(
            site()
                .data(
                    "task",
                    "query",
                    "-j",
                    site().jobId(),
                    "-r",
                    "host",
                    "-p",
                    "10000",
                    "-cpn",
                    "binning_0"));
    assertThat(task).hasSize(1);
    assertThat(TestServer.at(task.get(0), "f_status")).isEqualTo("success");
    assertThat(TestServer.at(task.get(0), "f_component_module")).isEqualTo("HeteroFeatureBinning");
    List<Object> views =
        list(site().data("job", "view", "-j", site().jobId(), "-r", "guest", "-p", "9999"));
    // All components but the evaluation have one output.
    assertThat(views).hasSize(5);
    assertThat(site().wrong(101, "task", "query", "-j", "nope")).isNotEmpty();
  }

  @Test
  default void job_stopChangeAndRerun() throws Exception {
    Map<String, Object> submitted =
        site().submit(Map.of("max_iter", 1000, "early_stop", "weight_diff", "tol", 0));
    String id = String.valueOf(submitted.get("jobId"));
    site().right("job", "stop", "-j", id);
    assertThat(site().server().ended(id)).containsEntry("status", "canceled");
    List<Object> rows = list(site().data("job", "query", "-j", id, "-r", "guest", "-p", "9999"));
    assertThat(TestServer.at(rows.get(0), "f_status")).isEqualTo("canceled");
    Object updated =
        site()
            .data(
                "job",
                "parameter-update",
                "-j",
                id,
                "-c",
                site()
                    .conf(
                        "update",
                        Map.of(
                            "component_parameters",
                            Map.of("common", Map.of("lr_0", Map.of("max_iter", 1))))));
    assertThat(TestServer.at(updated, "component_parameters", "common", "lr_0", "max_iter"))
        .isEqualTo(1);
    site().right("job", "rerun", "-j", id);
    assertThat(site().end(id)).isEqualTo("success");
    assertThat(
            TestServer.at(
                site().server().blocking().parameters(TestServer.guest(id, "lr_0")),
                "ComponentParam",
                "max_iter"))
        .isEqualTo(1);
    site().right("job", "rerun", "-j", id, "--force", "-cpn", "evaluation_0");
    assertThat(site().end(id)).isEqualTo("success");
    assertThat(site().wrong(102, "job", "stop", "-j", "nope")).isNotEmpty();
    assertThat(site().wrong(102, "job", "rerun", "-j", "nope")).isNotEmpty();
  }

  @Test
  default void queue_clean() throws Exception {
    assertThat(site().data("queue", "clean")).isEqualTo(Map.of());
    site().post("/fedflow/v1/queue/pause");
    try {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        ids.add(String.valueOf(site().submit(Map.of()).get("jobId")));
      }
      assertThat(site().data("queue", "clean")).isEqualTo(Map.of(ids.get(0), 0, ids.get(1), 0));
      for (String id : ids) {
        assertThat(site().server().ended(id)).containsEntry("status", "canceled");
      }
    } finally {
      site().post("/fedflow/v1/queue/resume");
    }
  }
}

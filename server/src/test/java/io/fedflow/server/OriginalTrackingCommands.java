package io.fedflow.server;

import static io.fedflow.server.OriginalSite.files;
import static io.fedflow.server.OriginalSite.list;
import static io.fedflow.server.OriginalSite.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code flow component} and {@code tracking}. */
interface OriginalTrackingCommands extends OriginalCommands {

  @Test
  default void component_list() throws Exception {
    assertThat(site().data("component", "list", "-j", site().jobId()))
        .isEqualTo(
            Map.of(
                "components",
                List.of(
                    "reader_0",
                    "transform_0",
                    "intersection_0",
                    "binning_0",
                    "lr_0",
                    "evaluation_0")));
    assertThat(site().wrong(100, "component", "list", "-j", "nope")).isNotEmpty();
  }

  @Test
  default void component_modelMerge() throws Exception {
    site()
        .later(
            site()
                .with(
                    trained(),
                    "component",
                    "hetero-model-merge",
                    "-gid",
                    "9999",
                    "-hids",
                    "10000",
                    "-cpn",
                    "lr_0",
                    "--model-type",
                    "lr",
                    "--output-format",
                    "pmml",
                    "-o",
                    site().target("merge").resolve("model.pmml").toString()));
  }

  private String[] trained() {
    return new String[] {"--model-id", OriginalSite.MODEL_ID, "--model-version", site().jobId()};
  }

  /** The guest's weights of evidence of the host's columns become the host's own. */
  @Test
  default void component_woeArrays() throws Exception {
    Path file = site().target("woe").resolve("arrays.json");
    String[] guest = {"-r", "guest", "-p", "9999", "-cpn", "binning_0", "-o", file.toString()};
    site().client().flow(words("woe-array-extract", guest));
    Map<String, Object> arrays = map(OriginalSite.CODEC.read(Files.readString(file)));
    assertThat(arrays)
        .hasSize(20)
        .allSatisfy(
            (column, array) -> assertThat(list(TestServer.at(array, "woeArray"))).hasSize(5));
    site().commands().right("component woe-array-extract");

    String[] host = {"-r", "host", "-p", "10000", "-cpn", "binning_0", "-i", file.toString()};
    Map<String, Object> merged = map(site().data(words("woe-array-merge", host)));
    assertThat(merged)
        .contains(
            entry("role", "host"),
            entry("party_id", 10000),
            entry("model_id", OriginalSite.MODEL_ID),
            entry("component_name", "binning_0"));
    assertThat(merged.get("model_version")).isNotEqualTo(site().jobId());
    assertThat(
            site()
                .wrong(
                    400,
                    words(
                        "woe-array-extract",
                        new String[] {
                          "-r", "host", "-p", "10000", "-cpn", "binning_0", "-o", file + ".none"
                        })))
        .contains("role");
    assertThat(Path.of(file + ".none")).doesNotExist();
  }

  private String[] words(String verb, String[] more) {
    return site().with(trained(), "component", verb, more);
  }

  @Test
  default void component_results() throws Exception {
    results("component");
  }

  @Test
  default void tracking_results() throws Exception {
    results("tracking");
  }

  /** Of a job of its own: nothing brings them back. */
  @Test
  default void tracking_zMetricDelete() throws Exception {
    String id = String.valueOf(site().submit(Map.of("max_iter", 1)).get("jobId"));
    assertThat(site().end(id)).isEqualTo("success");
    String[] evaluation = {"-j", id, "-r", "guest", "-p", "9999", "-cpn", "evaluation_0"};
    assertThat(map(site().data(site().with(evaluation, "component", "metrics")))).isNotEmpty();
    assertThat(site().right("component", "metric-delete", "-j", id)).containsKey("data");
    assertThat(site().data(site().with(evaluation, "component", "metrics"))).isEqualTo(Map.of());
    assertThat(site().wrong(100, "component", "metric-delete", "-d", "20260101"))
        .contains("job_id");
  }

  /** The seven commands that both groups have. */
  private void results(String group) throws Exception {
    assertThat(
            list(TestServer.at(site().data(site().at(group, "metrics", "evaluation_0")), "train")))
        .isNotEmpty()
        .anyMatch(name -> String.valueOf(name).startsWith("lr_0"));
    assertThat(site().data(site().at(group, "metrics", "intersection_0"))).isNotNull();
    assertThat(site().data(site().atParty(group, "metrics", "evaluation_0", "host", "10000")))
        .isEqualTo(Map.of());
    List<Object> points =
        list(
            TestServer.at(
                site().data(site().at(group, "metric-all", "evaluation_0")),
                "train",
                "lr_0",
                "data"));
    assertThat(points)
        .anySatisfy(
            point -> {
              assertThat(list(point).get(0)).isEqualTo("auc");
              assertThat(((Number) list(point).get(1)).doubleValue()).isBetween(0.9, 1.0);
            });
    List<Object> loss =
        list(
            TestServer.at(
                site().data(site().atParty(group, "metric-all", "lr_0", "arbiter", "10000")),
                "train",
                "loss",
                "data"));
    assertThat(loss).hasSize(2);
    Object parameters = site().data(site().at(group, "parameters", "lr_0"));
    assertThat(TestServer.at(parameters, "module")).isEqualTo("HeteroLR");
    assertThat(TestServer.at(parameters, "ComponentParam", "max_iter")).isEqualTo(2);
    Map<String, Object> model = site().right(site().at(group, "output-model", "lr_0"));
    assertThat(map(TestServer.at(model, "data", "weight"))).hasSize(10);
    assertThat(TestServer.at(model, "data", "iters")).isEqualTo(2);
    // No message is there that was not set.
    assertThat(map(model.get("data"))).doesNotContainValue(null);
    assertThat(TestServer.at(model, "meta", "module_name")).isEqualTo("HeteroLR");
    assertThat(TestServer.at(model, "meta", "meta_data", "maxIter")).isEqualTo("2");
    List<Object> tables = list(site().data(site().at(group, "output-data-table", "lr_0")));
    assertThat(tables).hasSize(1);
    assertThat(TestServer.at(tables.get(0), "data_name")).isEqualTo("data");
    assertThat(
            TestServer.at(
                site()
                    .data(
                        "table",
                        "info",
                        "-n",
                        String.valueOf(TestServer.at(tables.get(0), "table_namespace")),
                        "-t",
                        String.valueOf(TestServer.at(tables.get(0), "table_name"))),
                "count"))
        .isEqualTo(OriginalSite.ROWS);
    downloads(group);
    summaries(group);
  }

  private void downloads(String group) throws Exception {
    Path to = site().target(group + "_data");
    Map<String, Object> stored =
        site().right(site().at(group, "output-data", "lr_0", "-o", to.toString()));
    Path directory = Path.of(String.valueOf(stored.get("directory")));
    assertThat(directory.getFileName())
        .hasToString("job_" + site().jobId() + "_lr_0_guest_9999_output_data");
    List<String> lines = Files.readAllLines(directory.resolve("data.csv"));
    assertThat(lines).hasSize(OriginalSite.ROWS + 1);
    assertThat(lines.get(0)).isEqualTo("id,label,predict_result,predict_score,predict_detail,type");
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line -> line.matches("[^,]+,[01],[01],[-.0-9E]+,\"\\{'0': .+, '1': .+}\",train"));
    assertThat(
            TestServer.at(
                OriginalSite.CODEC.read(Files.readString(directory.resolve("data.meta"))),
                "header"))
        .isEqualTo(Arrays.asList(lines.get(0).split(",")));
    Path few = site().target(group + "_few");
    site().right(site().at(group, "output-data", "transform_0", "-o", few.toString(), "-l", "5"));
    assertThat(files(few))
        .filteredOn(file -> file.toString().endsWith(".csv"))
        .singleElement()
        .satisfies(
            file -> {
              List<String> five = Files.readAllLines(file);
              assertThat(five).hasSize(6);
              assertThat(five.get(0)).isEqualTo("id,y,x0,x1,x2,x3,x4,x5,x6,x7,x8,x9");
            });
    Path none = site().target(group + "_none");
    assertThat(
            site()
                .wrong(210, site().at(group, "output-data", "evaluation_0", "-o", none.toString())))
        .isNotEmpty();
    assertThat(site().wrong(100, site().at(group, "output-data", "nope", "-o", none.toString())))
        .isNotEmpty();
    assertThat(files(none)).isEmpty();
  }

  private void summaries(String group) throws Exception {
    Object summary = site().data(site().at(group, "get-summary", "lr_0"));
    assertThat(map(TestServer.at(summary, "coef"))).hasSize(10);
    Path to = site().target(group + "_summary");
    site().right(site().at(group, "get-summary", "lr_0", "-o", to.toString()));
    assertThat(files(to))
        .singleElement()
        .satisfies(
            file -> assertThat(OriginalSite.CODEC.read(Files.readString(file))).isEqualTo(summary));
    Path none = site().target(group + "_no_summary");
    site().wrong(210, site().at(group, "get-summary", "nope"));
    site().client().flow(site().at(group, "get-summary", "nope", "-o", none.toString()));
    assertThat(files(none)).isEmpty();
  }
}
